"""`next` with a default, `throw`, and what takes all the items of a generator, each also where it is not the usual."""


# next with a default
def g():
    try:
        yield 1
        yield 2
    finally:
        print("over")
it = g()
print(next(it, "d"), next(it, "d"), next(it, "d"), next(it, "d"))
print(next(g(), None))
def fails():
    yield 1
    raise ValueError("x")
it = fails()
print(next(it, 5))
try: print(next(it, 5))
except ValueError as e: print(repr(e))
print(next(it, 5))
def re_enter():
    try: yield next(me, 7)
    except ValueError as e: yield str(e)
me = re_enter()
print(next(me))
def stop_inside():
    yield next(iter(()))
try: next(stop_inside(), 1)
except RuntimeError as e: print(repr(e), repr(e.__cause__))
# throw
def catches():
    while True:
        try: x = yield 1
        except ValueError as e: print("got", repr(e), e.__context__, e.__traceback__.tb_lineno - catches.__code__.co_firstlineno)
c = catches(); next(c)
for t in ValueError, ValueError(1), ValueError("a", 2): print(c.throw(t))
try:
    try: 1 / 0
    except ZeroDivisionError: c.throw(ValueError("in handler"))
except Exception as e: print(repr(e))
try: c.throw(KeyError)
except KeyError as e: print(repr(e), e.__traceback__.tb_next.tb_lineno - catches.__code__.co_firstlineno)
try: c.throw(ValueError)
except ValueError as e: print("closed", repr(e))
class Needs(Exception):
    def __init__(self, a): super().__init__(a)
d = catches(); next(d)
try: d.throw(Needs)
except TypeError as e: print(e)
try: d.throw(int)
except (TypeError, StopIteration) as e: print(repr(e))
try: d.throw(5)
except (TypeError, StopIteration) as e: print(repr(e))
def deleg():
    r = yield from inner()
    print("r", r)
def inner():
    try: yield 1
    except ValueError: return 9
e = deleg(); next(e)
try: e.throw(ValueError)
except StopIteration as s: print(s.value)
def closes():
    try: yield 1
    except GeneratorExit as e: print("exit"); raise
f = closes(); next(f)
try: f.throw(GeneratorExit)
except GeneratorExit as e: print(repr(e))
f = closes(); next(f)
thrower = f.throw
try: thrower(ValueError("m"))
except ValueError as e: print(repr(e))
# folds
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): print("hash", self.n); return self.n % 2
    def __eq__(self, o): print("eq", self.n, o.n); return self.n == o.n
print(len(dict((K(n), n) for n in range(4))))
print(dict((str(n), n) for n in range(20)) == {str(n): n for n in range(20)})
try: dict(([], n) for n in range(3))
except TypeError as e: print(e)
try: dict((n, n, n) for n in range(3))
except ValueError as e: print(e)
d = {}
d.update((n % 3, n) for n in range(10))
print(d)
class B:
    def __init__(self, v): self.v = v
    def __bool__(self): print("bool", self.v); return self.v
print(any(B(n == 2) for n in range(5)), all(B(n < 2) for n in range(5)))
print(any(n for n in (0, "", None, [], 3, 1 / 1)), all(n for n in (1, "a", True, [0])))
print(sum(n for n in (1, 2.5, 2 ** 61, 2 ** 61, True)), sum((n for n in range(3)), 2 ** 61 - 1))
print(list((n, -n) for n in range(3)), tuple(n for n in "abc"))
print(max((n, -n) for n in range(3)), sorted(set((n, 1) for n in range(2))))
# what the resumed body drops, it drops while it handles its exception
import sys


class Loud:
    def __del__(self):
        print("gone", repr(sys.exception()))


def drops():
    x = Loud()
    try:
        raise ValueError
    except ValueError:
        x = yield 1
        print("got", x)
        x = Loud()
        yield 2
        x = yield 3


def drops_within():
    yield from drops()


for resume in (
    next,
    list,
    sum,
    lambda it: next(it, 3),
    lambda it: it.send(5),
    lambda it: it.__next__(),
    lambda it: dict((n, n) for n in it),
    lambda it: [n for n in it],
    lambda it: it.throw(KeyError),
):
    for make in drops, drops_within:
        it = make()
        next(it)
        try:
            resume(it)
            next(it)
        except (StopIteration, KeyError) as error:
            print(repr(error), repr(error.__context__))
        it = None
