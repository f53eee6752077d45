"""Bytes are numbers below 256; a bytearray can be changed."""

b = b"caf\xc3\xa9"
print(b, len(b), b[0], b[1:3], b.decode(), list(b[-2:]), bytes([65, 66]), bytes(3), bytes("é", "utf-8"))
print(b"a,b".split(b","), b"-".join([b"x", b"y"]), b.upper(), b.startswith(b"ca"), b.find(b"f"), b"ab" * 2, 97 in b)
print(b"ab".hex(), bytes.fromhex("6162 63"), b"a" < b"b", b"%d items of %s" % (3, b"x"), b" x ".strip(), b"abc"[::-1])
array = bytearray(b"hello")
array[0] = ord("J")
array.extend(b" world")
array += b"!"
del array[1:3]
array.append(33)
print(array, bytes(array), array.pop(), len(array), array == b"Jlo world!")
print(repr(b"it's \"q\" \n\\"), b"\xff".decode("latin-1"), b"\xff".decode("utf-8", "replace"), b"a\xffb".decode("ascii", "ignore"))
try:
    b"\xff".decode()
except UnicodeDecodeError as error:
    print("UnicodeDecodeError:", error)
try:
    "é".encode("ascii")
except UnicodeEncodeError as error:
    print("UnicodeEncodeError:", error)
try:
    bytes([256])
except ValueError as error:
    print("ValueError:", error)
