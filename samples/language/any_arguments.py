"""Calls whose arguments come in a tuple and a dict, and functions that take any."""

def plain(a, b=2, *, c=3): return a, b, c
def both(*args, **kw): return args, kw
def star(a, *rest): x = 1; return a, rest, x
def kwonly(**kw): y = len(kw); return kw, y
def gen(a, b): yield a; yield b
def wrap(f):
    def inner(*args, **kw):
        return f(*args, **kw)
    return inner
for f in plain, both, star, kwonly, gen:
    for args in (), (1,), (1, 2), (1, 2, 3), [1], "ab", range(2), (n for n in (5, 6)):
        for kw in {}, {"c": 9}, {"zz": 1}:
            try:
                got = wrap(f)(*args, **kw)
                if f is gen: got = list(got)
                print(f.__name__, got)
            except TypeError as error:
                print(f.__name__, error)
class T(tuple): pass
print(both(*T((1, 2))), star(*T((1, 2, 3))))
def caller():
    def inner(*args): return both(*args)
    return [inner(*range(n)) for n in range(4)]
print(caller())
def in_gen(*args):
    yield both(*args)
    yield star(*args)
    yield list(gen(*args))
print(list(in_gen(1, 2)))
def named(*args, **kw):
    return sorted(locals()), args, kw
print(named(1, k=2), named())
def late(*args, **kw):
    try: z
    except UnboundLocalError as e: print(e)
    z = 1
    return z
print(late(), late(1), late(k=1))
class C:
    def __init__(self, *args, **kw): self.got = args, kw
    def m(self, *args): return self.got, args
print(C(1, 2).m(3), C().m(), C(a=1).m(*"ab"))
for bad in 1, None:
    try: both(*bad)
    except TypeError as e: print(e)
try: both(**1)
except TypeError as e: print(e)
try: both(**{1: 2})
except TypeError as e: print(e)
