"""Programs about texts: format specifications, f-strings, `%`, the methods of `str` and `bytes` with arguments of all kinds."""

from .author import Author

INTS = ["0", "1", "-1", "7", "42", "-255", "1000000", "2**31", "-2**63", "10**18", "10**25", "True", "False"]
FLOATS = ["0.0", "-0.0", "1.0", "-1.5", "3.14159", "1e10", "1e16", "1e-7", "123456.789", "1e22", "0.1", "2.5", "1e100", "float('inf')", "float('nan')",
          "-1e-300", "5e-324", "0.5", "999999.5", "99.995"]
COMPLEX = ["0j", "1j", "1+2j", "-1.5-0.25j", "complex(0.0, -0.0)", "complex(float('inf'), float('nan'))", "1e20+1e-5j"]
TEXTS = ["''", "'a'", "'abc'", "'Hello World'", "' pad  '", "'a,b,,c'", "'\\u00e9t\\u00e9'", "'\\u00df\\u0130\\ufb01'", "'line\\none\\r\\ntwo\\n'", "'tab\\tx'", "'aXbXc'",
         "'\\U0001f600'", "'123'", "'-5'", "'\\u0661'", "'x=1'", "'__a__'", "'aaa'", "'\\ud800'", "'A b-c'", "'%s'", "'{0}'"]
BYTES = ["b''", "b'a'", "b'abc'", "b'Hello World'", "b' pad  '", "b'a,b,,c'", "b'\\xff\\x00'", "b'line\\none\\r\\ntwo'", "bytearray(b'aXbXc')", "b'123'", "bytearray(b'')", "b'a\\tb'"]
OTHERS = ["None", "[]", "[1, 'a']", "(1,)", "{'a': 1}", "{1}", "object", "...", "range(3)", "Both()", "Spec()", "Odd()"]

PREAMBLE = '''\
class Both:
    def __str__(self):
        return "both str"

    def __repr__(self):
        return "both repr \\u00e9"


class Spec(Both):
    def __format__(self, spec):
        return f"<{spec}>"

    def __index__(self):
        return 3

    def __float__(self):
        return 2.5


class Odd:
    def __str__(self):
        return 5

    def __format__(self, spec):
        return None

    def __index__(self):
        return "no"

    def __repr__(self):
        raise KeyError("odd")


class Upper(str):
    def __str__(self):
        return "upper"

    def __format__(self, spec):
        return super().__format__(spec) + "!"


class Whole(int):
    def __repr__(self):
        return "whole"

    __str__ = None


value = 3
width = 6
name = "name"
table = {"key": "entry", "n": 5, "nested": {"x": 1.5}}
'''

# Methods by the letters of their arguments: s text, i int, b bool, x list of texts, t table, e encoding, r handler, a anything; those after ? may be absent.
METHODS = {
    "center": "i?s", "count": "s?ii", "endswith": "s?ii", "expandtabs": "?i", "find": "s?ii", "index": "s?ii", "join": "x", "ljust": "i?s", "lstrip": "?s",
    "partition": "s", "removeprefix": "s", "removesuffix": "s", "replace": "ss?i", "rfind": "s?ii", "rindex": "s?ii", "rjust": "i?s", "rpartition": "s",
    "rsplit": "?si", "rstrip": "?s", "split": "?si", "splitlines": "?b", "startswith": "s?ii", "strip": "?s", "translate": "t", "zfill": "i",
    "capitalize": "", "title": "", "upper": "", "lower": "", "swapcase": "", "isalnum": "", "isalpha": "", "isdigit": "", "isspace": "", "istitle": "", "isupper": "",
    "islower": "", "isascii": "", "__contains__": "s", "__getitem__": "a", "__mul__": "a", "__add__": "s", "__mod__": "a", "__len__": "", "__eq__": "a", "__lt__": "s",
}
ONLY_STR = {"encode": "?er", "casefold": "", "isdecimal": "", "isnumeric": "", "isprintable": "", "isidentifier": "", "format": "aa", "format_map": "t", "maketrans": "a?aa"}
ONLY_BYTES = {"decode": "?er", "hex": "?si", "fromhex": "a", "maketrans": "ss"}
NAMES = ["sep", "maxsplit", "keepends", "tabsize", "count", "encoding", "errors", "bytes_per_sep", "delete", "chars", "x", "old", "width"]


class Texts(Author):
    def spec(self):
        """A format specification, mostly a good one."""
        fill = self.one(["", "", "", "<", ">", "^", "=", "*<", "_>", "0^", "x=", "\\u00e9>"])
        sign = self.one(["", "", "", "+", "-", " "])
        other = self.one(["", "", "", "z", "#", "z#", "0"])
        size = self.one(["", "", "0", "1", "8", "12", "08"])
        group = self.one(["", "", "", ",", "_"])
        precision = self.one(["", "", "", ".0", ".2", ".10", ".3", "."]) + (self.one([",", "_"]) if self.chance(6) else "")
        kind = self.one(["", "", "d", "f", "g", "e", "s", "x", "b", "o", "%", "n", "c", "G", "E", "F", "X", "r", "dd"])
        return fill + sign + other + size + group + precision + kind

    def any(self):
        return self.one(self.one([INTS, FLOATS, TEXTS, TEXTS, BYTES, COMPLEX, OTHERS, ["Upper('up')", "Whole(5)", "value", "name", "table"]]))

    def number(self):
        return self.one(self.one([INTS, FLOATS, COMPLEX]))

    def formatted(self):
        return f"format({self.one([self.any, self.number, self.number])()}, '{self.spec()}')"

    def field(self):
        inner = self.one([self.any(), self.number(), "value", "name", "table['n']", "value + 1", "[x for x in 'ab']", "lambda: 1", "{'a': 1}['a']", "name.upper()", "1 if value else 2"])
        inner = f"({inner})" if inner.startswith("lambda") else f" {inner} " if inner.startswith("{") else inner
        conversion = self.one(["", "", "", "!r", "!s", "!a"])
        equals = self.one(["", "", "", "=", " = "])
        spec = self.one(["", "", ":" + self.spec(), ":" + self.spec(), ":{width}", ":>{width}.{value}", ":{'*'}^{width}", ":{value!r:>3}"])
        return "{" + inner.replace("\\", "\\\\" if False else "\\") + equals + conversion + spec + "}"

    def f_string(self):
        parts = [self.one(["", "", "text ", "{{", "}}", "\\t", "a'b".replace("'", ""), "%"]) + self.field() for _ in range(self.random.randint(1, 3))]
        quote = self.one(['"', '"""'])
        return f"{self.one(['f', 'f', 'rf', 'F'])}{quote}{''.join(parts)}{quote}"

    def template(self):
        """What str.format does."""
        def field():
            first = self.one(["", "", "0", "1", "key", "2", "name"])
            steps = self.one(["", "", "", ".real", "[0]", "[key]", ".nothing", "[x]", ".a.b", "[", "[]", "."])
            conversion = self.one(["", "", "", "!r", "!s", "!a", "!x", "!"])
            spec = self.one(["", "", ":" + self.spec(), ":{}", ":{1}", ":>{width}", ":{:{}}"])
            return "{" + first + steps + conversion + spec + "}"
        text = "".join(self.one(["", "a ", "{{", "}}", "é"]) + field() for _ in range(self.random.randint(1, 3)))
        text += self.one(["", "", "", "", "{", "}", "}{"])
        arguments = [self.any() for _ in range(self.random.randint(0, 3))]
        arguments += self.one([[], [], ["key=1"], ["width=5"], ["**table"], ["name=name", "width='3'"]])
        return f"'{text}'.format({', '.join(arguments)})"

    def percent(self):
        def conversion():
            mapped = self.one(["", "", "", "", "", "(key)", "(n)", "(zz)"])
            flags = self.one(["", "", "", "-", "+", " ", "0", "#", "-0", "+ "])
            size = self.one(["", "", "5", "8", "*", "0"])
            precision = self.one(["", "", ".2", ".0", ".*", ".", ".5"])
            kind = self.one(list("srdfgexXoci%aEGbiu") + ["ld", "z", "", "hd"])
            return "%" + mapped + flags + size + precision + kind
        text = "".join(self.one(["", "a ", "-"]) + conversion() for _ in range(self.random.randint(1, 2)))
        right = self.one([self.any, self.number, lambda: "(" + ", ".join(self.any() for _ in range(self.random.randint(1, 3))) + ",)", lambda: "table", lambda: "{b'key': 1, 'key': 2}"])()
        return f"{self.one(['', '', 'b'])}'{text}' % {right}"

    def argument(self, letter, pool):
        if self.chance(12):
            return self.any()
        if letter == "i":
            return self.one(["0", "1", "2", "-1", "3", "10", "None", "True", "-10", "Spec()", "2.0", "'1'", "10**20"]) if self.chance(90) else self.any()
        if letter == "b":
            return self.one(["True", "False", "0", "1", "[]", "'x'", "None"])
        if letter == "x":
            return self.one([f"[{self.one(pool)}, {self.one(pool)}]", f"({self.one(pool)},)", "[]", f"(x for x in [{self.one(pool)}])", f"[{self.one(pool)}, {self.any()}]", "'abc'", "{'k': 1}", "b'xy'"])
        if letter == "t":
            return self.one(["{97: 'A'}", "{97: None, 98: 66}", "table", "{'a': 1}", "str.maketrans('ab', 'xy')", "bytes(range(256))", "b''", "{97: 'long', 99: 2**40}", "[1, 2]", "None", "'x' * 128"])
        if letter == "e":
            return self.one(["'utf-8'", "'ascii'", "'latin-1'", "'utf-16'", "'UTF_8'", "'nope'", "'cp1252'", "'utf-32-be'", "'idn\\0'"])
        if letter == "r":
            return self.one(["'strict'", "'ignore'", "'replace'", "'backslashreplace'", "'xmlcharrefreplace'", "'surrogateescape'", "'surrogatepass'", "'namereplace'", "'nope'"])
        if letter == "s":
            return self.one([self.one(pool), self.one(pool), self.one(pool), f"({self.one(pool)}, {self.one(pool)})", "None"])
        return self.any()

    def method(self):
        pool = self.one([TEXTS, TEXTS, BYTES])
        methods = {**METHODS, **(ONLY_BYTES if pool is BYTES else ONLY_STR)}
        name = self.one(list(methods))
        needed, _, optional = methods[name].partition("?")
        wanted = needed + optional[:self.random.randint(0, len(optional))]
        arguments = [self.argument(letter, pool) for letter in wanted]
        if self.chance(5):
            arguments.append(self.any())
        if arguments and self.chance(5):
            arguments.pop()
        if self.chance(15):
            names = self.random.sample(NAMES, self.random.randint(1, 2))
            arguments += [f"{name}={self.argument(self.one('sib'), pool)}" for name in names]
        return f"({self.one(pool)}).{name}({', '.join(arguments)})"

    def conversion(self):
        text = self.one(["' 42 '", "'4_2'", "'0x1f'", "'1e5'", "'-inf'", "'nan'", "'1+2j'", "' 1j '", "'\\u0663'", "'_1'", "''", "'0b11'", "b'12'", "b' 7 '", "bytearray(b'9')", "'1__0'", "'+5'", "'١.٥'",
                         "'infinity'", "'1e400'", "'(1+2j)'", "'1 2'", "'\\ud800'", "'9' * 30", "'0o17'", "'12abc'", self.any(), self.any()])
        call = self.one(["int({})", "float({})", "complex({})", "int({}, 16)", "int({}, 0)", "int({}, 2)", "int({}, 37)", "str({})", "bytes({})", "repr({})", "ascii({})", "str({}, 'utf-8')", "bytes({}, 'ascii')",
                         "int({}, base=8)", "ord({})", "bool({})", "float.fromhex({})", "bytes.fromhex({})", "bytearray({})", "complex({}, 1)", "round({})", "hash({}) == hash({})", "len({})", "list({})", "sorted({})",
                         "str({}).encode()", "hex({})", "bin({})", "oct({})", "chr({})", "abs({})", "divmod({}, 7)", "int.from_bytes({}, 'big')", "({}).__format__('')", "({}).__class__.__name__", "print({})", "max({})"])
        return call.format(text, text)

    def write(self):
        self.lines += PREAMBLE.splitlines()
        for _ in range(self.random.randint(18, 30)):
            make = self.weighted([(self.formatted, 20), (self.f_string, 15), (self.template, 14), (self.percent, 18), (self.method, 35), (self.conversion, 18)])
            self.line(f"check(lambda: {make()})")
