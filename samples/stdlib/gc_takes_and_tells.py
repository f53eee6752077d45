"""What `gc` takes and tells: arguments, flags, what is tracked, what refers to what, callbacks, what was collected."""
import gc
import sys
import weakref


gc.collect()
def t(label, f):
    try: r = f()
    except BaseException as e: r = f'{type(e).__name__}: {e}'
    print(label, r)
print([n for n in dir(gc) if not n.startswith('_')])
for a in ((), (0,), (1,), (2,), (3,), (-1,), ('a',), (None,), (True,), (1.0,)): t(f'collect{a}', lambda: type(gc.collect(*a)).__name__)
t('collect kw', lambda: type(gc.collect(generation=1)).__name__)
for a in ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ('a',), (-1,), (0,), ): t(f'thr{a}', lambda: (gc.set_threshold(*a), gc.get_threshold())); gc.set_threshold(2000, 10, 0)
for a in (0, 1, 2, 4, 32, 38, 255, -1, 'a'): t(f'debug {a}', lambda: (gc.set_debug(a), gc.get_debug())); gc.set_debug(0)
print({n: getattr(gc, n) for n in dir(gc) if n.startswith('DEBUG')})
for a in (None, 0, 1, 2, 3, -1, -2, 'a', 1.0, True): t(f'get_objects {a}', lambda: type(gc.get_objects(a)).__name__)
t('objs kw', lambda: type(gc.get_objects(generation=None)).__name__)
class C: pass
class S: __slots__ = ('a',)
class E: __slots__ = ()
def f(): pass
def g(): yield
async def co(): pass
async def ag(): yield
c = co()
class L(list): pass
class I(int): pass
class T(tuple): pass
class D(dict): pass
class St(str): pass
class F(float): pass
class By(bytes): pass
class Ex(Exception): pass
try: 1/0
except Exception as e: exc = e
def cell():
    x = [1]
    return (lambda: x).__closure__[0]
for n, o in {'None': None, 'int': 1, 'str': 'a', 'bytes': b'a', 'bytearray': bytearray(b'a'), 'float': 1.0, 'complex': 1j, '()': (), '(1,)': tuple([1]), '([],)': ([],), 'nested': ((1, 2), (3, tuple('ab'))), '[]': [], '[1]': [1], '{}': {}, '{1:2}': {1: 2}, "{'a':[]}": {'a': []}, 'set': set(), 'set1': {1}, 'frozenset': frozenset({1}), 'C()': C(), 'S()': S(), 'E()': E(), 'C': C, 'int type': int, 'f': f, 'len': len, 'method': C().__init__, 'bound': [].append, 'g': g(), 'co': c, 'ag': ag(), 'module': sys, 'exc': exc, 'tb': exc.__traceback__, 'cell': cell(), 'code': f.__code__, 'ref': weakref.ref(C), 'range': range(3), 'range iter': iter(range(3)), 'list iter': iter([]), 'tuple iter': iter(()), 'dict iter': iter({}), 'str iter': iter('a'), 'zip': zip([]), 'enum': enumerate([]), 'map': map(len, []), 'slice': slice(1, 2), 'slice2': slice([], None), 'prop': property(), 'cm': classmethod(f), 'sm': staticmethod(f), 'L()': L(), 'I()': I(), 'T()': T(), 'D()': D(), 'St': St(), 'F()': F(), 'By': By(), 'Ex()': Ex(), 'ValueError()': ValueError(), 'object()': object(), 'mappingproxy': C.__dict__, 'dict.keys': {}.keys(), 'globals': globals(), 'super': super(C, C()), 'ellipsis': ..., 'memoryview': memoryview(b'a'), 'cw': c.__await__(), 'partial': __import__('functools').partial(f), 'deque': __import__('collections').deque(), 'odict': __import__('collections').OrderedDict(), 'defaultdict': __import__('collections').defaultdict(), 'chain': __import__('itertools').chain(), 'reversed': reversed([1]), 'callable_iterator': iter(f, 1), 'wrapper': object().__str__, 'wd': object.__str__, 'md': list.append, 'gs': type.__dict__['__dict__'], 'member': S.a}.items():
    print(n, gc.is_tracked(o), gc.is_finalized(o))
c.close()
print('-- referents')
def refs(o): return sorted(type(x).__name__ for x in gc.get_referents(o))
x = C(); x.a = [1]; y = S(); y.a = {}
for n, o in {'[1,[],None]': [1, [], None], '([],1)': ([], 1), '{1:[]}': {'k': []}, 'C inst': x, 'S inst': y, 'set': {1, 'a'}, 'frozenset': frozenset({()}), 'slice': slice([], {}), 'cell': cell(), 'int': 3, 'str': 'a', 'weakref': weakref.ref(C), 'weakref cb': weakref.ref(C, print), 'method': x.__init__, 'prop': property(f, f), 'range': range(3), 'list iter': iter([1]), 'partial': __import__('functools').partial(f, 1, a=2), 'deque': __import__('collections').deque([1, []])}.items(): print(n, refs(o))
print(gc.get_referents(), gc.get_referents(1, [2], [[3]]))
print('-- referrers')
target = C(); holder = [target]; d = {'k': target}; tup = (target,)
def closes():
    z = target
    return lambda: z
cl = closes(); inst = C(); inst.attr = target
def gen():
    z = target; yield; z
ge = gen(); next(ge)
r = gc.get_referrers(target)
print(sorted(type(o).__name__ for o in r if o is not globals()), any(o is globals() for o in r))
print(gc.get_referrers())
del r
print('-- freeze')
gc.collect(); n0 = gc.get_freeze_count(); gc.freeze(); print(n0 < gc.get_freeze_count()); gc.unfreeze(); print(gc.get_freeze_count())
class N:
    def __del__(self): print('del N')
n = N(); n.me = n; gc.freeze(); del n; print('collect'); gc.collect(); gc.unfreeze(); print('unfrozen'); gc.collect()
print('-- callbacks')
def nested(phase, info): print('  ', phase, gc.collect())
gc.callbacks.append(nested); gc.collect(); gc.callbacks.remove(nested)
def cb(phase, info): print('  ', phase, sorted(info), info['generation'], info['uncollectable'], gc.isenabled(), type(info).__name__)
gc.callbacks.append(cb); gc.collect(); gc.collect(0); gc.collect(1); gc.callbacks.remove(cb)
print('-- callbacks changing the list')
def once(phase, info): print('  once', phase); gc.callbacks.remove(once)
def other(phase, info): print('  other', phase)
gc.callbacks[:] = [once, other]; gc.collect(); gc.collect(); gc.callbacks.clear()
def adds(phase, info):
    print('  adds', phase)
    if other not in gc.callbacks: gc.callbacks.append(other)
gc.callbacks.append(adds); gc.collect(); gc.callbacks.clear()
cbs = gc.callbacks; gc.callbacks = [other]; print('replaced'); gc.collect(); gc.callbacks = cbs
print('-- collected counts')
def count(make):
    got = []
    def cb(phase, info):
        if phase == 'stop': got.append(info['collected'])
    gc.collect(); make(); gc.callbacks.append(cb); n = gc.collect(); gc.callbacks.clear(); return n, got
def cyc_list(): l = []; l.append(l)
def cyc_inst(): c = C(); c.me = c
def cyc_dict(): d = {}; d['d'] = d
def two(): a = C(); b = C(); a.b = b; b.a = a
def slots(): s = S(); s.a = s
def tup(): l = []; t = (l,); l.append(t)
def clas():
    class X: pass
for m in (cyc_list, cyc_inst, cyc_dict, two, slots, tup): print(m.__name__, count(m))
print(count(clas)[0] > 0)
class R:
    def __del__(self): kept.append(self)
kept = []
def res(): r = R(); r.me = r; r.l = []
print(count(res), len(kept), gc.is_finalized(kept[0]))
kept.clear(); print(count(lambda: None)[0])
print('-- garbage and saveall')
gc.set_debug(gc.DEBUG_SAVEALL); cyc_inst(); gc.collect(); print(any(type(o) is C for o in gc.garbage)); gc.set_debug(0); gc.garbage.clear(); gc.collect(); print(gc.garbage)
print(sorted(gc.get_stats()[0]), len(gc.get_stats()), len(gc.get_count()))
gc.disable(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
for f in (gc.enable, gc.disable, gc.isenabled, gc.freeze, gc.get_count, gc.get_debug): t(f.__name__, lambda: f(1))
gc.enable()
for f in (gc.is_tracked, gc.is_finalized, gc.set_debug): t(f.__name__, lambda: f()); t(f.__name__, lambda: f(1, 2)); t(f.__name__, lambda: f(obj=1))
