"""Code as text, names as strings: exec, eval, globals, getattr, type."""

print(eval("1 + 2 * x", {"x": 5}), eval("[n for n in range(3)]"))
space = {}
exec("def double(n):\n    return n * 2\nresult = double(21)", space)
print(space["result"], space["double"](4), "double" in globals())
globals()["made_up"] = "a global by name"
print(made_up)
code = compile("6 * 7", "<answer>", "eval")
print(eval(code), code.co_filename)
try:
    eval("1 +")
except SyntaxError as error:
    print("SyntaxError:", error.msg, error.lineno, error.offset)


def names():
    local = 1
    return locals()


print(names(), type(5) is int, type(type(5)).__name__, isinstance(5, int | str), __name__)
print(id(space) == id(space), hash("a") == hash("a"), ascii("é"), bin(5), chr(97), ord("b"), hex(255), abs(-1.5), pow(2, 3))
print([repr(thing) for thing in (int, None, print, len, Ellipsis, NotImplemented, range, type)])
