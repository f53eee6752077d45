"""What Python 3.14 says: the cases that the tests of the room `text` compare with.

`write.py NAME COUNT` prints NAME.txt: what was thought of, and COUNT cases made up at random. A line is fields with tabs
between: the question, its arguments, the answer. In a field, `\\t`, `\\n`, `\\r`, `\\\\`, `\\xNN` and `\\uNNNN` are escapes.
"""

import math
import random
import struct
import sys

pick = random.Random(314)
choice, randrange = pick.choice, pick.randrange


def field(value):
    if isinstance(value, (bytes, bytearray)):
        value = value.decode("latin-1")
    elif isinstance(value, float):
        value = value.hex() if math.isfinite(value) else repr(value)
    elif not isinstance(value, str):
        value = str(value)
    out = []
    for ch in value:
        known = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"}.get(ch)
        if known:
            out.append(known)
        elif ch < " " or "\x7f" <= ch < "\xa0":
            out.append(f"\\x{ord(ch):02x}")
        elif 0xD800 <= ord(ch) < 0xE000 or ch in "\u2028\u2029":
            out.append(f"\\u{ord(ch):04x}")
        else:
            out.append(ch)
    return "".join(out)


def ask(question, call, *arguments, told=None):
    try:
        answer = call(*arguments)
    except Exception as error:
        answer = f"{type(error).__name__}: {error}"
    print("\t".join(map(field, [question, *(arguments if told is None else told), answer])))


def a_float():
    kind = randrange(6)
    if kind == 0:
        return struct.unpack("<d", pick.randbytes(8))[0]
    if kind == 1:
        return float(randrange(-10**6, 10**6))
    if kind == 2:
        return randrange(-10**6, 10**6) / 10 ** randrange(8)
    if kind == 3:
        return choice([0.0, -0.0, 0.5, 1.5, 2.5, 1e16, 1e15, 123456789.0, 1e-4, 1e-5, 1e22, 1e23, 5e-324, 1.7976931348623157e308,
                       math.inf, -math.inf, math.nan, 0.1, 1 / 3, 9.995, 99.95, 999999.5, 0.00012345, 9999999999999998.0])
    return pick.uniform(-1, 1) * 10.0 ** randrange(-20, 25)


def an_int():
    kind = randrange(5)
    if kind == 0:
        return randrange(-20, 20)
    if kind == 1:
        return randrange(-2**63, 2**63)
    if kind == 2:
        return randrange(-10**40, 10**40)
    if kind == 3:
        return choice([0, 1, -1, 2**63, -2**63, 2**64, 2**61 - 1, 2**62, 1 - 2**61, 10**400, -2**1030, 255, 65, 0x10FFFF, 1114112])
    return randrange(-10**7, 10**7)


def some(letters, most):
    return "".join(choice(letters) for _ in range(randrange(most + 1)))


def write_float(count):
    for text in ["1", " 1.5\n", "1_0.5_0", "1_", "_1", "1._5", "1e1_0", "1__0", "inf", "-Infinity", "+nan", "-NaN", "infi", "", " ",
                 ".", ".5", "5.", "1e", "1e+", "e5", "0x10", "1e400", "-1e-400", "\u0661\u0662.\u0665", "\u20031\u3000", "\x1c1",
                 "\x1c\u0661", "1\x00", "1 2", "+-1", "1e5j", "é", "\ud800", "1e1000000000000000000000", "nan(1)", "١_٢"]:
        ask("parse", float, text)
    for text in ["0x1.8p1", "1.8", "-0x.8p-3", "inf", "-nan", "+Infinity", "0x", "0x.", "0x1p", "0x1p+", "1p5x", " 0x1P-1074 ", "0x1p-1075",
                 "0x1.8p-1075", "0x1.00000000000008p0", "0x1.000000000000080001p0", "0x1.00000000000018p0", "0x1p1024", "0x1.fffffffffffff8p1023",
                 "0x1.fffffffffffff7p1023", "0x0p99999999999", "ffffffffffffffffffffffff", "0x1.fffffffffffffp1023", "0x3p-1075", "0x5p-1075",
                 "0x0.0000000000001p-1022", "0x1p-99999999999999999999", "0x1p99999999999999999999", "0x1_0", "0x1.0.", "", "-", "é",
                 "0x100000000000000000000000p-200", "0x0.000000000000000000000000001p100"]:
        ask("fromhex", float.fromhex, text)
    for value in [0.5, 1.5, 2.5, -0.5, 2.675, 1e22, 1e300, 5e-324, 125.0, 135.0, 1250.0, -4.0, 5.0, 5.1, 49.9, 50.0, 50.01, 95.0, 1.7976931348623157e308]:
        for digits in [0, 1, 2, -1, -2, -3, 20, 330, -308, -309, -310]:
            ask("round", round, value, digits)
    for _ in range(count):
        value = a_float()
        ask("repr", repr, value)
        ask("hex", lambda v: v.hex(), value)
        digits = randrange(-25, 25)
        ask("round", round, value, digits)
        value = a_float()
        ask("parse", float, "%.*e" % (randrange(25), value))
        value = "%s0x%x.%sp%d" % (choice(["", "-"]), randrange(2**randrange(1, 70)), some("0123456789abcdef", 20), randrange(-1100, 1100))
        ask("fromhex", float.fromhex, value)


def write_int(count):
    for text, base in [("\x1c1", 10), ("\u20071\u2007", 10), ("0x_1f", 16), ("0_0", 0), ("010", 0), ("00", 0), ("0_", 0), ("0x__1", 16), ("_1", 10),
                       ("1__0", 10), ("1_0", 10), ("-0b101", 0), (" +0XfF\n", 0), ("0b1", 16), ("0x", 16), ("", 10), ("z", 36), ("1", 1), ("1", 37),
                       ("9223372036854775808", 10), ("-9223372036854775808", 10), ("-9223372036854775809", 10), ("٣٤", 10), ("+ 1", 10),
                       ("--1", 10), ("1\0", 10), ("0_1", 0), ("00_0", 0), ("-00", 0), ("0b_1", 0), ("0b_", 2), ("é\n", 10), ("x" * 300, 10),
                       ("0o17", 8), ("0o_17", 8), ("017", 8), ("9", 9), ("1" * 4301, 10), ("1" * 4300, 10), ("1" * 5000, 16), ("0" * 4301, 10),
                       ("1_" * 4300 + "1", 10), ("\ud800", 10), ("1" * 4301, 7)]:
        ask("parse", lambda t, b: hex(int(t, b)), text, base)
    for _ in range(count):
        value = an_int()
        ask("hex", hex, value, told=[hex(value)])
        ask("oct", oct, value, told=[hex(value)])
        ask("bin", bin, value, told=[hex(value)])
        ask("str", str, value, told=[hex(value)])
        base = choice([0, 2, 3, 8, 10, 16, 32, 36])
        text = some("  +-", 1) + choice(["", "0x", "0b", "0o", "0"]) + some("0123456789abcdef_Z", 8)
        ask("parse", lambda t, b: hex(int(t, b)), text, base)
        text = some("0123456789", 30)
        ask("parse", lambda t, b: hex(int(t, b)), text, base)
    for value in [10**4299, 10**4300, -(10**4300), 10**5000, 10**4300 - 1]:
        ask("str", str, value, told=[hex(value)])


def write_hash(count):
    """Hashes have 64 bits, so a 64-bit Python must tell; those of texts are `PYTHONHASHSEED=0`."""
    if sys.flags.hash_randomization:
        sys.exit("run it with PYTHONHASHSEED=0")
    for text in ["", "a", "abc", "é", "aé", "€", "a€", "😀", "a" * 7, "a" * 8, "a" * 9, "hello world, hello", "\ud800", "\x80"]:
        ask("str", hash, text)
        if text.isascii():
            ask("bytes", hash, text.encode())
    for _ in range(count):
        value = an_int()
        ask("int", hash, value, told=[hex(value)])
        value = a_float()
        if value == value:
            ask("float", hash, value)
            other = a_float()
            if other == other:
                ask("complex", lambda a, b: hash(complex(a, b)), value, other)
        numbers = [an_int() for _ in range(randrange(6))]
        ask("tuple", lambda *n: hash(n), *numbers, told=[" ".join(str(hash(n)) for n in numbers)])
        ask("frozenset", lambda *n: hash(frozenset(n)), *numbers, told=[" ".join(str(hash(n)) for n in set(numbers))])


def write_case(count):
    thought = ["Straße ǆ ﬁ \u0390", "ΑΣ ΣΑ' Σ. ΑΣ' Α", "hello wORLD it's 3rd İı", "", "ǅ Ab", "ǅb B", "A1É", "Aǅ", "aª", "1", " \t\x1c", "\x85\u2028",
               "\ud800Aa", "_é1", "1a", "Ⅷⅷ", "ŉoﬀ", "ᾳ ᾼ", "ΣΣΣ", "aΣ\u0301", "aΣ\u0301b", "Σ", "ʰΣ", "aʰΣʰ"]
    letters = "aBcZ ßǆǅǄﬁ\u0390ΣσςΑ.'\u0301İıŉᾳ1ªʰⅧⅷꭰᏸ\u200d𐐀𐐨ა"
    for text in thought + [some(letters, 8) for _ in range(count)]:
        for name in ["lower", "upper", "title", "capitalize", "swapcase", "casefold", "isupper", "islower", "istitle", "isidentifier", "isspace"]:
            ask(name, getattr(str, name), text)


globals()["write_" + sys.argv[1]](int(sys.argv[2]))
