#!/usr/bin/env python3
"""Makes regular expressions and subjects at random, and compares what pyield and CPython find.

    python3 tests/oracle/patterns.py --ours COMMAND --theirs COMMAND [--seed N] [--count N]
    COMMAND tests/oracle/patterns.py run SEED COUNT

Each COMMAND runs a Python file. The second form is what both are given: it prints a line for each case, and nothing that
differs from run to run. Most patterns are well formed; every eighth is cut or spoilt, for what is said of it.
"""

import random
import re
import sys

LETTERS = "ab"
RARE = ["c", "_", "1", " ", "\n", "é", "K", "\u212a", "ß", "\\.", "\\n", "\\x61", "\\u0062"]
CLASSES = ["\\w", "\\W", "\\d", "\\s", ".", "[ab]", "[^a]", "[a-c]", "[^\\w]", "[\\s1]", "[a-]", "[]a]", "[é-ü]", "[A-Z]"]
PLACES = ["^", "$", "\\b", "\\B", "\\A", "\\Z"]
COUNTS = ["*", "+", "?", "{2}", "{1,2}", "{,2}", "{2,}", "{0}", "{0,1}"]
SUBJECT = "aaabbbc_1 \nAé\u212aKkß"


class Maker:
    def __init__(self, random, is_text):
        self.random = random
        self.is_text = is_text
        self.groups = 0
        self.closed = []

    def pick(self, choices):
        return self.random.choice(choices)

    def literal(self):
        if self.random.random() < 0.8:
            return self.pick(LETTERS)
        found = self.pick(RARE)
        return found if self.is_text or found.isascii() and "u" not in found else "a"

    def atom(self, depth, behind):
        n = self.random.random()
        if n < 0.45 or depth <= 0:
            return self.literal()
        if n < 0.6:
            found = self.pick(CLASSES)
            return found if self.is_text or found.isascii() else "[ab]"
        if n < 0.66:
            return self.pick(PLACES)
        if n < 0.72 and self.closed:
            return "\\%d" % self.pick(self.closed)
        if n < 0.86:
            self.groups += 1
            number = self.groups
            name = "?P<g%d>" % number if self.random.random() < 0.2 else ""
            inside = self.branches(depth - 1, behind)
            self.closed.append(number)
            return "(" + name + inside + ")"
        if n < 0.93:
            return self.pick(["(?:", "(?:", "(?>", "(?i:", "(?s:", "(?-i:"]) + self.branches(depth - 1, behind) + ")"
        if n < 0.97:
            kind = self.pick(["(?=", "(?!", "(?<=", "(?<!"])
            return kind + self.branches(depth - 1, behind or "<" in kind) + ")"
        if self.closed:
            return "(?(%d)%s|%s)" % (self.pick(self.closed), self.sequence(depth - 1, behind), self.sequence(depth - 1, behind))
        return self.literal()

    def sequence(self, depth, behind):
        parts = []
        for _ in range(self.random.randrange(4)):
            part = self.atom(depth, behind)
            if self.random.random() < (0.1 if behind else 0.35):
                part += self.pick(COUNTS)
                if self.random.random() < 0.3:
                    part += self.pick(["?", "?", "+"])
            parts.append(part)
        return "".join(parts)

    def branches(self, depth, behind):
        return "|".join(self.sequence(depth, behind) for _ in range(self.pick([1, 1, 1, 2, 3])))


def spoilt(pattern, random):
    at = random.randrange(len(pattern) + 1)
    what = random.randrange(3)
    if what == 0:
        return pattern[:at]
    if what == 1:
        return pattern[:at] + random.choice("()[]{}*+?\\|^$-<>=!:#iPx0129") + pattern[at:]
    return pattern[:at] + pattern[at + 1:]


def shown(match):
    if match is None:
        return None
    return match.span(), match.regs[1:], match.lastindex, match.lastgroup


def case(seed):
    r = random.Random(seed)
    is_text = r.random() < 0.8
    pattern = Maker(r, is_text).branches(3, False)
    if seed % 8 == 0:
        pattern = spoilt(pattern, r)
    flags = 0
    for flag in (re.I, re.M, re.S, re.X, re.A if is_text else 0):
        if r.random() < 0.15:
            flags |= int(flag)
    subjects = ["".join(r.choice(SUBJECT) for _ in range(r.randrange(12))) for _ in range(3)]
    if not is_text:
        pattern = pattern.encode("latin1", "replace")
        subjects = [subject.encode("latin1", "replace") for subject in subjects]
    try:
        compiled = re.compile(pattern, flags)
    except Exception as error:
        yield "%d %s %r %s: %s" % (seed, ascii(pattern), flags, type(error).__name__, ascii(str(error)))
        return
    template = "<\\g<0>>" if is_text else b"<\\g<0>>"
    for subject in subjects:
        found = [
            shown(compiled.match(subject)), shown(compiled.fullmatch(subject)), shown(compiled.search(subject)),
            [shown(match) for match in compiled.finditer(subject)], compiled.findall(subject, 1), compiled.split(subject),
            compiled.subn(template, subject), shown(compiled.search(subject, 2, 6)),
        ]
        yield "%d %s %r %s %s" % (seed, ascii(pattern), flags, ascii(subject), ascii(found))


def run(seed, count):
    for number in range(seed, seed + count):
        for line in case(number):
            print(line)


def compare(arguments):
    import argparse
    import shlex
    import subprocess
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", required=True, type=shlex.split)
    parser.add_argument("--theirs", required=True, type=shlex.split)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=5000)
    options = parser.parse_args(arguments)
    rest = [__file__, "run", str(options.seed), str(options.count)]
    both = [subprocess.run(command + rest, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for command in (options.ours, options.theirs)]
    ours, theirs = (run.stdout.decode("utf-8", "replace").splitlines() for run in both)
    different = [(mine, yours) for mine, yours in zip(ours, theirs) if mine != yours]
    for mine, yours in different[:20]:
        print("-", mine)
        print("+", yours)
    print("%d lines, %d of them different" % (len(theirs), len(different)))
    if len(ours) != len(theirs):
        print("%d lines of ours, %d of theirs" % (len(ours), len(theirs)), both[0].stderr.decode()[-2000:])
    return 1 if different or len(ours) != len(theirs) else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        run(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(compare(sys.argv[1:]))
