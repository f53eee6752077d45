"""Views of bytes where bytes are looked for, also such whose bytes do not lie one beside the other."""

views = memoryview(b"ab"), memoryview(b"abcdef")[::2], memoryview(bytearray(b"b")), memoryview(b"abc")[:0]
methods = "find", "count", "index", "startswith", "endswith", "__contains__", "split", "strip", "removeprefix", "rsplit"

for text in b"abc", bytearray(b"abc"):
    for view in views:
        for method in methods:
            try:
                print(method, getattr(text, method)(view))
            except (TypeError, ValueError, BufferError) as error:
                print(method, repr(error))
        for operation in (
            lambda: view in text,
            lambda: text + view,
            lambda: text.replace(view, b"-"),
            lambda: text.startswith((b"x", view)),
            lambda: text == view,
            lambda: bytes(view),
            lambda: bytearray(view),
            lambda: b"%b" % view,
        ):
            try:
                print(operation())
            except (TypeError, ValueError, BufferError) as error:
                print(repr(error))
