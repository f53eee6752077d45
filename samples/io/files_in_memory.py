"""StringIO and BytesIO are files whose content never leaves memory; TextIOWrapper makes text of bytes."""

import io

page = io.StringIO()
print("first", 1, file=page)
print("second", 2, file=page, end="")
print(repr(page.getvalue()), page.tell())
page.seek(0)
print(page.read(5), page.write("!"), repr(page.getvalue()))
page.seek(0)
print(list(page), page.truncate(3), page.getvalue())

data = io.BytesIO(b"caf\xc3\xa9\r\nnoir")
print(data.readline(), data.read(2), data.seek(0))
text = io.TextIOWrapper(data, encoding="utf-8")
print(repr(text.readline()), text.read(), repr(text.newlines))

for action in (lambda: page.write(b"bytes"), lambda: data.write("text"), page.fileno, lambda: page.seek(-1)):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
page.close()
try:
    page.read()
except ValueError as error:
    print(error)
