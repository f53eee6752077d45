"""Programs of expressions: every operator on every builtin type, methods with plausible and implausible arguments."""

from .author import Author

LITERALS = {
    "int": ["0", "1", "-1", "2", "-2", "3", "5", "7", "-7", "10", "16", "100", "255", "-256", "1000", "2**31", "-2**31", "2**53+1",
            "2**61", "-2**61", "2**62-1", "2**63", "-2**64", "10**20", "-10**30", "0xff", "1_000", "True", "False"],
    "float": ["0.0", "-0.0", "0.5", "1.0", "-1.5", "2.5", "3.75", "1e16", "1e-5", "0.1", "-0.3", "123456.789", "1e300", "-1e300",
              "5e-324", "float('inf')", "float('-inf')", "float('nan')", "2.0**53"],
    "complex": ["1j", "0j", "1+2j", "-1.5+0.5j", "2-3j", "-1j", "complex(0.0, -0.0)"],
    "bool": ["True", "False"],
    "str": ["''", "'a'", "'abc'", "'Hello World'", "'  pad '", "'a,b,,c'", "'42'", "'-7'", "'3.5'", "'\\xe9t\\xe9'", "'\\xdf'",
            "'\\U0001f600x'", "'x\\ny\\r\\nz'", "'t\\tab'", "'{}'", "'%d'", "'{0!r:>5}'", "'\\u01c6'", "'aXbX'", "'abcabc'", "r'\\d'"],
    "bytes": ["b''", "b'a'", "b'abc'", "b'Hello World'", "b' pad '", "b'a,b,,c'", "b'\\xff\\x00'", "b'12'", "b'\\xc3\\xa9'", "b'abcabc'"],
    "bytearray": ["bytearray()", "bytearray(b'xyz')", "bytearray(b'aXbX')", "bytearray(3)"],
    "list": ["[]", "[1]", "[1, 2, 3]", "[3, 1, 2]", "['b', 'a']", "[1.5, 2]", "[[1], [2]]", "[None]", "[True, 0]", "list('abc')",
             "[1, 2, 3, 2, 1]", "[(1, 'a'), (2, 'b')]"],
    "tuple": ["()", "(1,)", "(1, 2)", "('a', 'b', 'c')", "(1, 'a', None)", "(3, 1, 2)", "((1, 2), (3, 4))"],
    "dict": ["{}", "{1: 2}", "{'a': 1, 'b': 2}", "{1: 'x', 2.5: 'y'}", "dict(a=1)", "{(1, 2): []}", "{'k': {'n': 1}}", "{True: 0}"],
    "set": ["set()", "{1}", "{1, 2, 3}", "{'a', 'b'}", "{1, 'a'}", "{2, 3, 4}", "{(1,), 2}"],
    "frozenset": ["frozenset()", "frozenset({1, 2})", "frozenset('abc')"],
    "range": ["range(0)", "range(5)", "range(10, 0, -3)", "range(2, 8, 2)", "range(-3, 3)"],
    "slice": ["slice(2)", "slice(1, 3)", "slice(None, None, -1)", "slice(0, 10, 2)"],
    "none": ["None"],
    "function": ["len", "str", "int", "abs", "repr", "bool", "list", "(lambda x: x)", "(lambda x: -x)", "(lambda: 1)",
                 "(lambda x, y: x)", "str.upper", "ord"],
    "iterator": ["iter([1, 2])", "iter('ab')", "(x for x in (1, 2))", "map(str, [1, 2])", "zip('ab', [1, 2])", "enumerate('ab')",
                 "reversed([1, 2])", "filter(None, [0, 1])"],
    "other": ["...", "NotImplemented", "object", "type", "memoryview(b'abc')", "property()", "list[int]", "int | None"],
}
KINDS = [("int", 16), ("float", 9), ("complex", 4), ("bool", 3), ("str", 18), ("bytes", 7), ("bytearray", 4), ("list", 14),
         ("tuple", 9), ("dict", 9), ("set", 8), ("frozenset", 4), ("range", 4), ("slice", 1), ("none", 2), ("function", 2),
         ("iterator", 4), ("other", 2)]
SEQUENCES = ["str", "bytes", "bytearray", "list", "tuple", "range"]
ITERABLES = ["str", "bytes", "list", "list", "tuple", "dict", "set", "range", "iterator"]

ARITHMETIC = ["+", "-", "*", "/", "//", "%", "@"]
BITWISE = ["&", "|", "^", ">>"]
COMPARISON = ["<", "<=", ">", ">=", "==", "!="]

# The arguments of a method: a letter each, those after the `?` may be left out. `name=` gives the next one by keyword.
#   i int  s the kind itself  t str  n any number  b bool  y bytes  l iterable  d dict  a anything  f function  k key of a dict
#   e encoding  r error handler  x list of the kind itself  S set
# Sequences called by the name of `+` or `*` are left out: there the two differ (pyield says NotImplemented, not why).
TEXT = {
    "capitalize": "", "center": "i?s", "count": "s?ii", "endswith": "s?ii", "expandtabs": "?i", "find": "s?ii", "index": "s?ii",
    "isalnum": "", "isalpha": "", "isascii": "", "isdigit": "", "islower": "", "isspace": "", "istitle": "", "isupper": "",
    "join": "x", "ljust": "i?s", "lower": "", "lstrip": "?s", "partition": "s", "removeprefix": "s", "removesuffix": "s",
    "replace": "ss?i", "rfind": "s?ii", "rindex": "s?ii", "rjust": "i?s", "rpartition": "s", "rsplit": "?si", "rstrip": "?s",
    "split": "?si", "splitlines": "?b", "startswith": "s?ii", "strip": "?s", "swapcase": "", "title": "", "upper": "", "zfill": "i",
    "__contains__": "s", "__len__": "", "__getitem__": "i", "__lt__": "s",
    "__eq__": "a", "__ge__": "a",
}
METHODS = {
    "int": {"bit_length": "", "bit_count": "", "conjugate": "", "as_integer_ratio": "", "is_integer": "", "to_bytes": "?it",
            "__add__": "n", "__radd__": "n", "__floordiv__": "n", "__pow__": "i?i", "__rsub__": "n", "__divmod__": "n", "__index__": "",
            "__bool__": "", "__invert__": "", "__round__": "?i", "__lt__": "n", "__eq__": "a", "__hash__": "", "__format__": "t",
            "__ceil__": "", "__trunc__": "", "__and__": "n", "__float__": ""},
    "float": {"hex": "", "is_integer": "", "as_integer_ratio": "", "conjugate": "", "__add__": "n", "__rtruediv__": "n", "__mod__": "n",
              "__divmod__": "n", "__round__": "?i", "__trunc__": "", "__floor__": "", "__eq__": "a", "__gt__": "n", "__int__": "",
              "__rpow__": "i?i", "__neg__": "", "__bool__": ""},
    "complex": {"conjugate": "", "__add__": "n", "__mul__": "n", "__rsub__": "n", "__eq__": "a", "__lt__": "n", "__abs__": "",
                "__complex__": "", "__pow__": "i", "__bool__": ""},
    "str": {**TEXT, "encode": "?er", "format": "aa", "casefold": "", "isdecimal": "", "isnumeric": "", "isprintable": "",
            "isidentifier": "", "translate": "d", "format_map": "d", "__mod__": "a", "__format__": "t", "__rmod__": "s"},
    "bytes": {**TEXT, "decode": "?er", "hex": "?ti", "translate": "y", "__mod__": "a"},
    "bytearray": {**TEXT, "append": "i", "extend": "l", "pop": "?i", "insert": "ii", "remove": "i", "reverse": "", "clear": "",
                  "copy": "", "hex": "", "decode": "?er", "__setitem__": "ii", "__delitem__": "i"},
    "list": {"append": "a", "extend": "l", "pop": "?i", "insert": "ia", "remove": "a", "reverse": "", "clear": "", "copy": "",
             "index": "a?ii", "count": "a", "sort": "", "__contains__": "a", "__getitem__": "i",
             "__setitem__": "ia", "__delitem__": "i", "__eq__": "a", "__lt__": "s", "__len__": "",
             "__reversed__": ""},
    "tuple": {"index": "a?ii", "count": "a", "__contains__": "a", "__getitem__": "i", "__eq__": "a",
              "__lt__": "s", "__hash__": "", "__len__": ""},
    "dict": {"get": "k?a", "pop": "k?a", "setdefault": "k?a", "update": "d", "keys": "", "values": "", "items": "", "copy": "",
             "clear": "", "popitem": "", "__contains__": "k", "__getitem__": "k", "__setitem__": "ka", "__delitem__": "k", "__or__": "d",
             "__ior__": "d", "__ror__": "d", "__eq__": "a", "__len__": "", "__lt__": "d", "fromkeys": "l?a", "__reversed__": ""},
    "set": {"add": "a", "discard": "a", "remove": "a", "union": "?ll", "intersection": "?ll", "difference": "?ll",
            "symmetric_difference": "l", "update": "?ll", "intersection_update": "l", "difference_update": "l", "issubset": "l",
            "issuperset": "l", "isdisjoint": "l", "copy": "", "clear": "", "symmetric_difference_update": "l", "__or__": "S",
            "__and__": "S", "__rsub__": "S", "__xor__": "a", "__le__": "S", "__contains__": "a", "__ior__": "S"},
    "frozenset": {"union": "?ll", "intersection": "?ll", "difference": "?ll", "symmetric_difference": "l", "issubset": "l",
                  "issuperset": "l", "isdisjoint": "l", "copy": "", "__or__": "S", "__sub__": "S", "__rand__": "S", "__lt__": "S",
                  "__hash__": "", "add": "a"},
    "range": {"index": "i", "count": "i", "__contains__": "a", "__getitem__": "i", "__len__": "", "__eq__": "a", "__reversed__": "",
              "__bool__": "", "__hash__": ""},
    "slice": {"indices": "i", "__eq__": "a"},
    "iterator": {"__next__": "", "__iter__": "", "__length_hint__": "", "send": "a", "close": ""},
    "none": {"__bool__": "", "__eq__": "a"}, "bool": {"__and__": "b", "__xor__": "b", "__or__": "i", "bit_length": "", "__repr__": ""},
    "function": {"__call__": "a", "__name__": ""}, "other": {"__eq__": "a", "__repr__": ""},
}
FUNCTIONS = {
    "abs": "n", "all": "l", "any": "l", "ascii": "a", "bin": "i", "bool": "?a", "bytearray": "?l", "bytes": "?l", "callable": "a",
    "chr": "i", "complex": "?nn", "dict": "?d", "divmod": "nn", "enumerate": "l?i", "filter": "fl", "float": "?n", "format": "a?t",
    "frozenset": "?l", "getattr": "at?a", "hasattr": "at", "hex": "i", "int": "?n", "isinstance": "aT", "issubclass": "TT",
    "iter": "l", "len": "l", "list": "?l", "map": "fl?l", "max": "l", "min": "l", "next": "I?a", "oct": "i", "ord": "t",
    "pow": "ni?i", "range": "i?ii", "repr": "a", "reversed": "l", "round": "n?i", "set": "?l", "slice": "i?ii", "sorted": "l",
    "str": "?a", "sum": "l?n", "tuple": "?l", "type": "a", "zip": "?lll", "memoryview": "y", "vars": "a", "hash": "n",
}
ENCODINGS = ["'utf-8'", "'ascii'", "'latin-1'", "'utf-16-le'", "'cp1252'", "'nope'"]
HANDLERS = ["'strict'", "'ignore'", "'replace'", "'backslashreplace'", "'surrogateescape'"]
TYPES = ["int", "str", "float", "list", "(int, str)", "object", "bool", "type(None)", "int | str", "dict", "()", "tuple"]


class Expressions(Author):
    def __init__(self, seed):
        super().__init__(seed)
        self.variables = {}

    # Values.

    def kind(self):
        return self.weighted(KINDS)

    def value(self, kind, depth):
        """An expression that is probably of this kind."""
        if self.chance(3):
            kind = self.kind()
        if depth <= 0 or self.chance(30):
            known = self.variables.get(kind)
            return self.one(known) if known and self.chance(60) else f"({text})" if "*" in (text := self.one(LITERALS[kind])) else text
        makers = {"int": self.integer, "float": self.real, "complex": self.complex, "bool": self.truth, "str": self.string,
                  "bytes": self.data, "list": self.items, "tuple": self.pair, "dict": self.table, "set": self.elements}
        maker = makers.get(kind)
        if maker is None or self.chance(10):
            return self.common(kind, depth)
        return maker(depth - 1)

    def any(self, depth):
        return self.value(self.kind(), depth)

    def small(self):
        return str(self.random.randint(-4, 8))

    def common(self, kind, depth):
        """What can be said about any kind."""
        shape = self.random.randrange(7)
        a, b = self.value(kind, depth - 1), self.value(kind, depth - 1)
        if shape == 0:
            return f"({a} if {self.value('bool', depth - 1)} else {b})"
        if shape == 1:
            return f"({a} {self.one(['and', 'or'])} {b})"
        if shape == 2:
            return f"(w{self.random.randrange(3)} := {a})"
        if shape == 3:
            return f"(lambda x, y={b}: {self.one(['x', 'y'])})({a})"
        if shape == 4:
            return f"[{a}, {b}][{self.one(['0', '1', '-1', '2'])}]"
        if shape == 5:
            return f"{{'p': {a}, 'q': {b}}}[{self.one(['p', 'q', 'r'])!r}]"
        return f"next(iter([{a}]))"

    def integer(self, depth):
        shape = self.random.randrange(9)
        if shape < 3:
            return f"({self.value('int', depth)} {self.one(['+', '-', '//', '%', '&', '|', '^', '*'])} {self.value('int', depth)})"
        if shape == 3:
            return f"{self.one('-+~')}{self.value('int', depth)}"
        if shape == 4:
            return f"len({self.value(self.one(SEQUENCES), depth)})"
        if shape == 5:
            return f"int({self.value(self.one(['float', 'str', 'bool', 'int']), depth)})"
        if shape == 6:
            return f"({self.value('int', depth)} {self.one(['**', '<<', '>>'])} {self.one('0 1 2 3 7 -1'.split())})"
        if shape == 7:
            return f"sum({self.comprehension('int', depth, '[]')})"
        return self.method("str", depth, self.one(["find", "count", "index"]))

    def real(self, depth):
        shape = self.random.randrange(5)
        if shape < 2:
            return f"({self.value('float', depth)} {self.one(['+', '-', '*', '/', '//', '%'])} {self.value(self.one(['int', 'float']), depth)})"
        if shape == 2:
            return f"({self.value('int', depth)} / {self.value('int', depth)})"
        if shape == 3:
            return f"round({self.value('float', depth)}, {self.small()})"
        return f"float({self.value(self.one(['int', 'str', 'float']), depth)})"

    def complex(self, depth):
        kinds = [self.one(["int", "float", "complex"]), "complex"]
        self.random.shuffle(kinds)
        return f"({self.value(kinds[0], depth)} {self.one('+-*/')} {self.value(kinds[1], depth)})"

    def truth(self, depth):
        shape = self.random.randrange(6)
        kind = self.one(["int", "float", "str", "list", "tuple", "bytes", "set"])
        if shape < 2:
            return f"({self.value(kind, depth)} {self.one(COMPARISON)} {self.value(kind, depth)})"
        if shape == 2:
            return f"({self.value('int', depth)} {self.one(COMPARISON)} {self.value('int', depth)} {self.one(COMPARISON)} {self.value('float', depth)})"
        if shape == 3:
            return f"(not {self.any(depth)})"
        if shape == 4:
            return f"({self.any(depth)} {self.one(['in', 'not in'])} {self.value(self.one(ITERABLES), depth)})"
        return f"isinstance({self.any(depth)}, {self.one(TYPES)})"

    def spec(self):
        return (self.one(["", "", "", "<", ">", "^", "=", "*<", "0>"]) + self.one(["", "", "", "+", "-", " "])
                + ("#" if self.chance(12) else "") + ("0" if self.chance(15) else "")
                + ("" if self.chance(40) else str(self.random.randint(0, 14))) + self.one(["", "", "", "", ",", "_"])
                + ("" if self.chance(60) else f".{self.random.randint(0, 8)}")
                + self.one(["", "", "d", "x", "o", "b", "c", "n", "e", "f", "g", "G", "%", "s", "X", "q"]))

    def string(self, depth):
        shape = self.random.randrange(9)
        if shape == 0:
            return f"({self.value('str', depth)} + {self.value('str', depth)})"
        if shape == 1:
            return f"({self.value('str', depth)} * {self.small()})"
        if shape == 2:
            return f"{self.one(['str', 'repr', 'ascii'])}({self.plain(depth)})"
        if shape == 3:
            fields = []
            for _ in range(self.random.randint(1, 3)):
                field = self.plain(depth - 1)
                debug = "=" if self.chance(20) else ""
                conversion = self.one(["", "", "!r", "!s", "!a"])
                spec = self.one(["", ":" + self.spec(), ":" + self.spec(), ":{3 + 4}", ":>{w!r}" if self.chance(10) else ""])
                fields.append(f"{{({field}){debug}{conversion}{spec}}}")
            return 'f"""' + self.one(["", "<", "{{"]) + ",".join(fields).replace("\\", "\\") + '"""'
        if shape == 4:
            flags = "".join(c for c in "-+ #0" if self.chance(15))
            width = "" if self.chance(50) else str(self.random.randint(0, 12))
            precision = "" if self.chance(60) else f".{self.random.randint(0, 6)}"
            return f"('<%{flags}{width}{precision}{self.one('diouxXeEfFgGcrsa%')}>' % {self.one(['({},)', '({})'])})".replace(
                "{}", self.plain(depth))
        if shape == 5:
            return f"{self.value('str', depth)}.join({self.comprehension('str', depth, self.one(['[]', '()']))})"
        if shape == 6:
            return f"format({self.plain(depth)}, {self.spec()!r})"
        if shape == 7:
            return self.subscript("str", depth)
        return self.method("str", depth)

    def plain(self, depth):
        """A value whose text shows no address."""
        return self.value(self.weighted([(kind, weight) for kind, weight in KINDS if kind not in ("function", "iterator", "other")]), depth)

    def data(self, depth):
        shape = self.random.randrange(6)
        if shape == 0:
            return f"({self.value('bytes', depth)} + {self.value(self.one(['bytes', 'bytearray']), depth)})"
        if shape == 1:
            return f"({self.value('bytes', depth)} * {self.small()})"
        if shape == 2:
            return f"{self.value('str', depth)}.encode({self.one(ENCODINGS)}, {self.one(HANDLERS)})"
        if shape == 3:
            return f"bytes({self.value(self.one(['list', 'range', 'bytes', 'bytearray', 'tuple']), depth)})"
        if shape == 4:
            return self.subscript("bytes", depth)
        return self.method("bytes", depth)

    def items(self, depth):
        shape = self.random.randrange(8)
        if shape == 0:
            return f"({self.value('list', depth)} + {self.value('list', depth)})"
        if shape == 1:
            return f"({self.value('list', depth)} * {self.small()})"
        if shape == 2:
            return self.comprehension(self.kind(), depth, "[]")
        if shape == 3:
            return "[" + ", ".join(self.some(0, 3, lambda: self.starred(depth))) + "]"
        if shape == 4:
            extra = self.one(["", "", ", reverse=True", f", key={self.one(LITERALS['function'])}", ", key=lambda x: -x"])
            return f"sorted({self.value(self.one(ITERABLES), depth)}{extra})"
        if shape == 5:
            return f"list({self.value(self.one(['str', 'range', 'iterator', 'tuple', 'dict', 'bytes']), depth)})"
        if shape == 6:
            return self.subscript("list", depth)
        return f"{self.value('str', depth)}.{self.one(['split()', 'splitlines()', 'rsplit(None, 1)', 'split(chr(97))'])}"

    def pair(self, depth):
        shape = self.random.randrange(5)
        if shape == 0:
            return f"({self.value('tuple', depth)} + {self.value('tuple', depth)})"
        if shape == 1:
            return f"({self.any(depth)}, {self.starred(depth)})"
        if shape == 2:
            return f"divmod({self.value('int', depth)}, {self.value(self.one(['int', 'float']), depth)})"
        if shape == 3:
            return f"tuple({self.comprehension(self.kind(), depth, '()')})"
        return self.subscript("tuple", depth)

    def table(self, depth):
        shape = self.random.randrange(4)
        if shape == 0:
            return f"({self.value('dict', depth)} | {self.value('dict', depth)})"
        if shape == 1:
            return f"{{{self.key(depth)}: {self.any(depth)}, **{self.value('dict', depth)}, {self.key(depth)}: {self.any(depth)}}}"
        if shape == 2:
            return f"{{x: {self.one(['x', '[x]', 'str(x)', '1'])} for x in {self.value(self.one(ITERABLES), depth)}}}"
        return f"dict({self.one(['zip', 'enumerate'])}({self.value(self.one(ITERABLES), depth)}, {self.value(self.one(['int', 'str', 'list']), depth)}))"

    def elements(self, depth):
        shape = self.random.randrange(3)
        if shape == 0:
            return f"({self.value('set', depth)} {self.one('|&-^')} {self.value(self.one(['set', 'set', 'frozenset']), depth)})"
        if shape == 1:
            return f"{{{self.key(depth)}, {self.key(depth)}}}"
        return f"set({self.value(self.one(ITERABLES), depth)})"

    def key(self, depth):
        return self.value(self.one(["int", "str", "tuple", "float", "bool", "none", "str", "int"]), depth)

    def starred(self, depth):
        return f"*{self.value(self.one(ITERABLES), depth)}" if self.chance(25) else self.any(depth)

    def comprehension(self, kind, depth, brackets):
        element = self.one(["x", "x", "str(x)", "(x, x)", "x * 2", "x == 1", self.value(kind, depth - 1)])
        clauses = f"for x in {self.value(self.one(ITERABLES), depth)}"
        if self.chance(15):
            clauses += f" for y in {self.one(['(1, 2)', 'range(2)', '(x,)'])}"
            element = self.one([element, "(x, y)", "y"])
        if self.chance(30):
            clauses += f" if {self.one(['x', 'not x', 'x != 2', self.value('bool', depth - 1)])}"
        text = f"{element} {clauses}"
        return f"({text})" if brackets == "()" else f"[{text}]"

    def bound(self):
        return "" if self.chance(30) else self.small() if self.chance(94) else self.one(["None", "10**20", "'a'", "1.5", "True"])

    def subscript(self, kind, depth):
        value = self.value(kind, depth)
        if self.chance(35):
            return f"({value})[{self.small()}]"
        step = "" if self.chance(50) else ":" + self.one(["1", "-1", "2", "-2", "3", "0", ""])
        return f"({value})[{self.bound()}:{self.bound()}{step}]"

    # Calls.

    def argument(self, letter, kind, depth):
        if self.chance(7):
            return self.any(depth)
        if letter == "i":
            return self.small() if self.chance(85) else self.value("int", depth)
        if letter in "sx":
            value = self.value(kind if self.chance(90) else self.kind(), depth)
            return f"[{value}, {value}]" if letter == "x" and self.chance(90) else value
        if letter == "k":
            return self.key(depth) if self.chance(50) else self.one(["1", "'a'", "'k'", "(1, 2)", "True"])
        pools = {"e": ENCODINGS, "r": HANDLERS, "T": TYPES, "f": LITERALS["function"] + ["None"]}
        if letter in pools:
            return self.one(pools[letter])
        kinds = {"t": ["str"], "n": ["int", "float", "complex", "bool", "int"], "b": ["bool"], "y": ["bytes", "bytearray"],
                 "l": ITERABLES, "d": ["dict"], "S": ["set", "frozenset"], "I": ["iterator"]}
        return self.value(self.one(kinds[letter]), depth) if letter in kinds else self.any(depth)

    def arguments(self, shape, kind, depth):
        needed, _, optional = shape.partition("?")
        wanted = needed + optional[:self.random.randint(0, len(optional))]
        arguments = [self.argument(letter, kind, depth - 1) for letter in wanted]
        if self.chance(3):
            arguments.append(self.any(0))
        elif arguments and self.chance(3):
            arguments.pop()
        elif self.chance(2):
            arguments.append(f"{self.one(['key', 'x', 'sep', 'default', 'start'])}={self.any(0)}")
        return ", ".join(arguments)

    def method(self, kind, depth, name=None):
        name = name or self.one(list(METHODS[kind]))
        text = f"({self.value(kind, depth)}).{name}({self.arguments(METHODS[kind].get(name, '?a'), kind, depth)})"
        # Hashes are addresses, or differ from one machine to the next.
        return f"isinstance({text}, int)" if name == "__hash__" else text

    def call(self, depth):
        name = self.one(list(FUNCTIONS))
        if name == "hash":
            # Other hashes are addresses, or differ from one machine to the next.
            return f"hash({self.one([text for text in LITERALS['int'] + LITERALS['float'] if 'nan' not in text])})"
        text = f"{name}({self.arguments(FUNCTIONS[name], 'int', depth)})"
        if name in ("max", "min") and self.chance(40):
            text = f"{name}({self.any(depth)}, {self.any(depth)})" if self.chance(50) else text[:-1] + self.one([", key=str)", ", default=0)"])
        if name in ("enumerate", "filter", "map", "zip", "reversed", "iter"):
            return f"list({text})"
        if name == "vars":
            # Which names a module or a builtin class has in which order is not told.
            return f"len({text}) > 0"
        return f"str({text})" if name == "memoryview" else text

    def operation(self, depth):
        a, b = self.any(depth), self.any(depth)
        op = self.weighted([("arithmetic", 40), ("bitwise", 20), ("comparison", 20), ("power", 8), ("shift", 4), ("other", 8)])
        if op == "arithmetic":
            sign = self.one(ARITHMETIC)
            if sign == "*":
                # A text times a large number would be large.
                b = self.one([self.small(), self.one(LITERALS["float"]), self.one(LITERALS["str"]), "[]", "None"])
            return f"{a} {sign} {b}"
        if op == "bitwise":
            return f"{a} {self.one(BITWISE)} {b}"
        if op == "comparison":
            return f"{a} {self.one(COMPARISON)} {b}"
        if op == "power":
            return f"{a} ** {self.one(['0', '1', '2', '-1', '3', '0.5', '(1j)', 'True', 'None', '[]'])}"
        if op == "shift":
            return f"{a} << {self.one(['0', '1', '3', '-1', 'True', '1.0', 'None'])}"
        return self.one([f"{a} in {b}", f"{a} not in {b}", f"not {a}", f"-({a})", f"+({a})", f"~({a})", f"{a} and {b}", f"{a} or {b}"])

    def expression(self, depth=2):
        return self.weighted([(self.operation, 35), (self.any, 20), (self.call, 20),
                              (lambda depth: self.method(self.kind(), depth), 25)])(depth)

    # Statements around them.

    def checked(self):
        expression = self.expression()
        if self.chance(60):
            self.line(f"check(lambda: {expression})")
        else:
            self.guard(f"show({expression})")

    def guard(self, *statements):
        self.line("try:")
        for statement in statements:
            self.line("    " + statement)
        self.line("except Exception as error:")
        self.line("    note(error)")

    def bind(self):
        kind = self.kind()
        name = f"{kind[:2]}{self.random.randrange(2)}"
        if kind in ("function", "iterator", "other", "slice", "none"):
            return
        known = self.variables.setdefault(kind, [])
        if name in known:
            self.guard(f"{name} = {self.value(kind, 2)}")
        else:
            known.append(name)
            self.line(f"{name} = {self.one(LITERALS[kind])}")

    def target(self):
        kinds = [kind for kind in self.variables]
        return self.one(self.variables[self.one(kinds)]) if kinds else None

    def in_place(self):
        name = self.target()
        if name is None:
            return
        op = self.one(ARITHMETIC + BITWISE + ["**", "<<"])
        value = self.any(1)
        if op in ("*", "**", "<<"):
            value = self.one(["0", "1", "2", "-1", "3", "1.5", "None", "'a'", "[]"])
        self.guard(f"{name} {op}= {value}", f"show({name})")

    def store(self):
        kind = self.one(["list", "dict", "bytearray", "str", "tuple"])
        known = self.variables.get(kind)
        if not known:
            return
        name = self.one(known)
        place = self.key(1) if kind == "dict" else self.one([self.small(), f"{self.bound()}:{self.bound()}",
                                                              f"{self.bound()}:{self.bound()}:{self.one(['1', '2', '-1', '0'])}"])
        statement = self.one([f"{name}[{place}] = {self.any(1)}", f"del {name}[{place}]", f"{name}[{place}] += {self.any(0)}"])
        self.guard(statement, f"show({name})")

    def unpack(self):
        targets = self.one(["q, r", "q, *r", "*q, r", "q, (r, s)", "[q, r, *s]", "(q, *r), s"])
        names = "".join(c if c.isalpha() else " " for c in targets).split()
        self.guard(f"{targets} = {self.any(2)}", f"show({', '.join(names)})")

    def write(self):
        for _ in range(6):
            self.bind()
        steps = [(self.checked, 62), (self.bind, 8), (self.in_place, 12), (self.store, 10), (self.unpack, 6)]
        for _ in range(self.random.randint(15, 25)):
            self.weighted(steps)()
        if self.variables:
            self.line(f"show({', '.join(name for known in self.variables.values() for name in known)})")
