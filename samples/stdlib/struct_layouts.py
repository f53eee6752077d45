"""Values as bytes: sizes, orders, alignment, and what does not fit."""

import struct


class Index:
    def __index__(self):
        return 7


class Real:
    def __float__(self):
        return 2.5


def show(function, *args):
    try:
        print(args, function(*args))
    except Exception as error:
        print(args if "object at" not in repr(args) else "...", type(error).__name__, error)


for order in "<>=@":
    for letter in "bBhHiIqQ?":
        for value in [0, -1, 127, 255, 32768, 2 ** 31, 2 ** 63, 2 ** 64, -2 ** 63, 1.5]:
            show(struct.pack, order + letter, value)
for letter in "efd":
    for value in [0, -1.5, 65504, 65519.99, 65520, float("inf"), 5.96e-8, 1e-8, 3.4e38, 3.5e38, "a", 10 ** 400]:
        show(struct.pack, "<" + letter, value)
for value in [b"a", b"abcd", b"", bytearray(b"ab"), "a"]:
    for letter in ["c", "s", "3s", "p", "3p", "0s", "1p"]:
        show(struct.pack, letter, value)
for text in ["Z", "3", "3 i", "1000000000000000000000i", "<n", ">P", "", " i i ", b"i", 5, "2h0i", "bi", "b0q", "x3xq", "@bq", "=bq", "<F", ">D", "b\0", "@@i", "é"]:
    show(struct.calcsize, text)
for args in [("i", b"abc"), ("i", "abcd"), ("<hB3s", b"\1\2\3abc"), ("5p", b"\2abcd"), ("5p", b"\x09abcd"), ("??", b"\2\0"), ("<qQ", b"\xff" * 16), ("<e", b"\0\x3c"), (">f", b"\x3f\x80\0\0"), ("<F", b"\0\0\x80?\0\0\0@")]:
    show(struct.unpack, *args)
for args in [("<i", b"\1\0\0\0\2\0\0\0", 4), ("<i", b"abcd", 1), ("<i", b"abcd", -4), ("<i", b"abcd", -3), ("<i", b"abcd", -5), ("<i", b"")]:
    show(struct.unpack_from, *args)
for size, offset, *values in [(8, 4, 1), (8, 5, 1), (8, -4, 1), (8, -3, 1), (8, -9, 1), (4, 0), (4, 0, 1, 2)]:
    buffer = bytearray(size)
    show(struct.pack_into, "<i", buffer, offset, *values)
    print(buffer)
show(struct.pack_into, "i", b"abcd", 0, 1)
show(struct.iter_unpack, "<h", b"abc")
show(struct.iter_unpack, "", b"ab")
print(list(struct.iter_unpack("<h", b"abcd")), struct.pack("<id?", Index(), Real(), []), struct.error.__mro__)
layout = struct.Struct("<ih")
print(layout.format, layout.size, layout, layout.pack(1, 2), layout.unpack(b"\1\0\0\0\2\0"), layout.unpack_from(b"x\1\0\0\0\2\0", 1))
view = memoryview(bytearray(8))
layout.pack_into(view, 1, -1, 2)
print(bytes(view))
