"""What patterns find: groups, repetition, looking around, case, and texts of other alphabets."""

import re

for pattern, text in [
    (r"(\w+) (\w+)", "Isaac Newton, physicist"), (r"(?P<first>\w)(?P<rest>\w*)", "élan"), (r"(a)|b", "b"),
    (r"((a)|b)*", "ab"), (r"(?:(a)|b)*", "ab"), (r"(a*)*", "b"), (r"(a|b)*?c", "abc"), (r"(?=(a))a\1", "aa"),
    (r"(?!(a)b)a", "aa"), (r"(?<=ab)c", "abc"), (r"(?<!b)c", "abcc"), (r"(a)?(?(1)b|c)", "c"), (r"(?>a*)a", "aaa"),
    (r"(?:a|ab){2}+", "aba"), (r"a{2,3}?", "aaaa"), (r"\bfoo\b", "a foo!"), (r"(?i)straße", "STRAßE"),
    (r"(?i)[k]", "\u212a"), (r"(?i)[а-я]+", "ПРИВЕТ"), (r"(?ia)k", "\u212a"), (r"(?s:.)(?-s:.)", "\n\n"), (r"(?m)^b$", "a\nb\nc"),
    (r"a$", "a\n"), (r"a\Z", "a\n"), (r"\N{DIGIT ONE}\x32\u0033", "123"), (r"[^\W\d_]+", "12ab_"), (r"[]a]+", "a]"),
]:
    found = re.search(pattern, text)
    print(ascii(pattern), ascii(found), found and (ascii(found.groups()), found.lastindex, found.lastgroup, found.regs))

print(re.findall(r"\B", ""), re.findall(r"(a)(b)?", "aba"), re.split(r"(,)|;", "a,b;c"), re.split("x*", "axbc"))
print(re.sub(r"(\w)(\d)?", lambda match: repr(match.groups()), "a1b c2"), re.subn("x*", "-", "abxd"))
print(re.sub(r"(?P<x>a)(b)?", r"[\g<x>|\2|\g<0>|\n\x]".replace("\\x", "\\\\x"), "ab a"))
print([match.span() for match in re.finditer("a|", "ba")], re.findall(rb"\w+", bytearray(b"ab \xe9")))
match = re.compile("(?P<n>b)(c)?").search("aébéb", 1, 4)
print(match.span(), match.pos, match.endpos, match["n"], match.group(0, 1, "n"), match.groups("-"), match.groupdict(),
      match.expand(r"\1<\g<n>>"), match.string, match.re, bool(match))
print(re.compile("a", re.I | re.X | re.A), re.compile(b"a", re.L), repr(re.compile("x" * 300))[-20:])
print(re.match("a*", "a" * 100), re.I | re.M, repr(re.NOFLAG), re.compile("(?x) a b # c").flags)
print(re.escape("a.b c-d\n#é"), re.escape(b"a.b\xe9"), dict(re.compile("(?P<n>a)(?P<m>b)").groupindex))
print(re.Scanner([(r"\d+", lambda s, text: int(text)), (r"\w+", lambda s, text: text), (r"\s+", None)]).scan("12 ab 3!"))


def nested(match):
    return re.sub("b", lambda inner: inner[0] + match[0], "xbx")


print(re.sub("a", nested, "cac"))


def halves(matches):
    # A function that is called by sub may itself wait in the middle of something.
    for match in matches:
        yield re.sub(r"\d", lambda digit: str(int(digit[0]) * 2), match[0])


print(list(halves(re.finditer(r"\w+", "a1 b22"))))
