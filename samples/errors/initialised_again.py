# Exceptions whose __init__ is called again, hooks that are lost, and methods made of parts.
import functools
import inspect
import sys

error = ImportError("t", name="n", path="p")
error.__init__()
print(error.args, error.msg, error.name, error.path, error.name_from)
error = AttributeError("t", name="n", obj=3)
error.__init__("q")
print(error.args, error.name, error.obj)
error = NameError("t", name="n")
error.__init__("q")
print(error.args, error.name)

hook = sys.displayhook
del sys.displayhook
try:
    exec(compile("42", "text", "single"))
except RuntimeError as error:
    print(error)
sys.displayhook = hook


def generator_function(self):
    yield


async def coroutine_function(self):
    pass


async def async_generator_function(self):
    yield


class Holder:
    g = functools.partialmethod(generator_function)
    c = functools.partialmethod(coroutine_function)
    a = functools.partialmethod(async_generator_function)


for holder in (Holder(), Holder):
    for name in "gca":
        made = getattr(holder, name)
        print(name, inspect.isgeneratorfunction(made), inspect.iscoroutinefunction(made), inspect.isasyncgenfunction(made))

# What an exception declares beside its arguments stays as it is when those are changed.
error = StopIteration(3)
error.args = (5,)
print(error.value, error.args, error)
error = SystemExit(3)
error.args = (5,)
print(error.code, error.args)
error = OSError(2, "x", "f")
error.args = (5, 6)
print(error.errno, error.strerror, error.args, error.filename, error)
error = SyntaxError("m", ("f", 1, 2, "t"))
error.args = (9,)
print(error.msg, error.lineno, error.args, error)
error = UnicodeDecodeError("a", b"b", 0, 1, "r")
error.args = (1,)
print(error.encoding, error.reason, error.args, error)
error = ExceptionGroup("m", [ValueError(1)])
error.args = (4,)
print(error.message, error.exceptions, error.args, repr(error), error)

# Columns of a SyntaxError that are not on the line.
for place in (
    (1, 0, "abcdefg", 1, 1), (1, 2, "abcdefg", 1, -2), (1, 4, "abcdefg", 1, 2), (1, 2, "abcdefg", 1, 100),
    (1, -5, "abcdefg", 1, 2), (1, 2, "abcdefg", 2, 1), (1, 9, "abcdefg", 1, 12), (1, 2, "abcdefg", 1, 2),
):
    import traceback

    print("".join(traceback.format_exception_only(SyntaxError("bad", ("file", *place)))))
error = UnicodeEncodeError("name", "text", 1, 3, "why")
error.reason, error.encoding = 5, None
print(error)
