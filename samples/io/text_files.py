"""A text file: line ends are translated, places can be returned to, and a binary file shows what was written."""

import os

path = f"/tmp/pyield_sample_{os.getpid()}.txt"

with open(path, "w", encoding="utf-8") as file:
    print(file.write("naïve\n"), file.writelines(["second\n", "third"]))

with open(path, encoding="utf-8") as file:
    print(repr(file.readline()), file.tell(), file.readlines())
    file.seek(7)
    print([line for line in file], file.closed)
print(file.closed)

with open(path, "rb") as file:
    print(file.read(6), file.seek(-5, 2), file.read())

with open(path, "w", newline="\r\n") as file:
    file.write("a\nb\n")
for newline in (None, "", "\n", "\r\n"):
    with open(path, newline=newline) as file:
        print(repr(newline), file.readlines(), repr(file.newlines))

with open(path, "a+", encoding="latin-1") as file:
    file.write("é")
    file.seek(0)
    print(repr(file.read()))


def read_ascii():
    with open(path, encoding="ascii") as file:
        file.read()


def write_only():
    with open(path, "w") as file:
        file.read()


for action in (read_ascii, write_only, lambda: open(path, "rw")):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
os.remove(path)
