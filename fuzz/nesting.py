"""Source and data nested deeper than anyone means to."""

SOURCES = [
    ("($)", "1"), ("[$]", "1"), ("{1: $}", "1"), ("-$", "1"), ("not $", "1"), ("lambda: $", "1"), ("$ if 1 else 2", "1"),
    ("2 if 1 else $", "1"), ("$ ** 2", "1"), ("2 ** $", "1"), ("$ + 1", "1"), ("1 + $", "1"), ("$.a", "a"), ("$()", "a"),
    ("$[0]", "a"), ("a[$]", "1"), ("a($)", "1"), ("f($, *b, **c)", "1"), ("$ and 1", "1"), ("$ < 1", "1"),
    ("[x for x in $]", "a"), ("[$ for x in a]", "1"), ("(yield $)", "1"), ("await $", "a"), ("(x := $)", "1"),
    ("f'{$}'", "1"), ("f'{1:$}'", "{1}"), ("*$", "a"), ("a[$:1]", "1"), ("{**$}", "a"), ("$ or 1", "1"),
    ("if 1: $", "pass"), ("@a\n$", "def f(): pass"), ("a = $", "1"), ("a; $", "1"), ("$, 1", "1"), ("'a' $", "'b'"),
    ("if 1:\n pass\nel$", "se: pass"), ("x: $", "int"), ("try: pass\nexcept a: pass\n$", "finally: pass"),
    ("(lambda x=$: x)", "1"), ("a @ $", "b"), ("$ in a", "b"), ("t'{$}'", "1"), ("\\\n$", "1"), ("# $", "1"),
    ("a.b($).c", "1"), ("[*$]", "a"), ("async def f():\n await $", "a"), ("del ($,)", "a"), ("($) = 1", "a"),
]

# What wraps a value once more, and what is done with the result.
WRAPS = [
    "[$]", "($,)", "{1: $}", "{($,): 1}", "frozenset([$])", "slice($)", "iter([$])", "map(str, [$])", "zip($)",
    "enumerate($)", "functools.partial(print, $)", "functools.partial($)", "property($)", "staticmethod($)",
    "classmethod($)", "types.MethodType($, 1)", "list[$]", "Error($)", "ExceptionGroup('g', [$])", "Holder($)",
    "generator($)", "lambda v=$: v", "itertools.chain($)", "collections.deque([$])", "super(type, $)", "caused($)",
    "contextual($)", "types.SimpleNamespace(a=$)", "type('C', ($,), {})", "reversed([$])", "$.__call__", "memo($)",
    "traceback_of($)", "Chain($)", "$.__init__", "types.MappingProxyType({1: $})", "filter(None, $)", "awaiting($)",
    "collections.ChainMap($)", "collections.OrderedDict(a=$)", "functools.lru_cache($)", "itertools.islice($, 5)",
]
USES = [
    "repr(v)", "str(v)", "v == w", "v < w", "hash(v)", "copy.copy(v)", "copy.deepcopy(v)", "bool(v)", "list(v)", "next(v)", "v()",
    "isinstance(1, v)", "issubclass(int, v)", "sorted([v, w])", "v in [w]", "{v: w}", "raise_(v)", "f'{v!r}'", "'%s' % (v,)",
    "v.a", "v.__doc__", "dir(v)", "len(v)", "catch(v)", "print(v)", "str.startswith('a', v)", "max(v, w)", "v | w", "v + w",
    "type(v).__name__", "v.__class_getitem__(1)", "v.__isabstractmethod__", "v.close()", "v.throw(ValueError)", "json(v)",
    "v.__wrapped__", "reprlib.repr(v)", "inspect.signature(v)", "functools.reduce(v, [1, 2])", "iter(v)", "v.split(ValueError)",
    "v.__parameters__", "v.send(None)", "sum(v)", "v[0]", "v.__get__(1, int)", "pickle(v)", "operator.eq(v, w)", "id(v)",
    "set([v])", "match_(v)", "exec_(v)",
]

HEAD = b'''
import collections, copy, functools, inspect, itertools, operator, reprlib, sys, types
class Error(Exception): pass
class Holder:
    def __init__(self, inner): self.a = inner
    def __repr__(self): return repr(self.a)
    def __eq__(self, other): return self.a == other.a
    def __lt__(self, other): return self.a < other.a
    def __hash__(self): return hash(self.a)
    def __len__(self): return len(self.a)
    def __iter__(self): return iter(self.a)
    def __call__(self): return self.a()
class Chain:
    def __init__(self, inner): self.inner = inner
    def __getattr__(self, name): return getattr(self.inner, name)
    def __del__(self): pass
def generator(inner):
    try: yield from inner
    finally: pass
async def awaiting(inner): return await inner
def caused(inner):
    error = Error()
    error.__cause__ = inner
    return error
def contextual(inner):
    error = Error()
    error.__context__ = inner
    return error
def traceback_of(inner):
    try:
        try: raise inner
        finally: raise Error
    except BaseException as error: return error
def memo(inner):
    def function(): return inner
    return function
def raise_(v): raise v
def catch(v):
    try: raise ValueError
    except v: pass
def json(v): return [json(x) for x in v]
def pickle(v): return v.__reduce_ex__(2)
def match_(v):
    match v:
        case [[x]]: return x
        case {1: x}: return x
def exec_(v): exec(repr(v))
'''


class Maker:
    name = "nesting"

    def __init__(self, _):
        pass

    def make(self, random):
        if random.random() < 0.5:
            return self.source(random)
        return self.data(random)

    def source(self, random):
        parts = random.sample(SOURCES, random.choice([1, 1, 1, 2, 3]))
        depth = random.choice([10, 90, 95, 180, 500, 1000, 2990, 3100, 20000, 100000]) // len(parts)
        before, after = zip(*(template.split("$") for template, _ in parts))
        left, right = "".join(before) * depth, "".join(reversed(after)) * depth
        text = left + parts[-1][1] + random.choice([right, right, ""])
        if random.random() < 0.3:
            text = "def f():\n " + text.replace("\n", "\n ")
        window = random.choice(["run", "run", "tokens", "ast", "dis"])
        return window, text.encode(), []

    def data(self, random):
        depth = random.choice([50, 400, 1000, 5000, 100000, 300000])
        wraps = random.sample(WRAPS, random.choice([1, 1, 1, 2]))
        limit = random.choice([None, None, 60, 10**4, 10**6, 2**31 - 1])
        lines = [f"sys.setrecursionlimit({limit})"] if limit else []
        start = random.choice(["[]", "()", "1", "int", "None", "print", "ValueError()", "(i for i in [1])", "'a'", "{}", "Holder(1)"])
        for name in "vw":
            lines += [f"{name} = {start}", "try:", f" for _ in range({depth // len(wraps)}):"]
            lines += [f"  {name} = {wrap.replace('$', name)}" for wrap in wraps]
            lines += ["except Exception: pass"]
        statements = [("\n".join(lines) + "\n").encode()]
        for use in random.sample(USES, 6):
            statements.append(f"try: {use}\nexcept Exception: pass\n".encode())
        statements.append(random.choice([b"", b"raise_(v)\n", b"del v\n", b"import gc; gc.collect()\n", b"x = [v, w]; del v, w, x\n"]))
        return "run", HEAD, statements
