"""code and codeop: is a text whole, and prompts of one's own."""

import code
import codeop
import sys

for text in ("a = 1", "if x:", "if x:\n  y", "if x:\n  y\n", "def f():", "(1,", "'''a", "x = \\", "1 +", "a b", "", "# c", "for i in x: pass", "for i in x: pass\n",
             "class A:\n  x = 1\n\n", "@d", "try:\n  a", "x = [", "print('", "else:", "def f():\n  return 1\n\n", "if 1:\n  pass\nelse:", "while 1:\n\n"):
    try:
        print(repr(text), codeop.compile_command(text) is not None)
    except (SyntaxError, ValueError) as error:
        print(repr(text), type(error).__name__, error)
sys.stderr = sys.stdout
c = code.InteractiveConsole({"x": 5})
for line in ("y = x + 1", "y", "def f():", "    return 42", "", "f()", "1/0", "a b", "for i in range(2):", "  print(i)", ""):
    print(repr(line), c.push(line))
# What the compiler refuses is shown with its line.
for line in ("await x", "return 5", "yield"):
    c.push(line)
i = code.InteractiveInterpreter()
print(i.runsource("1 + 1"), i.runsource("if 1:"), i.runsource("raise ValueError('x')"))
lines = iter(["z = 3", "z", "(", "4)"])


def read(prompt):
    print(prompt, end="")
    try:
        return next(lines)
    except StopIteration:
        raise EOFError


code.interact("banner", read, {}, "bye")


# A debugger that a program has begun asks before it ends it.
import io
import pdb


def debugged():
    return 5


for answers in ("n\n", "what\ny\n", "\n", ""):
    sys.stdin = io.StringIO(answers)
    debugger = pdb.Pdb(stdin=io.StringIO("q\nc\n"), stdout=io.StringIO(), nosigint=True, readrc=False, mode="inline")
    try:
        print("gave", debugger.runcall(debugged))
    except SystemExit as leaves:
        print("exit", leaves.code)
