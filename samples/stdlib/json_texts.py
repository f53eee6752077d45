"""JSON: what is read, what is written, and what is said of the rest."""

import collections
import enum
import io
import json

for text in [
    "null", " [1, 2.5, -0, -0.0, 1e5, 1E+2, true, false] ", '{"a": {"b": []}, "a": "\\u00e9\\n\\ud83d\\ude00\\ud800"}', "NaN", "-Infinity",
    "123456789012345678901234567890", '"\\q"', '"\\u12"', '"abc', '"a\nb"', "[1,", "[", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}',
    "[1,]", "1.", "-", "-1e", "nan", "", "  ", "[1 2]", "{1:2}", "tru", '"\\', "[}", '{"a":}', "1 2", "\ufeff1", "[1,,2]", "01", "{,}", "\n\n x",
    "[1\n,\n2\n", "{'a':1}",
]:
    try:
        print(ascii(text), ascii(json.loads(text)))
    except json.JSONDecodeError as error:
        print(ascii(text), error)

print(json.loads('{"a": [1, {"b": 2}]}', object_hook=lambda found: sorted(found)))
print(json.loads('{"a": 1, "a": {"b": 2}}', object_pairs_hook=tuple))
print(json.loads("[1.5, 2, NaN, -Infinity]", parse_float=str, parse_int=repr, parse_constant=ascii))
print(json.loads('"a\tb"', strict=False), json.loads(b'\xff\xfe1\x00'), json.loads(bytearray(b'"\xc3\xa9"')))
print(json.JSONDecoder().raw_decode("[1] rest"), json.load(io.StringIO("[1]")))


class Level(enum.IntEnum):
    LOW = 1


class Tall(float):
    def __repr__(self):
        return "tall"


Point = collections.namedtuple("Point", "x y")
for value in [
    None, "é\u2028\ud800😀\x7f\"\\/\b", [1, (2.5, True), {}], {"b": 1, "a": [None]}, {1: 2, None: 3, True: 4, 1.5: 5}, 10 ** 20, [Level.LOW, Tall(2), Point(1, 2)],
    {Level.LOW: 1, Tall(2): 2}, collections.OrderedDict(z=1, y=2), [[], {}, ""], [float("nan"), -float("inf")],
]:
    print(ascii(json.dumps(value)), ascii(json.dumps(value, ensure_ascii=False)))
    print(json.dumps(value, indent=2), ascii(json.dumps(value, separators=(",", ":"), indent="\t")))

cycle = []
cycle.append({"x": cycle})
for value, options in [
    ({(1, 2): 3}, {}), ({(1, 2): 3, "a": 1}, {"skipkeys": True}), (object(), {}), ({"a": [1, {"b": set()}]}, {}), (float("nan"), {"allow_nan": False}),
    ({1: 2, "a": 3}, {"sort_keys": True}), ({"b": 1, "a": {"d": 1, "c": 2}}, {"sort_keys": True}), (cycle, {}), ([1, {2, 3}], {"default": sorted}),
    (b"x", {}), ([1j], {"default": lambda number: [number.real, number.imag]}), (1, {"what": 2}),
]:
    try:
        print(json.dumps(value, **options))
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "__notes__", ()))


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, range):
            return list(o)
        return super().default(o)


print(Encoder().encode({"r": range(3)}), json.dumps([range(2)], cls=Encoder), list(json.JSONEncoder(indent=1).iterencode([1, {"k": [True]}, "a"])))

print("-- the command")
import io
import json.tool
import sys


class Kept(io.StringIO):
    def close(self):
        pass


for options, text in (
    ([], '{"b": [1, {}], "a": "é"}'), (["--sort-keys", "--no-ensure-ascii", "--indent", "1"], '{"b": [1, 2], "a": "é"}'),
    (["--compact"], "[1, 2]"), (["--tab"], "[1]"), (["--no-indent"], "[1, 2]"), (["--json-lines"], "[1]\n{}\n"), ([], "[1"),
):
    sys.argv, sys.stdin, sys.stdout = ["json.tool", *options], io.StringIO(text), Kept()
    try:
        json.tool.main()
    except SystemExit as error:
        print("ended:", error)
    text, sys.stdout = sys.stdout.getvalue(), sys.__stdout__
    print(repr(text))
