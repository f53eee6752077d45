"""What is said of patterns, templates and arguments that mean nothing."""

import re

PATTERNS = r"""[z-a] [\x42-\x41] [\w-b] \U00110000 (?P<n>a)(?P<n>b) \N{foo} (?<=a+)b \1 (a\1) (?i-i:a) a{5,3} (? (?P (?P> (?< (?<x
(?(1 (?(1)a|b|c) (?(0)a) (?(200)a) * a** a*?+ $* (?x (a a) [a [] [^] (?P<>a) (?P<a (?P=a) (?P<1>a) (?# a(?i) \400 [\400]
\8 [\8] \x1 \q [\q] \u12 (?L:a) (?au:a) (?-a:x) (?i (?i- (?i-q (?i-m (?iq) (?i;) (?~) (?<=(a)\1) a{99999999999}
(?P<a>x)(?(b)y) [a- \N \N{ \N{} \08""".split() + ["\\", "a\n(", b"\xe9**", b"(?P<\xe9>a)", b"(?u)", "(?P<a b>)"]
for pattern in PATTERNS:
    try:
        print(ascii(pattern), re.compile(pattern).groups)
    except re.PatternError as error:
        print(ascii(pattern), ascii(str(error)), ascii(error.msg), error.pos, error.lineno, error.colno)
    except OverflowError as error:
        print(ascii(pattern), repr(error))

for template in [r"\2", r"\g<", r"\g<a>", r"\g<a", r"\q", "\\", r"\g<1", r"\g", r"\g<>", r"\g<-1>", r"\400", r"\0", r"\07", r"\18", r"\."]:
    try:
        print(ascii(template), ascii(re.sub("(a)", template, "ba")))
    except (re.PatternError, IndexError) as error:
        print(ascii(template), repr(error))

match = re.match("(a)", "a")
for wrong in [
    lambda: re.match(b"a", "a"), lambda: re.match("a", b"a"), lambda: re.match("a", 5), lambda: re.compile(5),
    lambda: re.compile("a", re.L), lambda: re.compile("a", re.A | re.U), lambda: re.compile(re.compile("a"), re.I),
    lambda: re.compile(b"a", re.U), lambda: re.sub("a", 5, "ba"), lambda: re.sub("a", lambda found: 5, "bab"),
    lambda: match.group(7), lambda: match.group("q"), lambda: match[1.5], lambda: re.Pattern(), lambda: re.match("a", None),
    lambda: re.sub("a", "b", "c", 1, count=2), lambda: re.sub("a", "b", "c", 1, 2, 3),
]:
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
