"""tomllib: documents and mistakes."""

import decimal
import io
import tomllib

TEXT = '''
# a comment
title = "TOML"  # another
a.b.c = 1
"quoted key" = 'literal \\n'
multi = """
first
second \\
   joined \\t \\u00e9"""
raw = \'\'\'
no \\escape\'\'\'
ints = [1, +2, -3, 0x1F, 0o17, 0b101, 1_000]
floats = [1.5, -0.5e3, 1e10, inf, -inf, 6.626e-34]
bools = [true, false]
nested = [[1, 2], ["a", "b"],
  # inside
]
point = { x = 1, y.z = 2 }
when = 1979-05-27T07:32:00Z
when2 = 1979-05-27T00:32:00.999999-07:00
when3 = 1979-05-27 07:32:00
day = 1979-05-27
time = 07:32:00.5

[owner]
name = "Tom"
[owner.address]
city = "X"

[[fruit]]
name = "apple"
[fruit.physical]
color = "red"
[[fruit.variety]]
name = "red delicious"
[[fruit]]
name = "banana"
'''
for key, value in tomllib.loads(TEXT).items():
    print(key, repr(value))
print(tomllib.load(io.BytesIO(b"x = 1")), tomllib.loads("x = 0.1", parse_float=decimal.Decimal), tomllib.loads(""))
WRONG = ["x", "x =", "= 1", "x = 1\nx = 2", "[a]\n[a]", "[a", "[[a]", "x = [1", "x = {a=1", "x = 'a", 'x = "a', "x = 1 y = 2",
         "a.b = 1\na = 2", "a = 1\na.b = 2", "[a.b]\n[a]\n[a.b]", "x = 01", "x = 1__0", 'x = "\\q"', 'x = "\\u12"', "x = tru",
         "[[a]]\n[a]", "a = []\n[[a]]", "x = {a=1,}", "x = {a=1, a=2}", "x = 1979-13-01", 'x = """a', "x = nan0", "[]", "x = {}\nx.y = 1"]
for text in WRONG:
    try:
        print(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        print(repr(text), "->", error)
for bad in (lambda: tomllib.loads(b"x"), lambda: tomllib.load(io.StringIO("x=1"))):
    try:
        bad()
    except TypeError as error:
        print(error)
