"""A result that nobody wants is dropped by the statement it belongs to; whoever is told of an error handles nothing."""
import sys
import warnings

warnings.showwarning = lambda message, category, filename, line, *more: print(category.__name__, message, line)


class Loud:
    def __init__(self, name="loud"):
        self.name = name

    def __del__(self):
        print(self.name, "dropped in line", sys._getframe(1).f_lineno)


class Plain:
    def __del__(self):
        print("plain dropped in line", sys._getframe(1).f_lineno)


def gives(value):
    return value


async def never():
    pass


def counter():
    yield Loud("item")


gives(Loud())
x = 1
Plain()
x = 2
items = [Loud("popped"), Loud("taken")]
items.pop()
x = 3
gives(never())
x = 4
never()
x = 5
next(counter())
x = 6
items.clear()
x = 7


def report(unraisable):
    print(type(unraisable.exc_value).__name__, unraisable.exc_value, "while handling", sys.exception())


sys.unraisablehook = report


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def failing():
    try:
        yield 1
    finally:
        raise KeyError("in finally")


class BadEnd:
    def __del__(self):
        raise ValueError("in __del__")


for make in (stubborn, failing):
    generator = make()
    next(generator)
    del generator
BadEnd()
try:
    raise LookupError("outside")
except LookupError:
    generator = failing()
    next(generator)
    del generator
    BadEnd()
