"""exec and eval run code in the namespaces they are given, with the builtins that the globals name."""

import sys

globals_, locals_ = {}, {}
exec("x = 1\ndef f(): return x", globals_, locals_)
print(sorted(globals_), sorted(locals_))
try:
    locals_["f"]()
except NameError as error:
    print(error)

print(eval("a + b", {"a": 1, "b": 2}, {"b": 40}), eval(compile("a * 2", "<made>", "eval"), {"a": 4}))
code = compile("y = 5", "<made>", "exec")
exec(code, {}, locals_)
print(locals_["y"])


class Answers(dict):
    def __missing__(self, key):
        return f"<{key}>"


print(eval("who", {}, Answers()))
exec(compile("1 + 1\n'shown'", "<prompt>", "exec"))
exec(compile("6 * 7", "<prompt>", "single"))

for namespace in ({"__builtins__": {}}, {"__builtins__": {"len": lambda things: 42}}):
    try:
        print(eval("len('abc')", namespace))
    except NameError as error:
        print(error)


def outer():
    kept = "in a cell"

    def inner():
        print(kept)

    return inner


inner = outer()
exec(inner.__code__, closure=inner.__closure__)
for wrong in (
    lambda: exec(inner.__code__),
    lambda: eval("1", 5),
    lambda: exec("1", {}, 5),
    lambda: eval("a = 1"),
    lambda: compile("1", "f", "other"),
):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)

# Optimized: without assertions, then without docstrings.
TEXT = "def f():\n    'doc'\n    assert wrong, 'no'\n    return __debug__, f.__doc__\n"
for level in (-1, 0, 1, 2):
    made = {"wrong": 0}
    exec(compile(TEXT, "<made>", "exec", optimize=level), made, made)
    try:
        print(level, made["f"]())
    except AssertionError as error:
        print(level, repr(error), made["f"].__doc__)
try:
    compile("1", "<made>", "eval", optimize=3)
except ValueError as error:
    print(error)


# one code in many namespaces, and comprehensions in them
c = compile('x + 1', 'x', 'eval')
def f(x): return eval(c), eval(c, {"x": 10}), eval(c, {"x": 1}, {"x": 20})
print(f(1), f(2))
m = compile('y = x\nz = [y for _ in range(2)]', 'm', 'exec')
for d in {"x": 1}, {"x": 2}:
    exec(m, d); print(d["y"], d["z"])
g = {"x": 5}; l = {}
exec(m, g, l); print(l, "y" in g)
exec(m, g, l); print(l)
def rec(n): return eval(compile("rec(n-1) if n else 0", "r", "eval"), globals(), {"n": n})
print(rec(5))
k = compile("rec2(n-1) + 1 if n else 0", "r", "eval")
def rec2(n): return eval(k, globals(), {"n": n})
print(rec2(20))
q = compile("sys._getframe().f_code is q", "q", "eval")
print(eval(q), eval(q, globals()))

for text in (
    'y = 5\nz = [y for _ in range(2)]',
    'y = 5\nz = [[y, w] for w in range(2) if y]',
    'y = 5\nz = [w for w in [y]]\nv = {a: y for a in "ab"}',
    'y = 5\nz = [(q := y) for _ in range(2)]',
    'y = 5\nz = [lambda: y for _ in range(2)][0]()',
    'y = 5\nz = list(y for _ in range(2))',
    'def f():\n global y\ny = 5\nz = [y for _ in range(2)]',
    'x = [x for x in (1, 2)]\nz = x',
    'class C:\n y = 1\n z = [y for _ in (1,)]',
    'y = 5\nz = [[y for _ in (1,)] for _ in (1, 2)]',
    'z = [k for k in (1,) if missing]',
    'z = [x for _ in (1,)]',
    'z = [len([y]) for y in (1,)]\ndel z',
):
    g, l = {"x": "global x"}, {}
    try:
        exec(text, g, l)
    except NameError as e:
        print("NameError", e)
    g.pop("__builtins__", None)
    print(sorted(g.items()), sorted((k, str(v)[:30]) for k, v in l.items() if k not in "fC"))
    c = compile(text, "c", "exec")
    g, l = {"x": "global x"}, {}
    try:
        exec(c, g, l)
        exec(c, g, l)
    except NameError as e:
        print("NameError", e)
    g.pop("__builtins__", None)
    print(sorted(g.items()), sorted((k, str(v)[:30]) for k, v in l.items() if k not in "fC"))
print(eval("[a + b for b in (1, 2)]", {"a": 1}, {"a": 10}))
def f(q):
    return eval("[q + b for b in (1, 2)]")
print(f(1))
