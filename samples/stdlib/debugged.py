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


# Breakpoints are numbered from here on anew.
pdb.bdb.Breakpoint.clearBreakpoints()
print("== commands of breakpoints")
debugger("b inner", "commands", "p x", "end", "c", "c", "commands 1", "silent", "p x * 10", "c", "c").runcall(outer, 1)
pdb.bdb.Breakpoint.clearBreakpoints()
debugger("commands", "b inner", "commands 7", "commands 1", "end", "c", "c", "disable 1", "c").runcall(outer, 1)
print("== a debugger within")
debugger("debug inner(41)", "s", "s", "a", "n", "c", "p 5", "debug 1/0", "c", "c").runcall(outer, 1)
print("== arguments that are needed")
debugger("p", "pp", "whatis", "source", "ignore", "condition", "enable", "disable", "debug", "display", "display a", "undisplay", "n",
         "exceptions", "help nope", "jump", "jump x", "jump 1", "jump 100000", "c").runcall(outer, 1)


def second():
    try:
        int("x")
    except ValueError as first:
        raise KeyError("second") from first


print("== chains of exceptions")
try:
    second()
except KeyError as error:
    looks = debugger("exceptions", "exceptions 0", "p __exception__ if 0 else 1", "exceptions 1", "exceptions 5", "exceptions x", "q")
    looks.reset()
    looks.interaction(None, error)
try:
    debugger("run").runcall(inner, 1)
except pdb.Restart:
    print("to be begun again")
