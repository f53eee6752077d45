# A debugger that is told what to do (pdb), and what it says.
import io
import os
import pdb
import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(os.path.dirname(os.path.abspath(__file__)) + os.sep, ""))

    def flush(self):
        pass


def debugger(*commands):
    lines = "".join(f"{command}\n" for command in commands)
    return pdb.Pdb(stdin=io.StringIO(lines), stdout=Out(), nosigint=True, readrc=False)


def inner(x):
    y = x + 1
    return y


def outer(a, b=2, *, c=3):
    total = a
    for i in range(3):
        total += inner(i)
    word = "done"
    return total, word


def fails():
    try:
        int("x")
    except ValueError:
        pass
    raise KeyError("k")


print("== step by step")
debugger("s", "s", "s", "s", "s", "a", "s", "p y", "s", "s", "p total", "n", "n", "c").runcall(outer, 1)
print("== over and out")
debugger("n", "n", "n", "n", "until", "p i, total", "r", "retval", "c").runcall(outer, 1)
print("== breakpoints")
debugger("s", "b inner", "tbreak 30, total > 3", "b", "c", "p x", "c", "p x", "disable 1", "c", "p total", "enable 1", "ignore 1 1",
         "condition 1 x > 5", "b", "cl 1", "c").runcall(outer, 1)
print("== looking")
debugger("s", "n", "n", "s", "s", "l", "l 1, 3", "u", "p total", "d", "d", "whatis x", "whatis inner", "!x = 40", "p x",
         "z = x + 2", "p z", "pp {'a': [1, 2]}", "p nothing", "ll", "r", "c").runcall(outer, 1)
print("== exceptions")
try:
    debugger("s", "n", "n", "n", "n", "n", "n", "n").runcall(fails)
except KeyError as error:
    print("left", repr(error))


def generates():
    yield 1
    yield 2


def uses():
    for v in generates():
        w = v
    return w


print("== generators")
debugger("s", "n", "n", "n", "n", "n", "n", "c").runcall(uses)
