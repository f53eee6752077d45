"""Writes database.rs: what the module `unicodedata` tells of characters, as Python 3.14 knows it.

Run it with Python 3.14 (Unicode 16.0) and put what it prints into database.rs.
"""

import unicodedata

ALL = [chr(c) for c in range(0x110000)]


def show(name, kind, doc, items):
    print(f"/// {doc}\n#[rustfmt::skip]\npub(super) static {name}: [{kind}; {len(items)}] = [")
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 119:
            print(line)
            line = "   "
        line += f" {item},"
    print(line + "\n];\n")


def runs(name, doc, of):
    """Where what `of` says of a character changes, and to which entry of the list of answers."""
    answers, changes, last = [], [], None
    for c, ch in enumerate(ALL):
        answer = of(ch)
        if answer != last:
            if answer not in answers:
                answers.append(answer)
            changes.append(f"({c:#x}, {answers.index(answer)})")
            last = answer
    if isinstance(answers[0], str):
        show(name + "_NAMES", "&str", f"The answers of {name}.", [f'"{answer}"' for answer in answers])
    else:
        show(name + "_NAMES", "u8", f"The answers of {name}.", [str(answer) for answer in answers])
    show(name, "(u32, u8)", doc, changes)


print("//! Facts of the Unicode database, written by database.py. Do not edit.\n")
runs("CATEGORY", "Where the general category changes.", unicodedata.category)
runs("BIDIRECTIONAL", "Where the bidirectional class changes.", unicodedata.bidirectional)
runs("COMBINING", "Where the canonical combining class changes.", unicodedata.combining)
runs("WIDTH", "Where the East Asian width changes.", unicodedata.east_asian_width)
runs("MIRRORED", "Where the mirrored property changes.", unicodedata.mirrored)

numbers, last = [], None
for c, ch in enumerate(ALL):
    number = unicodedata.numeric(ch, None)
    if number is None:
        last = None
        continue
    if last is not None and number == last[1] + (c - last[0]) and last[0] < c:
        numbers[-1] = (*numbers[-1][:1], c, numbers[-1][2])
        continue
    numbers.append((c, c, number))
    last = (c, number)
show("NUMBERS", "(u32, u32, f64)", "Runs of characters whose numeric values count up: first, last, value of the first.",
     [f"({a:#x}, {b:#x}, {n!r})" for a, b, n in numbers])

decompositions = [(c, unicodedata.decomposition(ch)) for c, ch in enumerate(ALL)]
# Two places count as one where the answer is made of the character's own place; there is no such run.
show("DECOMPOSITION", "(u32, &str)", "What a character is made of, by one step.",
     [f'({c:#x}, "{text}")' for c, text in decompositions if text])
