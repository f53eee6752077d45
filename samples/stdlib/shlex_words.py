"""shlex: words of command lines."""

import shlex

for line in ("a b  c", "a 'b c' \"d e\"", r"a\ b c\\d", 'x"y z"w', "a # b", "", "  ", "''", 'a "b\\"c\\d"', "'a\\b'", "a\tb\nc"):
    print(repr(line), shlex.split(line), shlex.split(line, comments=True))
    try:
        print(shlex.split(line, posix=False), list(shlex.shlex(line)))
    except ValueError as error:
        print(error)
for line in ("'a", '"a', "a\\"):
    try:
        print(shlex.split(line))
    except ValueError as error:
        print(repr(line), error)
print([shlex.quote(word) for word in ("a", "a b", "it's", "", "$x", "a-b_c.d/e", "é")], shlex.join(["a b", "c", "d'e"]))
print(list(shlex.shlex("a && b || c; d > e", punctuation_chars=True)), list(shlex.shlex("a&b", punctuation_chars="&")), list(shlex.shlex("x=1+2 'q'")))
s = shlex.shlex("one two")
s.push_token("zero")
print(s.get_token(), s.get_token(), s.get_token(), repr(s.get_token()), s.lineno)
for bad in (None, 5):
    try:
        shlex.split(bad)
    except Exception as error:
        print(type(error).__name__, error)
