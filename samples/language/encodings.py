"""Encodings by name, and what handlers of errors do, those of the program among them."""

import codecs

print("é€".encode("cp1252"), b"\xe9\xa4".decode("iso8859-15"), "и".encode("koi8-r"), "a😀".encode("utf-16-le"))
for errors in ("ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace"):
    print(errors, "é😀".encode("ascii", errors))
print("tab\té".encode("unicode_escape"), rb"\N{BULLET}\x41".decode("unicode_escape"))

codecs.register_error("stars", lambda error: ("*" * (error.end - error.start), error.end))
print("naïve café".encode("ascii", "stars"), b"caf\xe9".decode("utf-8", "stars"))

decoder = codecs.getincrementaldecoder("utf-8")()
print([decoder.decode(piece) for piece in (b"caf\xc3", b"\xa9", b"\xe2\x82")])
for wrong in (
    lambda: "é".encode("ascii"),
    lambda: b"\x81".decode("cp1252"),
    lambda: "a".encode("nowhere"),
    lambda: "é".encode("ascii", "nohow"),
    lambda: "a".encode("rot13"),
):
    try:
        wrong()
    except (LookupError, UnicodeError) as error:
        print(type(error).__name__, error)
