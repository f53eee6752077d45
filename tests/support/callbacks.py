# Natives that call back, nested in their own callbacks: run by tests/laws.rs on a native stack of 256 KiB.
#
# Each use calls a native with an object whose special methods use the native again, a thousand deep; a native that held
# a frame of its own meanwhile would have some two hundred bytes for it. Then every native that the builtin classes and
# some modules show is called with such objects in all places.
import builtins, collections, functools, heapq, itertools, operator, sys
sys.setrecursionlimit(1_000_000)
DEPTH = 1_000
left = 0
def again():
    global left
    if left:
        left -= 1
        use(Deep())
class Meta(type):
    def __instancecheck__(cls, other): again(); return True
    def __subclasscheck__(cls, other): again(); return True
def method(name, result):
    def special(self, *args):
        again()
        return result(self, *args) if callable(result) else result
    special.__name__ = name
    return special
RESULTS = {
    '__repr__': 'D', '__str__': 'd', '__format__': 'f', '__bytes__': b'b', '__hash__': 1, '__len__': 1, '__bool__': True, '__index__': 1,
    '__int__': 1, '__float__': 1.0, '__complex__': 1j, '__iter__': lambda self: iter([1]), '__contains__': True, '__reversed__': lambda self: iter([1]),
    '__getitem__': lambda self, key: 1 if key in (0, 'a') else next(iter(())), '__setitem__': None, '__delitem__': None, '__length_hint__': 1,
    '__call__': 1, '__enter__': 1, '__exit__': False, '__dir__': lambda self: ['a'], '__round__': 1, '__trunc__': 1, '__floor__': 1, '__ceil__': 1,
    '__abs__': 1, '__neg__': 1, '__pos__': 1, '__invert__': 1, '__divmod__': (1, 1), '__rdivmod__': (1, 1), '__fspath__': 'p', 'keys': lambda self: ['a'],
    '__getattr__': lambda self, name: {}[name] if name[:2] != '__' else object.__getattribute__(self, name), 'write': 1, 'flush': None, 'read': '1', 'readline': '1',
    '__missing__': 1, '__copy__': 1, '__instancecheck__': True, '__subclasscheck__': True, 'encode': b'', '__next__': lambda self: next(iter(())),
}
for name in 'lt le gt ge eq ne'.split():
    RESULTS[f'__{name}__'] = True
for name in 'add sub mul truediv floordiv mod pow lshift rshift and or xor matmul'.split():
    RESULTS |= {f'__{name}__': 1, f'__r{name}__': 1, f'__i{name}__': 1}
Deep = Meta('Deep', (), {name: method(name, result) for name, result in RESULTS.items()} | {'__hash__': method('__hash__', 1)})
def gen(d):
    again()
    yield d
reached = set()
def nest(name, what):
    global left, use
    left, use = DEPTH, what
    try:
        what(Deep())
    except Exception as error:
        problems[name] = f'{type(error).__name__}: {error}'
    if not left:
        reached.add(name)
    elif left != DEPTH:
        problems[name] = f'only {DEPTH - left} deep'
problems = {}
USES = {
    'sorted': lambda d: sorted([d, Deep()]), 'sorted key': lambda d: sorted([1, 2], key=d), 'list.sort': lambda d: [d, Deep()].sort(),
    'min': lambda d: min(d, Deep()), 'max key': lambda d: max([1, 2], key=d), 'sum': lambda d: sum([d], d), 'sum of a generator': lambda d: sum(gen(1)),
    'any': lambda d: any([d]), 'all': lambda d: all(gen(1)), 'map': lambda d: list(map(d, [1])), 'filter': lambda d: list(filter(d, [1])),
    'zip': lambda d: list(zip(d, gen(1))), 'enumerate': lambda d: list(enumerate(d)), 'reversed': lambda d: list(reversed(d)), 'iter': lambda d: list(iter(d)),
    'iter sentinel': lambda d: list(iter(d, 1)), 'next': lambda d: next(d, 1), 'list': lambda d: list(gen(1)), 'tuple': lambda d: tuple(d), 'set': lambda d: {d, Deep()},
    'frozenset': lambda d: frozenset(gen(1)), 'dict lookup': lambda d: {d: 1}[Deep()], 'dict of pairs': lambda d: dict([(d, 1)]), 'dict of keys': lambda d: dict(d),
    'dict in': lambda d: Deep() in {d: 1}, 'dict equality': lambda d: {1: d} == {1: Deep()}, 'dict.get': lambda d: {d: 1}.get(Deep()), 'dict |': lambda d: {d: 1} | {d: 2},
    'dict.update': lambda d: {}.update(d), 'dict.pop': lambda d: {d: 1}.pop(d), 'dict.setdefault': lambda d: {d: 1}.setdefault(d), 'dict.fromkeys': lambda d: dict.fromkeys(d),
    'set in': lambda d: Deep() in {d}, 'set |': lambda d: {d} | {Deep()}, 'set &': lambda d: {d} & {Deep()}, 'set -': lambda d: {d} - {Deep()}, 'set ==': lambda d: {d} == {Deep()},
    'set.update': lambda d: set().update(d), 'set.add': lambda d: {1}.add(d), 'set.discard': lambda d: {d}.discard(Deep()), 'list ==': lambda d: [d] == [Deep()], 'tuple <': lambda d: (d,) < (Deep(),),
    'list in': lambda d: Deep() in [d], 'list.index': lambda d: [d].index(Deep()), 'list.count': lambda d: [d].count(Deep()), 'list.remove': lambda d: [d].remove(Deep()),
    'list.extend': lambda d: [].extend(d), 'list[d]': lambda d: [1, 2][d], 'list[:d]': lambda d: [1, 2][:d], 'list.insert': lambda d: [].insert(d, 1), 'list.pop': lambda d: [1, 2].pop(d),
    'list *': lambda d: [1] * d, 'list[:] =': lambda d: [1].__setitem__(slice(None), d), 'repr': repr, 'str': str, 'ascii': ascii, 'format': lambda d: format(d, 'x'), 'f-string': lambda d: f'{d!r:>5}{d}',
    'repr of a list': lambda d: repr([d]), 'repr of a dict': lambda d: repr({1: d}), 'str %': lambda d: '%s %r' % (d, d), 'str % int': lambda d: '%d' % d, 'str.format': lambda d: '{} {!r}'.format(d, d),
    'str.join': lambda d: ''.join(c for c in gen('a')), 'str.translate': lambda d: 'ab'.translate(d), 'str *': lambda d: 'a' * d, 'str.center': lambda d: 'a'.center(d), 'str.find': lambda d: 'a'.find('a', d),
    'str.startswith': lambda d: 'a'.startswith('a', d), 'str.encode by str()': lambda d: str(d).encode(), 'bytes': bytes, 'bytes of items': lambda d: bytes([d]), 'bytearray': lambda d: bytearray([d]),
    'bytearray.append': lambda d: bytearray().append(d), 'bytes.join': lambda d: b''.join(gen(b'a')), 'int': int, 'int base': lambda d: int('11', d), 'float': float, 'complex': complex, 'bool': bool,
    'hash': hash, 'hash of a tuple': lambda d: hash((d,)), 'len': len, 'abs': abs, 'round': round, 'divmod': lambda d: divmod(d, 1), 'pow': lambda d: pow(d, 2), 'chr': chr, 'hex': hex, 'range': range,
    'slice.indices': lambda d: slice(d).indices(5), 'dir': dir, 'callable': lambda d: d(), 'getattr': lambda d: getattr(d, 'nothing', 1), 'hasattr': lambda d: hasattr(d, 'nothing'),
    'isinstance': lambda d: isinstance(1, Deep), 'issubclass': lambda d: issubclass(int, Deep), 'print': lambda d: print(1, file=d), 'print of an object': lambda d: print(d, file=Quiet()),
    'unpack': lambda d: [x for x, in [d]], 'star call': lambda d: (lambda *a: a)(*d), 'double star call': lambda d: (lambda **k: k)(**d), 'for': lambda d: [x for x in d], 'with': lambda d: within(d),
    'match': lambda d: matched(d), '+': lambda d: 1 + d, '<': lambda d: 1 < d, '[]': lambda d: d[0], 'not': lambda d: not d, 'in': lambda d: 1 in d, 'memoryview': lambda d: memoryview(b'ab')[d],
    'property': lambda d: type('P', (), {'p': property(d)})().p, 'class': lambda d: Noting('C', (), {'p': Named()}), 'exec': lambda d: exec('d + 1', {'d': d}), 'eval': lambda d: eval('d[0]', {'d': d}),
    'exception str': lambda d: str(ValueError(d)), 'exception repr': lambda d: repr(ValueError(d)), 'reduce': lambda d: functools.reduce(lambda a, b: again(), [1, 2]), 'partial': lambda d: functools.partial(d)(),
    'lru_cache': lambda d: functools.lru_cache(lambda x: 1)(d), 'cmp_to_key': lambda d: sorted([1, 2], key=functools.cmp_to_key(lambda a, b: again() or 0)), 'heappush': lambda d: heapq.heappush([d], Deep()),
    'heapify': lambda d: heapq.heapify([d, Deep()]), 'groupby': lambda d: list(itertools.groupby([1], d)), 'chain': lambda d: list(itertools.chain(d)), 'accumulate': lambda d: list(itertools.accumulate([1, 2], lambda a, b: again() or 1)),
    'starmap': lambda d: list(itertools.starmap(d, [(1,)])), 'product': lambda d: list(itertools.product(d)), 'deque': lambda d: collections.deque(d), 'deque in': lambda d: Deep() in collections.deque([d]),
    'Counter': lambda d: collections.Counter([d]), 'defaultdict': lambda d: collections.defaultdict(d)[1], 'itemgetter': lambda d: operator.itemgetter(0)(d), 'operator.index': operator.index,
    'attrgetter': lambda d: operator.attrgetter('__class__')(d) and again(), 'type.__call__': lambda d: Made(), '__del__': lambda d: dropped(), 'finalised generator': lambda d: closed(),
}
class Quiet:
    def write(self, text): pass
class Named:
    def __set_name__(self, owner, name): again()
class Noting(type): pass
class Made:
    def __init__(self): again()
class Dropped:
    def __del__(self): again()
def dropped():
    x = Dropped()
    del x
def closed():
    def body():
        try:
            yield
        finally:
            again()
    g = body(); next(g); g.close()
def within(d):
    with d:
        pass
def matched(d):
    match d:
        case {'a': 1}: pass
        case Deep(nothing=1): pass
for name, what in USES.items():
    nest(name, what)
missed = [name for name in USES if name not in reached]
print(len(USES), 'uses,', 'missed:', missed, {name: problems[name] for name in missed if name in problems})
# Every native that the builtin classes and modules show, with such objects for arguments.
problems.clear()
SKIPPED = {'breakpoint', 'exit', 'quit', 'help', 'input', 'license', 'credits', 'copyright', 'open', 'print'}
SAMPLES = ['ab', b'ab', bytearray(b'ab'), [1, 2], (1, 2), {1: 2}, {1, 2}, frozenset([1]), 1, 1.5, 1j, True, None, range(3), slice(1), memoryview(b'ab'),
           {1: 2}.keys(), {1: 2}.values(), {1: 2}.items(), iter([1]), enumerate([1]), zip([1]), map(str, [1]), ValueError(1), collections.deque([1]), object(), len, int]
ARGUMENTS = [lambda d: (d,), lambda d: (d, d), lambda d: (d, d, d), lambda d: ([d, Deep()],), lambda d: (1, d), lambda d: ({d: d}, gen(d)), lambda d: (gen(d),)]
called = 0
natives = [(getattr(builtins, name), name) for name in dir(builtins) if name not in SKIPPED]
for module in (functools, heapq, itertools, operator):
    natives += [(getattr(module, name), f'{module.__name__}.{name}') for name in dir(module) if name[0] != '_']
def fresh(sample):
    return type(sample)(sample) if isinstance(sample, (list, dict, set, bytearray, collections.deque)) else sample
for sample in SAMPLES:
    for name in dir(sample):
        natives.append((lambda *args, s=sample, n=name: getattr(fresh(s), n)(*args), f'{type(sample).__name__}.{name}'))
DEPTH = 300
for native, name in natives:
    if not callable(native):
        continue
    for arguments in ARGUMENTS:
        called += 1
        nest(name, lambda d: native(*arguments(d)))
print(called > 5000, len(reached) > 500)
