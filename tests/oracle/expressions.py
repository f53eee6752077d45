#!/usr/bin/env python3
"""Compares pyield with CPython on expressions made at random: arithmetic, formatting, slicing, methods of str and bytes.

    python3 tests/oracle/expressions.py --pyield PATH --python COMMAND [--seed N] [--count N] [--family NAME]
    python3 tests/oracle/expressions.py --print [--seed N] [--count N] [--family NAME]

COMMAND runs a Python file with the version that pyield speaks. The same seed makes the same expressions. What an
expression comes to is shown by its type and repr, or by the type and text of the exception it raises.
"""

import argparse
import difflib
import random
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HEAD = """\
def t(source):
    try:
        value = eval(source)
        print(ascii(source), '->', type(value).__name__, ascii(value))
    except Exception as error:
        print(ascii(source), '!!', type(error).__name__, ascii(str(error)))
"""

INTS = ["0", "1", "-1", "2", "-2", "3", "-3", "5", "7", "10", "-10", "16", "100", "255", "256", "-255", "1000", "2**31",
        "-2**31", "2**32-1", "2**53+1", "2**61", "-2**61", "2**62", "2**63", "-2**63", "2**64+3", "-10**20", "10**30",
        "True", "False", "12345678901234567890", "-98765432109876543210987"]
FLOATS = ["0.0", "-0.0", "0.5", "-0.5", "1.0", "1.5", "-2.5", "3.75", "1e16", "1e-5", "1.1", "0.1", "-0.3", "123456.789",
          "1e22", "1e300", "-1e300", "1e-300", "5e-324", "float('inf')", "float('-inf')", "float('nan')", "2.0**53",
          "9007199254740993.0", "1e15", "99999.5", "0.000123456"]
COMPLEX = ["1j", "0j", "1+2j", "-1.5+0.5j", "complex('nan')", "2-3j", "-1j"]
STRINGS = ["''", "'a'", "'abc'", "'Hello World'", "'  pad  '", "'a,b,,c'", "'ABC def'", "'1_000'", "'-42'", "'0x1F'",
           "'\\u00e9t\\u00e9'", "'\\u00df'", "'\\U0001f600x\\U0001f600'", "'\\ud800'", "'line\\nbreak\\r\\nend'", "'tab\\tx'",
           "'\\u03a3\\u0391\\u03a3'", "'\\u01c6'", "'\\ufb01'", "'ab' * 5", "'x\\x00y'", "'{}'", "'%d'", "'3.14'", "'nan'",
           "'\\u0663'", "'aXbXc'", "'\\u2028z'", "'\\xa0sp\\u2003'"]
BYTES = ["b''", "b'a'", "b'abc'", "b'Hello World'", "b'  pad  '", "b'a,b,,c'", "b'\\xff\\x00'", "bytearray(b'xyz')",
         "b'1_0'", "b'\\xc3\\xa9'", "b'line\\nx\\r\\ny'", "b'ABCabc' * 2", "bytearray()"]
LISTS = ["[]", "[1]", "[1, 2, 3]", "[3, 1, 2]", "['b', 'a']", "[1.5, 2]", "[[1], [2]]", "[None]", "(1, 2)", "()",
         "(1,)", "range(5)", "range(10, 0, -3)", "{1: 2}", "{1, 2}", "'xyz'", "b'xyz'", "[True, 0]"]
OTHERS = ["None", "[]", "...", "{}", "object", "len"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "<", "<=", ">", ">=", "==", "!="]
STR_METHODS = {
    "capitalize": 0, "casefold": 0, "center": "i?s", "count": "s?ii", "encode": "?ee", "endswith": "s?ii",
    "expandtabs": "?i", "find": "s?ii", "index": "s?ii", "isalnum": 0, "isalpha": 0, "isascii": 0, "isdecimal": 0,
    "isdigit": 0, "isidentifier": 0, "islower": 0, "isnumeric": 0, "isprintable": 0, "isspace": 0, "istitle": 0,
    "isupper": 0, "join": "l", "ljust": "i?s", "lower": 0, "lstrip": "?s", "partition": "s", "removeprefix": "s",
    "removesuffix": "s", "replace": "ss?i", "rfind": "s?ii", "rindex": "s?ii", "rjust": "i?s", "rpartition": "s",
    "rsplit": "?si", "rstrip": "?s", "split": "?si", "splitlines": "?b", "startswith": "s?ii", "strip": "?s",
    "swapcase": 0, "title": 0, "upper": 0, "zfill": "i",
}
DIGITS = [*"0123456789_abfx.eE+- ", "\\u0663"]
ENCODINGS = ["'utf-8'", "'ascii'", "'latin-1'", "'utf-16'", "'utf-16-be'", "'utf-32-le'", "'cp1252'", "'nope'"]
ERRORS = ["'strict'", "'ignore'", "'replace'", "'backslashreplace'", "'xmlcharrefreplace'", "'surrogateescape'",
          "'surrogatepass'", "'namereplace'"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def one(self, items):
        return self.random.choice(items)

    def maybe(self, chance):
        return self.random.random() < chance

    def small(self):
        return str(self.random.randint(-6, 12))

    def number(self):
        pool = INTS if self.maybe(0.55) else FLOATS if self.maybe(0.75) else COMPLEX
        text = self.one(pool)
        return f"({text})" if not text.isalnum() else text

    def real(self):
        return f"({self.one(INTS if self.maybe(0.6) else FLOATS)})"

    def bound(self):
        return "" if self.maybe(0.3) else self.small() if self.maybe(0.93) else self.one(["None", "10**20", "'a'", "1.5"])

    # Families: each gives an expression.

    def arithmetic(self):
        shape = self.random.randrange(10)
        a, b = self.number(), self.number()
        if shape < 6:
            op = self.one(BINARY)
            if op in ("**", "<<"):
                # Nothing that takes an hour.
                b = self.one(["0", "1", "2", "-1", "3", "0.5", "-2", "10", "(1j)", "True", "64"])
            return f"{a} {op} {b}"
        if shape == 6:
            return f"divmod({a}, {b})"
        if shape == 7:
            return f"pow({self.one(INTS)}, {self.one(['0', '1', '2', '5', '-1', '-3', '65537'])}, {self.one(INTS)})"
        if shape == 8:
            ndigits = "" if self.maybe(0.3) else f", {self.random.randint(-5, 5)}"
            return f"round({self.real()}{ndigits})"
        return f"{self.one(['abs', 'int', 'float', 'complex', 'bool', 'repr', 'str', 'hex', 'bin', 'oct', '-', '+', '~'])}({a})"

    def mixed(self):
        pools = [INTS, FLOATS, STRINGS, BYTES, LISTS, OTHERS, COMPLEX]
        a, b = self.one(self.one(pools)), self.one(self.one(pools))
        op = self.one(BINARY + ["in", "not in", "is", "and", "or"])
        if op in ("**", "<<", "*") and not (a in STRINGS or b in STRINGS):
            a, b = self.one(self.one(pools[2:6])), self.one(["2", "0", "-1", "1.5", "'a'", "[]", "None"])
        if op == "*" and ("**" in a or "**" in b or len(a) > 18 or len(b) > 18):
            b = "2"
        if op == "is":
            a, b = self.one(OTHERS[:3]), self.one(OTHERS[:3])
        return f"({a}) {op} ({b})"

    def spec(self):
        fill = self.one(["", "", "", "<", ">", "^", "=", "*<", "0>", "\\u00e9^", "x="])
        sign = self.one(["", "", "", "+", "-", " "])
        z = "z" if self.maybe(0.05) else ""
        alt = "#" if self.maybe(0.15) else ""
        zero = "0" if self.maybe(0.2) else ""
        width = "" if self.maybe(0.4) else str(self.random.randint(0, 25))
        group = self.one(["", "", "", ",", "_"])
        precision = "" if self.maybe(0.5) else f".{self.random.randint(0, 12)}"
        kind = self.one(["", "", "d", "x", "X", "o", "b", "c", "n", "e", "E", "f", "F", "g", "G", "%", "s", "q"])
        return fill + sign + z + alt + zero + width + group + precision + kind

    def format(self):
        value = self.one([self.one(INTS), self.one(FLOATS), self.one(STRINGS), self.one(COMPLEX), self.one(OTHERS)])
        return f"format({value}, '{self.spec()}')"

    def percent(self):
        flags = "".join(c for c in "-+ #0" if self.maybe(0.2))
        width = "" if self.maybe(0.5) else str(self.random.randint(0, 20))
        precision = "" if self.maybe(0.6) else f".{self.random.randint(0, 10)}"
        kind = self.one("diouxXeEfFgGcrsa%")
        value = self.one(self.one([INTS, FLOATS, STRINGS, COMPLEX, OTHERS, BYTES]))
        prefix = "b" if self.maybe(0.2) else ""
        return f"{prefix}'<%{flags}{width}{precision}{kind}>' % ({value},)"

    def argument(self, kind, strings):
        if self.maybe(0.04):
            return self.one(["None", "1.5", "[]", "1", "'a'", "b'a'"])
        if kind == "s":
            return self.one(strings) if self.maybe(0.5) else self.one(["'a'", "'b'", "','", "' '", "'X'", "''"]) if strings is STRINGS \
                else self.one(["b'a'", "b','", "97", "b' '", "b''"])
        if kind == "i":
            return self.small()
        if kind == "b":
            return self.one(["True", "False", "1", "0"])
        if kind == "l":
            return self.one(["['a', 'b']", "('x',)", "[]", "'abc'", "[1]", "(c for c in 'ab')", "[b'a', b'b']"])
        return self.one(ENCODINGS)

    def method(self, strings, prefix):
        name = self.one(list(STR_METHODS))
        shape = STR_METHODS[name] or ""
        needed, _, optional = shape.partition("?")
        wanted = needed + optional[:self.random.randint(0, len(optional))]
        args = [self.argument(kind, strings) for kind in wanted]
        if name == "encode" and len(args) == 2:
            args[1] = self.one(ERRORS)
        return f"({self.one(strings)}).{name}({', '.join(args)})"

    def text(self):
        return self.method(STRINGS, "")

    def data(self):
        return self.method(BYTES, "b")

    def decode(self):
        data = "b'" + "".join(f"\\x{self.one([0x41, 0x80, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0xed, 0xa0, 0, 0xd8, 0xff, 0xfe]):02x}"
                              for _ in range(self.random.randint(0, 6))) + "'"
        errors = "" if self.maybe(0.4) else f", {self.one(ERRORS)}"
        return f"{data}.decode({self.one(ENCODINGS)}{errors})"

    def subscript(self):
        container = self.one(self.one([STRINGS, BYTES, LISTS]))
        if self.maybe(0.3):
            return f"({container})[{self.small()}]"
        step = "" if self.maybe(0.5) else ":" + self.one(["1", "-1", "2", "-2", "3", "0", ""])
        return f"({container})[{self.bound()}:{self.bound()}{step}]"

    def parse(self):
        digits = "".join(self.one(DIGITS[:self.random.choice([10, 12, 18, len(DIGITS)])]) for _ in range(self.random.randint(1, 8)))
        kind = self.one(["int", "float", "complex", "int0", "fromhex"])
        if kind == "int0":
            return f"int('{digits}', {self.one(['0', '2', '8', '10', '16', '36', '1', '37'])})"
        if kind == "fromhex":
            return f"float.fromhex('{digits}')"
        return f"{kind}('{digits}')"

    def shown(self):
        bits = self.random.getrandbits(64)
        return f"__import__('math').ldexp({bits & (2**53 - 1)}, {self.random.randint(-1074, 900)})" if self.maybe(0.5) \
            else f"{self.random.uniform(-1e6, 1e6):.{self.random.randint(0, 17)}}"

    def function(self):
        name = self.one(["sorted", "sum", "min", "max", "list", "tuple", "set", "dict", "len", "reversed", "enumerate", "zip",
                         "any", "all", "bytes", "bytearray", "iter", "range", "slice", "hash", "frozenset", "chr", "ord", "ascii"])
        # With two arguments `iter` may never end.
        count = 1 if name == "iter" else self.one([0, 1, 1, 1, 1, 2, 2, 3])
        args = [self.one(self.one([["0", "1", "-1", "3", "65"], FLOATS[:5], STRINGS, BYTES, LISTS, LISTS, OTHERS])) for _ in range(count)]
        call = f"{name}({', '.join(args)})"
        if name in ("reversed", "enumerate", "zip", "iter"):
            return f"list({call})"
        return f"type({call})" if name == "hash" else call


FAMILIES = ["arithmetic", "mixed", "format", "percent", "text", "data", "decode", "subscript", "parse", "shown", "function"]


def expressions(seed, count, family):
    maker = Maker(seed)
    for number in range(count):
        yield getattr(maker, family or FAMILIES[number % len(FAMILIES)])()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyield")
    parser.add_argument("--python")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--family", choices=FAMILIES)
    parser.add_argument("--print", action="store_true")
    options = parser.parse_args()
    cases = expressions(options.seed, options.count, options.family)
    program = HEAD + "".join(f"t({case!r})\n" for case in cases)
    if options.print:
        print(program, end="")
        return 0
    if not options.pyield or not options.python:
        parser.error("--pyield and --python say what to compare")
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "expressions.py")
        path.write_text(program, encoding="utf-8")
        outputs = [
            subprocess.run([*shlex.split(command), str(path)], capture_output=True, text=True, timeout=600).stdout.splitlines()
            for command in (options.python, options.pyield)
        ]
    differing = [line for line in difflib.unified_diff(*outputs, "CPython", "pyield", lineterm="", n=0) if line[0] in "+-"]
    print("\n".join(differing))
    print(f"{len(outputs[0])} expressions, {sum(line[0] == '-' for line in differing[2:])} differ", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
