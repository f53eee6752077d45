# `set`, `dict`, `max` and their like take the items of a generator as they come: what they keep, where they stop, what they say.
def items(*xs):
    for x in xs: yield x
def run(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e, getattr(e,'__notes__',''))
class K:
    def __init__(s, n): s.n = n
    def __hash__(s): return hash(s.n)
    def __eq__(s, o): return isinstance(o, K) and s.n == o.n
    def __lt__(s, o): return s.n < o.n
    def __gt__(s, o): return s.n > o.n
    def __repr__(s): return f'K{s.n}'
print(sorted(set(items(3,1,2,3)))); print(sorted(frozenset(items(3,1,2,3))), type(frozenset(items())))
s = {1}; print(s.update(items(2,3)), s); s.update(items(K(1), K(1), 4)); print(len(s))
class S(set): pass
class F(frozenset): pass
class D(dict): pass
print(S(items(1,2)), F(items(1,2)), D(items((1,2))), {*items(1,2)}, {**dict(items((1,2)))})
print(set(items(K(1), K(1), K(2), 5)), frozenset(items(1,K(1))) == frozenset([K(1),1]))
run(lambda: set(items(1, [], 2))); run(lambda: frozenset(items(1, {}, 2))); run(lambda: {1}.update(items([1])))
print(dict(items((1,2),(3,4),(1,5)))); print(dict(items(('a',1)), b=2)); print(dict(items([1,2],'ab',(K(1),3),(K(1),4))))
for bad in ((1,2),(1,2,3)), ((1,2),5), ((1,2),'abc'), ((1,2),([],1)), ((K(1),2),(1,)):
    run(lambda: dict(items(*bad)))
    d = {}; run(lambda: d.update(items(*bad))); print(d)
d = {0:0}; print(d.update(items((1,2)), x=1), d, d.update(items((K(3),2))), d)
print(max(items(1,3,2)), min(items(3,1,2)), max(items(1.5,2,'a'[0:0] and 1 or 2.5)), max(items('b','c','a')), min(items((1,2),(1,1),(0,9))), max(items(True, 1, 1.0)), min(items(10**30, 5, -10**30)), max(items([1],[2])))
print(max(items(K(1),K(3),K(2))), min(items(K(2),K(1))), max(items(), default=7), min(items(), default=None), max(items(1), default=3))
run(lambda: max(items())); run(lambda: min(items())); run(lambda: max(items(1,'a'))); run(lambda: min(items(1,None))); run(lambda: max(items(float('nan'), 1))); run(lambda: max(items(1, float('nan'), 3)))
print(max(items('aa','b'), key=len), max(x for x in range(5) if x % 2), bool(max(items(0, 1)) > 0), [max(items(1,2)) for _ in range(2)])
def boom():
    yield 1
    raise KeyError('boom')
for f in set, frozenset, dict, max, min: run(lambda: f(boom() if f is not dict else ((1,2) if x else 1/0 for x in (1,0))))
s = set(); run(lambda: s.update(boom())); print(s)
s = S([9]); run(lambda: s.__init__(items(1,2))); print(s)
import itertools
print(set(itertools.accumulate(items(1,2,3))), dict(zip(items(1,2), items(3,4))), max(map(abs, items(-1,-5))), max(filter(None, items(1,0))))
def me():
    g = m()
    yield max(g)
def m():
    yield 1
    yield next(h, 0)
h = me()
run(lambda: next(h))
x = sorted(max(items(1,2), items(0,5), key=lambda g: 1))
print(x)
print(max(items(1, 2)) + max(items(1, 2)), not max(items(0)), -max(items(4)), f'{max(items(4)):>3}', [1,2,3][max(items(0,1))], max(max(items(i)) for i in range(3)))
class Q:
    x = max(items(2,3)); y = set(items(1))
    def __len__(self): return max(items(3,4))
    def __bool__(self): return bool(max(items(0)))
    def __iter__(self): return iter(set(items(7)))
    def __contains__(self, x): return max(items(x))
    def __hash__(self): return max(items(8))
    def __index__(self): return min(items(8, 2))
print(len(Q()), bool(Q()), [*Q()], 0 in Q(), 4 in Q(), hash(Q()), [1,2,3][Q()])
def g():
    for x in set(items(1)): yield x
    try: max(items())
    except ValueError as e: yield e
print(list(g()))
import traceback
try: max(x for x in ())
except ValueError: traceback.print_exc(file=__import__('sys').stdout)
try: max(1/x for x in (1,0))
except ZeroDivisionError: traceback.print_exc(file=__import__('sys').stdout)
