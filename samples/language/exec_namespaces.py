"""exec and eval run code in the namespaces they are given, with the builtins that the globals name."""

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
