"""Callbacks of weak references, `__del__` and the ends of suspended frames: which comes first, within garbage and without."""
import collections
import gc
import itertools
import weakref


class Thing:
    def __init__(self, name): self.name = name
    def __del__(self): print('    del', self.name, [w() is not None for w in seen.get(self.name, [])])
class Plain:
    def __init__(self, name): self.name = name
seen = {}
def gen(name, *held):
    try: yield
    finally: print('    end', name)
def started(name, *held):
    g = gen(name, *held); next(g); return g
def cb(name):
    return lambda r: print('    cb', name, r() is None)
def look(names):
    for n in names:
        for w in seen[n]: pass
print('-- weakref callbacks: last registered first')
t = Thing('a'); rs = [weakref.ref(t, cb(i)) for i in range(3)]; del t
t = Plain('a'); rs = [weakref.ref(t, cb(i)) for i in range(3)]; t.me = t; del t; gc.collect()
print('-- weakrefs within __del__')
t = Thing('b'); seen['b'] = [weakref.ref(t), weakref.ref(t, cb('b'))]; del t
t = Thing('b2'); seen['b2'] = [weakref.ref(t), weakref.ref(t, cb('b2'))]; t.me = t; del t; gc.collect()
print('-- weakref in generator during its end')
def gw():
    try: yield
    finally: print('    in gen', wr() is None)
g = gw(); next(g); wr = weakref.ref(g, cb('gw')); del g
g = gw(); next(g); wr = weakref.ref(g, cb('gw'))
def cyc():
    me = yield
    try: yield
    finally: print('    in cyc', wr() is None)
g = cyc(); next(g); g.send(g); wr = weakref.ref(g, cb('cyc')); del g; gc.collect()
print('-- mixed cycles, in every order of creation')
kinds = 'tgw'
for combo in itertools.product(kinds, repeat=3):
    parts = []; refs = []
    for i, k in enumerate(combo):
        n = k + str(i)
        if k == 't': parts.append(Thing(n))
        elif k == 'g':
            hold = []; parts.append((started(n, hold), hold))
        else:
            p = Plain(n); refs.append(weakref.ref(p, cb(n))); parts.append(p)
    ring = [p[0] if isinstance(p, tuple) else p for p in parts]
    for i, p in enumerate(parts):
        nxt = ring[(i + 1) % 3]
        if isinstance(p, tuple): p[1].append(nxt)
        else: p.next = nxt
    print(''.join(combo)); del parts, ring, p, nxt; hold = None
    gc.collect()
print('-- resurrection')
class Res:
    def __init__(self, n): self.n = n
    def __del__(self): print('    del', self.n); back.append(self)
back = []
r = Res(1); w = weakref.ref(r, cb('res')); del r; print(w() is None, len(back)); back.clear(); print('gone', len(back))
r = Res(2); r.me = r; w = weakref.ref(r, cb('res2')); del r; gc.collect(); print(w() is None, len(back)); back.clear(); gc.collect(); print(len(back))
r = Res(3); p = Plain('p'); r.p = p; p.r = r; w = weakref.ref(p, cb('p')); p.t = Thing('in p'); p.t.p = p; del r, p; gc.collect(); print(w() is None, len(back), hasattr(back[0].p, 't')); back.clear(); gc.collect()
print('-- resurrected generator')
def rg():
    try: yield 1
    finally: back.append(me[0]()); print('    end rg')
g = rg(); next(g); me = [weakref.ref(g)]; del g; print(back); back.clear()
class H:
    def __del__(self): back.append(self.g); print('    del H')
def hold(h):
    try: yield 1
    finally: print('    end hold')
h = H(); h.g = hold(h); next(h.g); del h; gc.collect(); print([type(x).__name__ for x in back])
for x in back: print('   ', next(x, 'over'))
back.clear(); del x; gc.collect()
print('-- __del__ that breaks the cycle')
class Br:
    def __init__(self, n): self.n = n
    def __del__(self): print('    del', self.n); self.__dict__.pop('o', None)
a = Br('a'); b = Br('b'); a.o = b; b.o = a; wa = weakref.ref(a, cb('wa')); del a, b; print(gc.collect())
print('-- weakref to garbage made in __del__')
class Mk:
    def __del__(self): made.append(weakref.ref(self, heard.append)); made.append(weakref.ref(self.o, heard.append))
made = []; heard = []; m = Mk(); m.o = Plain('o'); m.o.m = m; del m; gc.collect(); print([x() for x in made], len(heard)); made.clear()
m = Mk(); m.o = Plain('o'); del m; print([x() for x in made], len(heard), heard[2:] == made)
print('-- callback that revives by closure')
p = Plain('x'); p.me = p; q = Plain('q'); q.p = p; r = weakref.ref(p, lambda r, q=q: print('    cb', hasattr(q, 'p'))); del p, q; gc.collect(); print(r() is None)
print('-- nested generators in garbage')
def outer(inner, hold):
    try: yield from inner
    finally: print('    end outer')
hold = []; i = started('inner'); o = outer(gen('inner2'), hold); next(o); hold.append(o); del i, o; del hold; gc.collect()
print('-- coroutines and async generators in garbage')
async def co(hold):
    try: await Aw()
    finally: print('    end co')
class Aw:
    def __await__(self): yield
async def ag(hold):
    try: yield 1
    finally: print('    end ag')
hold = []; c = co(hold); c.send(None); hold.append(c); t = Thing('with co'); t.c = c; hold.append(t); del c, t, hold; gc.collect()
hold = []; a = ag(hold)
try: a.asend(None).send(None)
except StopIteration: pass
hold.append(a); t = Thing('with ag'); t.a = a; hold.append(t); del a, t, hold; gc.collect()
print('-- containers: order of elements dropped')
for make in (lambda: [Thing(i) for i in range(3)], lambda: tuple([Thing(i) for i in range(3)]), lambda: {i: Thing(i) for i in range(3)}, lambda: {Thing(i): i for i in range(3)}, lambda: collections.deque(Thing(i) for i in range(3))):
    x = make(); print(type(x).__name__); del x
def f():
    a = Thing('a'); b = Thing('b'); c = Thing('c')
print('locals'); f()
def kw(**k): pass
print('kw'); kw(a=Thing('ka'), b=Thing('kb'))
class Obj: pass
o = Obj(); o.x = Thing('x'); o.y = Thing('y'); o.x2 = Thing('x2'); print('inst'); del o
class Sl: __slots__ = ('b', 'a', 'c')
o = Sl(); o.a = Thing('sa'); o.b = Thing('sb'); o.c = Thing('sc'); print('slots'); del o
print('replace'); v = Thing('old'); v = Thing('new'); del v
print('slice'); l = [Thing(i) for i in range(4)]; l[1:3] = []; print('clear'); l.clear()
print('dict update'); d = {1: Thing('d1')}; d.update({1: Thing('d1b')}); d.pop(1); d[2] = Thing('d2'); d.popitem(); d[3] = Thing('d3'); d.clear()
print('exception'); 
def boom():
    t = Thing('in boom'); raise ValueError
try: boom()
except ValueError as e: print('   caught')
print('after')

print("what a generator held that ends without a word goes before the next of the garbage")


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, "goes")


def waits_in_an_expression():
    try:
        waits = (Told("operand"), (yield 1))
    finally:
        print("finally")


def ends_without_a_word(cycle):
    inner = waits_in_an_expression()
    next(inner)
    yield inner


cycle = []
cycle.append(ends_without_a_word(cycle))
next(cycle[0])
del cycle
gc.collect()
