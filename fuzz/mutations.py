"""The containers, classes and modules that something is at work on change under its hands."""

CONTAINERS = ["[3, 1, 2] * 5", "{i: i for i in range(20)}", "set(range(20))", "collections.deque(range(20))",
              "bytearray(range(20))", "collections.OrderedDict.fromkeys(range(9))", "collections.defaultdict(list, {1: 2})",
              "collections.Counter('abracadabra')", "dict.fromkeys('abc')", "[Key(i % 3) for i in range(9)]",
              "{Key(i % 3): i for i in range(9)}", "{Key(i) for i in range(9)}", "collections.ChainMap({1: 2}, {3: 4})"]

CHANGES = ["c.clear()", "c.append(1)", "c.extend(c)", "c.pop()", "c.popitem()", "c.update({7: 8})", "c.add(99)", "c.discard(1)",
           "c *= 2", "c[:] = []", "del c[0]", "del c[::2]", "c.insert(0, 5)", "c.sort()", "c.reverse()", "c |= c", "c -= c",
           "c.remove(2)", "c.setdefault(5)", "c[1] = 2", "c.__init__()", "c.__init__(c)", "c.rotate(1)", "c.move_to_end(1)",
           "c.intersection_update([1])", "c.symmetric_difference_update(range(50))", "c.popleft()", "c ^= {1}", "c += c",
           "gc.collect()", "Key.__eq__ = None", "del Key.__hash__", "Key.__class__ = type", "Key.__bases__ = (Other,)",
           "builtins.len = None", "del builtins.print", "builtins.isinstance = int", "del sys.modules['collections']",
           "sys.modules.clear()", "globals().clear()", "builtins.__dict__.clear()", "sys.setrecursionlimit(30)",
           "sys.setrecursionlimit(2**31 - 1)", "sys.stdout = None", "sys.stderr = 5", "del sys.stdout", "sys.excepthook = 3",
           "sys.unraisablehook = None", "g.close()", "g.throw(ValueError)", "next(g)", "g.send(1)", "it.__setstate__(10**9)",
           "next(it)", "list(it)", "x.__class__ = Other", "del x.a", "x.__dict__ = {}", "x.__dict__.clear()", "del x.__dict__",
           "f.__code__ = h.__code__", "f.__defaults__ = (1, 2, 3)", "f.__kwdefaults__ = {'a': 1}", "del f.__defaults__",
           "f.__globals__.clear()", "Key.__dict__.clear()", "Key.__mro__ = ()", "type.__setattr__(Key, '__lt__', 1)",
           "Key.__getattribute__ = lambda s, n: 1", "Key.__new__ = lambda c, *a: 1", "Key.__del__ = lambda s: c.clear()",
           "raise ValueError", "raise StopIteration", "raise GeneratorExit", "return g", "return NotImplemented", "return -1",
           "exec('c = 1')", "threading()", "del x", "e.__traceback__ = None", "e.__context__ = e", "e.args = 5", "e.with_traceback(3)"]

WORK = ["for i in c: change()", "for i in c.items(): change()", "for i in reversed(c): change()", "c.sort(key=changing)",
        "sorted(c, key=changing)", "max(c, key=changing)", "list(map(changing, c))", "[changing(i) for i in c]",
        "{changing(i): i for i in c}", "c.index(Key(5))", "c.count(Key(5))", "c.remove(Key(5))", "Key(5) in c", "c == list(c)",
        "c[Key(5)]", "c.get(Key(5))", "c.pop(Key(5))", "repr([Key(1), c])", "c.extend(changing(i) for i in range(5))",
        "c[1:3] = (changing(i) for i in range(5))", "c[Index():Index()]", "c[Index()] = 1", "del c[Index():]", "c * Index()",
        "c.insert(Index(), 1)", "c.update({Key(i): i for i in range(5)})", "c.update(zip(Changing(), Changing()))",
        "c |= {Key(3)}", "c & set(map(Key, range(5)))", "c.join(map(str, Changing()))", "sum(Changing())", "tuple(Changing())",
        "c < [Key(1)] * 9", "c == {Key(i): i for i in range(9)}", "any(changing(i) for i in c)", "c.fromkeys(Changing())",
        "print(*Changing(), sep=Text())", "'{0!r:{1}}'.format(Key(1), Key(2))", "'%s %r' % (Key(1), Key(2))", "str(Text())",
        "','.join([Text(), 'a'])", "b','.join(Changing())", "int(Text())", "bytes(Changing())", "bytearray(Index())",
        "c.__contains__(Key(1))", "heap(c)", "functools.reduce(lambda a, b: changing(a), c)", "copy.deepcopy([Key(1), c])",
        "dict(Changing())", "set(Changing())", "a, *b = Changing()", "[*Changing(), *c]", "f(*Changing(), **{'a': Key(1)})",
        "next(g)", "list(g)", "for i in g: g.close()", "for i in g: change()", "with Manager(): change()", "del c", "x.missing",
        "setattr(x, Text(), 1)", "getattr(x, 'a')", "isinstance(x, Meta)", "class D(Key, metaclass=Meta): a = Key(1)",
        "type('D', (Key,), {'b': Key(2)})", "vars(x).update(Changing())", "bisect.insort(c, Key(3))", "range(Index(), 5)[Index()]",
        "slice(Key(1), Key(2)) == slice(Key(1), Key(3))", "hash((Key(1), Key(2)))", "raise Error(Key(1))", "print(c, Key(1))",
        "import collections.abc", "from os import path", "import re", "super(Key, x).a", "min(c)", "zip(c, Changing())",
        "list(zip(c, Changing()))", "list(itertools.chain(c, Changing()))", "list(itertools.product(c, Changing()))",
        "list(itertools.groupby(c, changing))", "list(filter(changing, c))", "list(enumerate(Changing()))", "c.copy()",
        "round(Index())", "divmod(Key(1), Key(2))", "pow(Index(), Index(), Index())", "chr(Index())", "x.a += changing(1)"]

HEAD = b'''
import bisect, builtins, collections, contextlib, copy, functools, heapq, itertools, sys
try: import gc
except ImportError: gc = None
turn = 0
limit = LIMIT
def change(*ignored):
    global turn, x, c, it, g
    turn += 1
    if turn > limit:
        return turn
    if turn % PACE == 0:
CHANGES
    return turn
def changing(i):
    change()
    return i
class Other:
    a = 1
class Base: a = 3
class Key(Base):
    def __init__(self, n=0): self.n = n; self.a = 1
    def __eq__(self, other): change(); return self.n == getattr(other, "n", None)
    def __hash__(self): change(); return self.n % 2
    def __lt__(self, other): return change() or turn % 3 == 0
    def __repr__(self): change(); return "K"
    def __del__(self): change()
    def __bool__(self): change(); return True
    def __format__(self, spec): change(); return "k"
    def __divmod__(self, other): return change()
    def __getattr__(self, name): change(); raise AttributeError(name)
class Index:
    def __index__(self): change(); return 2
    def __round__(self): return change()
class Text(str):
    def __str__(self): change(); return "t"
    def __len__(self): change(); return 1
class Changing:
    def __iter__(self):
        for i in range(6):
            change()
            yield i
    def __len__(self): change(); return 3
    def __length_hint__(self): change(); return 3
    def keys(self): change(); return [1, 2]
    def __getitem__(self, key): change(); return key
class Manager:
    def __enter__(self): change()
    def __exit__(self, *args): change(); return turn % 2
class Meta(type):
    def __instancecheck__(cls, x): return change()
    def __prepare__(name, bases): change(); return {}
    def mro(cls): change(); return super().mro()
class Error(Exception):
    def __str__(self): change(); return "e"
def heap(c):
    heapq.heapify(c)
    while c: heapq.heappop(c)
def f(*args, a=1, **rest): change(); return a
def h(): return turn
def generator():
    try:
        for i in c:
            try: yield i
            finally: change()
    except ValueError: yield 5
def threading(): return copy.copy(g)
x = Key(1)
e = Error(1)
g = generator()
'''


class Maker:
    name = "mutations"

    def __init__(self, _):
        pass

    def make(self, random):
        changes = "\n".join(f"        {change}" for change in random.sample(CHANGES, random.choice([1, 1, 2, 3])))
        head = HEAD.replace(b"CHANGES", changes.encode()).replace(b"PACE", str(random.choice([1, 1, 2, 3])).encode())
        head = head.replace(b"LIMIT", str(random.choice([3, 20, 200])).encode())
        statements = []
        for _ in range(12):
            container, work = random.choice(CONTAINERS), random.choice(WORK)
            body = f" c = {container}\n it = iter(c)\n {work}\n"
            statements.append(f"try:\n{body}except Exception as e: pass\n".encode())
        return "run", head, statements
