"""Writes tables.rs: the facts of the Unicode database that `str` methods need, as Python 3.14 knows them.

Run it with Python 3.14 (Unicode 16.0) and put what it prints into tables.rs.
"""

import sys
import unicodedata

ALL = [chr(c) for c in range(0x110000)]


def inversion(name, doc, test):
    """The places where membership changes: c belongs when an odd number of them is at or below c."""
    bounds, inside = [], False
    for c, ch in enumerate(ALL):
        if test(ch) != inside:
            bounds.append(c)
            inside = not inside
    show(name, "u32", doc, [hex(b) for b in bounds])


def show(name, kind, doc, items):
    print(f"/// {doc}\n#[rustfmt::skip]\npub(super) static {name}: [{kind}; {len(items)}] = [")
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 119:
            print(line)
            line = "   "
        line += f" {item},"
    print(line + "\n];\n")


def mapping(name, doc, pairs):
    """Runs of (first, last, step, difference) over the single-character mappings."""
    runs = []
    for c, to in pairs:
        if runs:
            first, last, step, diff = runs[-1]
            if diff == to - c:
                if first == last and c - last <= 2:
                    runs[-1] = (first, c, c - last, diff)
                    continue
                if first != last and c - last == step:
                    runs[-1] = (first, c, step, diff)
                    continue
        runs.append((c, c, 1, to - c))
    show(name, "(u32, u32, u32, i32)", doc, [f"({a:#x}, {b:#x}, {s}, {d})" for a, b, s, d in runs])


def special(name, doc, pairs):
    items = []
    for c, to in pairs:
        codes = [ord(x) for x in to] + [0] * (3 - len(to))
        items.append(f"({c:#x}, [{', '.join(hex(x) for x in codes)}])")
    show(name, "(u32, [u32; 3])", doc, items)


def case(name, word, method, base):
    """The mapping `method`, leaving out what it shares with the mapping `base`."""
    single, several = [], []
    for c, ch in enumerate(ALL):
        to = method(ch)
        if to == base(ch):
            continue
        if len(to) == 1:
            single.append((c, ord(to)))
        else:
            several.append((c, to))
    mapping(f"TO_{name}", f"One character to one character: {word}.", single)
    special(f"TO_{name}_SPECIAL", f"One character to several: {word}. Unused places hold 0.", several)


def digits():
    runs = []
    for c, ch in enumerate(ALL):
        if ch.isdigit():
            value, decimal = unicodedata.digit(ch), ch.isdecimal()
            if runs and runs[-1][1] == c - 1 and runs[-1][2] + c - runs[-1][0] == value and runs[-1][3] == decimal:
                runs[-1][1] = c
            else:
                runs.append([c, c, value, decimal])
    show("DIGITS", "(u32, u32, u8, bool)", "Runs of digits: first, last, value of the first, and whether `int()` takes them.",
         [f"({a:#x}, {b:#x}, {v}, {str(d).lower()})" for a, b, v, d in runs])


def case_ignorable(ch):
    """Seen through the final sigma, which looks past such characters to a cased one."""
    final = "\u03c2"
    return ("A" + ch + "\u03a3").lower().endswith(final) and not (ch + "\u03a3").lower().endswith(final)


assert sys.version_info[:2] == (3, 14)
for ch in ALL:
    cased = (ch + "A").title().endswith("a")
    title = unicodedata.category(ch) == "Lt"
    assert cased == (ch.islower() or ch.isupper() or title), ch
    assert ch.isalnum() == (ch.isalpha() or ch.isnumeric())
    assert ch.isnumeric() or not ch.isdigit()

print("//! The facts of the Unicode database (version %s) that `str` methods need. Written by tables.py.\n"
      % unicodedata.unidata_version)
inversion("PRINTABLE", "Where `isprintable` changes.", str.isprintable)
inversion("ALPHA", "Where `isalpha` changes.", str.isalpha)
inversion("NUMERIC", "Where `isnumeric` changes.", str.isnumeric)
inversion("SPACE", "Where `isspace` changes.", str.isspace)
inversion("LOWERCASE", "Where `islower` of one character changes.", str.islower)
inversion("UPPERCASE", "Where `isupper` of one character changes.", str.isupper)
inversion("TITLECASE", "Where the category becomes, or ceases to be, Lt.", lambda ch: unicodedata.category(ch) == "Lt")
inversion("CASE_IGNORABLE", "Where the property Case_Ignorable changes.", case_ignorable)
digits()
case("LOWER", "to lower case", str.lower, lambda ch: ch)
case("UPPER", "to upper case", str.upper, lambda ch: ch)
case("TITLE", "to title case, where that is not the upper case", str.title, str.upper)
case("FOLD", "to folded case, where that is not the lower case", str.casefold, str.lower)
