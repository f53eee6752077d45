"""What Python 3.14 says: the cases that the tests of the room `text` compare with.

`write.py NAME COUNT` prints NAME.txt: what was thought of, and COUNT cases made up at random. A line is fields with tabs
between: the question, its arguments, the answer. In a field, `\\t`, `\\n`, `\\r`, `\\\\`, `\\xNN` and `\\uNNNN` are escapes.
"""

import math
import random
import re
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
    for value in [834229454584962.25, 9007199254740993.0, 2.0**60, 2.0**61, 2.0**89, 5e-324, 1125899906842624.125, 2.0**-44]:
        ask("repr", repr, value)
    for _ in range(count):
        ask("repr", repr, randrange(2**53) * 2.0**randrange(-6, 12))
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


def a_spec(kinds):
    spec = choice(["", "", choice("*0 é<=😀\ud800") + choice("<>=^"), choice("<>=^")]) + choice(["", "", "", "+", "-", " "])
    spec += choice(["", "", "", "z"]) + choice(["", "", "", "#"]) + choice(["", "", "0"]) + choice(["", "", str(randrange(40))])
    spec += choice(["", "", ",", "_"]) + choice(["", "", "." + str(randrange(25)) + choice(["", "", "", ",", "_"])])
    return spec + choice(kinds)


def write_spec(count):
    thought = """d;+; ;-;#;z;=5;05;,;_;.;5.3;.3,;.,;é;xyz;10xs;99999999999999999999;.99999999999999999999;😀<5;<<5s;s5;_,;,_;,,;__;\ud800;5\n;c;+c;#c;zc;,c;_c;
        .3d;zd;s;_s;,s;,x;_x;,n;_n;f;_,d;.d;.,d;.3,f;.3_,f;.3,_f;.,_f;.3,,f;._f;,.3,d;.7_f;,.7_f;.7,;.7,g;.7,e;.7,%;.7,n;.f;,_f;z.0f;z.1g;.0f;#.0f;
        #.3g;=;%;e;^20g;n;*>5,;0=5;ééé;1 2;0<8;<08;é08;08;x<08;008;+-5;z#5;#z5;5z;N;X;#X;#o;#010b;_b;#_b;#020_b;<;٣;5٣;.٣f;0٣;07,;08,;09,;010,;
        011_;06_x;05_x;#08_b;_é;,\x7f;x;\x7f;c<5;=5c;05c;<5c;😀^5c;.1;.0;.16;.17;.17g;.1e;.0e;E;G;F;.400f;030.10,f;
        _.10_f;>10;^11;z;z.3;{;}5;:>5;!<5;1000;.50%;z%;+z.0%"""
    thought = [spec for line in thought.split("\n        ") for spec in line.split(";")]
    for spec in thought:
        ask("str", format, choice(["", "a", "aé€😀", "hello", "\udc80b"]), spec)
        for value in [0, 1, -1, 65, 1234567, -(10**25), 10**400, -255]:
            if choice([True, False, False, False]):
                ask("int", format, value, spec, told=[hex(value), spec])
        for value in [1.5, -0.0, -0.4, 1234567.1234567, math.inf, -math.nan, 1e16, 1e-7, 100.0]:
            if choice([True, False, False]):
                ask("float", format, value, spec)
        value = choice([1j, 1.5 + 2j, complex(-0.0, -0.0), complex(math.nan, -math.inf)])
        ask("complex", lambda re, im, spec: format(complex(re, im), spec), value.real, value.imag, spec)
    for _ in range(count):
        ask("str", format, some("aé€😀", 6), a_spec(["", "s", "s", "d"]))
        for _ in range(2):
            value, spec = an_int(), a_spec("dxXobcnefg%s ")
            if spec.endswith("c"):  # A C long has 32 bits where 3.14 was asked.
                value = randrange(-5, 1200000)
            ask("int", format, value, spec, told=[hex(value), spec])
        for _ in range(3):
            ask("float", format, a_float(), a_spec(["", "", *"efgEFGn%d"]))
        ask("complex", lambda re, im, spec: format(complex(re, im), spec), a_float(), a_float(), a_spec(["", "", *"efgGnd"]))


def write_complex(count):
    values = [0.0, -0.0, 1.0, -1.5, math.inf, -math.inf, math.nan, 1e16, 1e-5]
    for re in values:
        for im in values:
            ask("repr", lambda re, im: repr(complex(re, im)), re, im)

    def parse(text):
        value = complex(text)
        return f"{value.real.hex()} {value.imag.hex()}"

    for text in ["1", "j", "+j", "-J", "1+j", "1-j", "1j", " ( 1.5 + 2j ) ", " ( 1.5+2j ) ", "(1)", "((1))", "(1", "1)", "()", "", "1+2", "1+2j3",
                 "1e5j", "1e5+1e-5j", "inf+nanj", "infj", "-infinityj", "nan-infj", "1_0+2_0j", "1_+2j", "1 + 2j", "1+-2j", "1++j", "\u0661+\u0662j",
                 "j1", "jj", "1jj", "e5", "1ej", "1e+j", ".5j", "5.j", ".j", "+", "1+", "é", "\ud800", "1\x00", "\u2003(\u20031j\u2003)", "infinit", "0x1j",
                 "-nan+nanj", "1__0j", "_1j", "1e1_0j", "1e400-1e400j"]:
        ask("parse", parse, text)
    for _ in range(count):
        ask("parse", parse, repr(complex(a_float(), a_float())))
        ask("parse", parse, some("1+-j.e( )_", 7))


def write_template(count):
    import _string
    import string

    def parts(text):
        return "".join(map(repr, _string.formatter_parser(text)))

    def name(text):
        first, rest = _string.formatter_field_name_split(text)
        return repr(first) + "".join(" " + repr(step) for step in rest)

    class Arguments(dict):
        def __missing__(self, key):
            return repr(key)

    def numbering(names):
        keys = []
        for name in names.split(" "):
            key = name and _string.formatter_field_name_split(name)[0]
            keys.append(f"{{{name}}}")
        shown = " ".join(keys).format(*[str(n) for n in range(200)], **{k[1:-1]: repr(k[1:-1]) for k in keys})
        return shown

    for text in ["", "a", "{", "}", "{}", "{{", "}}", "{{}}", "a{b}c", "{!", "{!r", "{!r}", "{!rs}", "{!r:", "{!r:>5}", "{:", "{:{}}", "{:{}", "{a{b}}", "{a[}]}",
                 "{a[{]}", "{a[b", "{a[b}", "{a", "a}b", "{{{a}}}", "{!}", "{!}}", "{!:}", "{a!é:x}é", "é{é!\ud800}", "{:a}}}", "{:}}", "x{:{{}}}y", "{a]b}", "{ }", "{0!r:{1}{2}}z",
                 "a{{", "{}{", "{}}", "{[}", "{[]}", "{a:b:c!d}", "{a!r!s}", "{!r}}"]:
        ask("parts", parts, text)
    for text in ["", "a", "0", "a.b", "a.b[0][key].c", "a[", "a[]", "a.", "a..b", "a[0]b", "a[0].", ".a", "[0]", "a]b", "2147483647x", "99999999999999999999", "a[99999999999999999999]", "٣",
                 "a[-1]", "a[01]", "a[1_0]", " 0", "a.b c[d e]", "a[b.c]", "a[[]", "é.\ud800", "0a", "a[0]]", "a.[b]", "a[b].[c]"]:
        ask("name", name, text)
    for names in ["  ", "0 1 0", " 0", "0 ", "a  b", "a 0 b", "a  0", "00 1"]:
        ask("numbering", numbering, names)
    for ch in "xX \t~é\u20ac\ud800!0}":
        ask("conversion", lambda ch: ("{!" + ch + ":}").format(1), ch)
    for _ in range(count):
        ask("parts", parts, some("{}!:[]ra", 9))
        ask("name", name, some("a.[]0", 8))


def write_percent(count):
    def one(template, value):
        typed = {str: "text", bytes: "text", tuple: "nothing"}.get(type(value), type(value).__name__)
        plain = template if isinstance(template, str) else template.decode("latin-1")
        kind = re.search("%[-+ #0-9.]*[hlL]?(.?)", plain)[1]
        if kind in {"text": "cra", "int": "efgEFGsrab", "float": "diucsrab"}.get(typed, "") and kind:
            return  # These the caller has to convert first.
        told = [template] + ([] if value == () else [hex(value) if isinstance(value, int) else value])
        ask("bytes " * isinstance(template, bytes) + typed, lambda t, v: t % v, template, value, told=told)

    thought = """d;x;y;;(a;5%;%;%%;99999999999999999999d;.99999999999999999999d;.2147483648d;c;\u20ac;\n;#x;#X;#o;+d; d;05d;-05d|;.5d;10.5d|;010.5d|;#10.5x|;#010x;#.0f;
        .0e;#g;05s|;.2s;5c|;05c|;ld;lld;hd;Ld;hhd;.d;.0d;.s;.;1;#;1.2;l;.3%;-%;i;u;#b;% +d;+ d;0-5d|;+.3x;#+.3x;#c;.0c|;.3c;5.1s|;z;,d;e;E;F;G;+f;05f;+e;
        .400f;+08.3f|;-8.3f|; 8.3g|;s%%;s%;s%s;d%d;10s;-10s|;é;.3f%%;b;.60g"""
    for directive in [d for line in thought.split("\n        ") for d in line.split(";")]:
        for before in ["%", "é%"]:
            for value in [(), "aé€", 0, -255, 10**30, 1114112, 0x20AC, 1.5, -0.0, math.inf, math.nan]:
                if "é" not in before or choice([True, False, False]):
                    one(before + directive, value)
        if directive.isascii():
            for value in [(), b"a\xe9c", 0, -255, 300, 65, 1.5]:
                one(b"%" + directive.encode(), value)
    one(b"%\xe9", 1)
    for _ in range(count):
        directive = "%" + some("-+ #0", 3) + choice(["", str(randrange(30))]) + choice(["", "." + choice(["", str(randrange(25))])])
        value = choice([lambda: some("aé€😀", 6), an_int, a_float])()
        kinds = {str: "s", int: "dxXoiu", float: "efgEFG"}[type(value)]
        one(directive + choice(kinds), value)


def raw(value):
    """The bytes of a piece of text, as Rust shows a slice of them."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(raw, value)) + "]"
    return repr(list(value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")))


def both(name, call, *arguments):
    """Asks about a str and about a bytes, the arguments that are texts being turned into either."""
    for convert, before in [(str, ""), (lambda text: text.encode("latin-1"), "bytes ")]:
        if before and not all(ord(ch) < 256 for a in arguments if isinstance(a, str) for ch in a):
            continue
        told = [convert(a) if isinstance(a, str) else a for a in arguments]
        ask(before + name, call, *told)


def write_search(count):
    def halves(pieces):
        return f"{raw(pieces[0])} {raw(pieces[2])}" if pieces[1] else "None"

    for _ in range(count):
        letters = choice(["ab", "abé", "aé€😀\ud800"])
        text, wanted, new = some(letters, 12), some(letters, 3), some(letters, 3)
        start, end = choice([(0, 99), (randrange(15), randrange(15))])
        for name in ["find", "rfind", "count", "startswith", "endswith"]:
            both(name, lambda t, w, s, e, name=name: getattr(t, name)(w, s, e), text, wanted, start, end)
        both("in", lambda t, w: w in t, text, wanted)
        both("replace", lambda t, w, n, m: raw(t.replace(w, n, m)), text, wanted, new, choice([-1, -1, 0, 1, 2, 5]))
        if wanted:
            both("partition", lambda t, w: halves(t.partition(w)), text, wanted)
            both("rpartition", lambda t, w: halves(t.rpartition(w) if w in t else ("", "", "")), text, wanted)


def write_split(count):
    for _ in range(count):
        letters = choice(["ab", "aab,", "aé€,", " a", " \ta\x1c\x85\u2003é", "a\n\r", "a\r\n\x0b\x0c\x1d\x85\u2028\u2029é"])
        text, other, most = some(letters, 12), some(letters, 2), choice([-1, -1, 0, 1, 2, 3])
        if other:
            both("split", lambda t, o, m: raw(t.split(o, m)), text, other, most)
            both("rsplit", lambda t, o, m: raw(t.rsplit(o, m)), text, other, most)
        both("split space", lambda t, o, m: raw(t.split(None, m)), text, "", most)
        both("rsplit space", lambda t, o, m: raw(t.rsplit(None, m)), text, "", most)
        both("splitlines", lambda t, o: raw(t.splitlines()), text, "")
        both("splitlines keep", lambda t, o: raw(t.splitlines(True)), text, "")
        for name in ["strip", "lstrip", "rstrip"]:
            both(name, lambda t, o, name=name: raw([getattr(t, name)(o)]), text, other)
            both(name + " space", lambda t, o, name=name: raw([getattr(t, name)()]), text, "")


def write_pad(count):
    for _ in range(count):
        text, fill, width = some(choice(["ab", "+-1", "aé€", "a\t\n\r", "a\té"]), 8), choice("*é😀"), randrange(20)
        for name in ["ljust", "rjust", "center"]:
            both(name, lambda t, f, w, name=name: raw(getattr(t, name)(w, f)), text, fill, width)
        both("zfill", lambda t, f, w: raw(t.zfill(w)), text, "", width)
        both("expandtabs", lambda t, f, w: raw(t.expandtabs(w)), text, "", width)


def write_codec(count):
    import codecs

    ours = {"utf-8", "utf-8-sig", "ascii", "iso8859-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"}

    def lookup(name):
        try:
            found = codecs.lookup(name).name
        except LookupError:
            return "None"
        return found if found in ours else "None"

    names = """utf8_sig;utf8-sig;utf-8-sig;UTF8SIG;utf_8_sig;utf-8 sig;cp367;ISO-8859-1;iso8859;iso_8859_1_1987;iso_8859-1:1987;latin;l1;us;iso646-us;utf;
        utf8_ucs2;utf-16be;unicodelittleunmarked;utf_16le;utf.8;utf8.;.utf8;utf-8 ;(utf8);utf8_ucs4;ansi_x3.4_1968;ansi-x3-4-1968;ascii_;csascii;ibm367;
        iso_ir_6;iso-ir-100;ibm819;csisolatin1;utf_32le;utf32-be;latin_1;Latin--1;646;8859;cp_819;utf 16 le;_utf8_;u32;;xyz;cp1252;UTF8;u8;cp65001;U16"""
    for name in [name for line in names.split("\n        ") for name in line.split(";")]:
        ask("lookup", lookup, name)
    encodings = ["utf-8", "utf-8-sig", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
    handlers = ["strict", "strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogateescape", "surrogatepass"]

    def decode(data, encoding, errors):
        return f"{raw(data.decode(encoding, errors))} {len(data)}"

    def decode_part(data, encoding, errors):
        text, used = getattr(codecs, encoding.replace("-", "_") + "_decode")(data, errors, False)
        return f"{raw(text)} {used}"

    def decode_both(data, encoding, errors):
        ask("decode", decode, data, encoding, errors)
        if encoding not in ["utf-8-sig", "ascii", "latin-1"] and errors != "xmlcharrefreplace":
            ask("decode part", decode_part, data, encoding, errors)

    texts = ["", "aé\u20ac\ud800b", "\ud800", "\udc80", "\udc80\udcff", "\udc80\ud800\udc81", "é\udc80\ud800", "a\U0001f600\udcffz", "\u20ac\udce9", "é"]
    for text in texts:
        for encoding in encodings:
            for errors in handlers[1:]:
                if choice([True, False, False]):
                    ask("encode", lambda t, c, e: raw(t.encode(c, e)), text, encoding, errors)
    datas = [b"\xff", b"a\xc3", b"\xc3(", b"\xe2\x82", b"\xe2\x82(", b"\xe2(\x82", b"\xed\xa0\x80", b"\xed\xa0", b"\xf0\x9f\x98", b"\xf0\x9f\x98(", b"\xf0\x8f",
             b"\xf4\x90\x80\x80", b"\xf5", b"\xc0\x80", b"\xe0\x80\x80", b"\x80", b"\xf0\x9f(", b"\xed\xb2\x80", b"\xff\xfe\xfd", b"\xe0\xa0", b"\xed", b"\xe1\x80\xc3\xa9",
             b"\xef\xbb\xbfa\xff", b"\xef\xbb", b"\xe0\x80", b"\xf0\x80", b"\xed\xa0\x80\xed", b"\xf4\x90"]
    for data in datas:
        for errors in handlers[1:]:
            decode_both(data, choice(["utf-8", "utf-8", "utf-8-sig", "ascii"]), errors)
    for _ in range(count):
        text = some("aé\u20ac\U0001f600\ud800\udc80\udcff", 6)
        encoding, errors = choice(encodings), choice(handlers)
        ask("encode", lambda t, c, e: raw(t.encode(c, e)), text, encoding, errors)
        units = [b"a\0", b"\0a", b"\0\xd8", b"\xd8\0", b"\0\xdc", b"\xdc\0", b"\xff\xfe", b"\xfe\xff", b"\0\0", b"\x11\0", b"\0\x11", b"\xe2\x82", b"\xac", b"\xed\xb0", b"\xf0\x9f", b"\x80", b"a", b"\xef\xbb\xbf"]
        decode_both(b"".join(choice(units) for _ in range(randrange(7))), encoding, errors)


def write_ascii(count):
    names = ["isalpha", "isalnum", "isdigit", "isspace", "islower", "isupper", "istitle"]
    for _ in range(count):
        data = some(choice(["aB", "aB 1'", "12", " \n\x1c\x0b", "A1", "aé\x85Z"]), 7).encode("latin-1")
        for name in names:
            ask(name, getattr(bytes, name), data)
        for name in ["title", "capitalize", "swapcase"]:
            ask(name, lambda d, name=name: raw(getattr(d, name)()), data)
        group = randrange(-4, 5)
        ask("hex", lambda d, s, g: d.hex(s, g), data, ":", group)
        ask("hex", lambda d, s, g: d.hex(), data, "", group)
        text = some("aF9 0", 6) + some("aF9 0zé\n\x1c\ud800", 2) + some("0a", 4)
        ask("fromhex", lambda t: raw(bytes.fromhex(t)), text)


globals()["write_" + sys.argv[1]](int(sys.argv[2]))
