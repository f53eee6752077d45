"""Where things come from: source, comments, blocks of lines; classified attributes, members, static look-ups."""

import enum
import functools
import inspect
import types


def decorated(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


# About the class.
#
# More about it.
class Shape:
    """A shape."""

    sides = 0

    # Of a method.
    @decorated
    def area(
        self, scale=f"{1}",
    ):
        """How large it is."""
        text = """
  not less indented
"""
        return scale
        # Behind the end.

    @property
    def name(self):
        "Its name."

    @staticmethod
    def make():
        pass

    @classmethod
    def of(cls):
        pass
# Not in the class.


class Square(Shape):
    def area(self): return 4

    @property
    def name(self):
        return "square"


pair = lambda a, b: (
    a,
    b)


def generator():
    def inner():
        yield 1
    yield inner


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for thing in Shape, Shape.area, Square.area, pair, generator, next(generator()), Shape.name.fget, generator().gi_code:
    lines, first = inspect.getsourcelines(thing)
    print(first, lines)
print(repr(inspect.getcomments(Shape)), repr(inspect.getcomments(Shape.__dict__["area"].__wrapped__)))
print(inspect.getcomments(Square), inspect.getsource(Square).count("\n"))
print(inspect.getblock(["class A:\n", "    # first\n", "    x = 1\n", "\n", "    # last\n", "# no\n", "y = 2\n"]))
print(inspect.getdoc(Square), inspect.getdoc(Square.area), inspect.getdoc(Square.name), inspect.getdoc(Square()))
print(attempt(inspect.getsource, int), attempt(inspect.getfile, len), attempt(inspect.getsource, 3), sep="\n")
print(attempt(inspect.getsource, type("Made", (), {})))
print(inspect.getmodule(Shape).__name__, inspect.getmodule(3), inspect.getmodulename("a/b.py"))


for name, kind, home, _ in inspect.classify_class_attrs(Square):
    if home is not object and name not in ("__dict__", "__weakref__"):
        print(name, kind, home.__name__)


class Meta(type):
    @property
    def shown(cls):
        return "by the metaclass"

    def __getattr__(cls, name):
        if name == "odd":
            return "answered"
        raise AttributeError(name)


class Made(metaclass=Meta):
    @types.DynamicClassAttribute
    def shown(self):
        return "by the instance"


print(Made.shown, Made().shown, Made.odd)
print([(a.name, a.kind, a.defining_class.__name__) for a in inspect.classify_class_attrs(Made) if a.name == "shown"])
print([name for name, _ in inspect.getmembers(Made) if not name.startswith("_")])


class Colour(enum.Enum):
    RED = 1


print([(a.name, a.kind) for a in inspect.classify_class_attrs(Colour) if not a.name.startswith("_")])
print([name for name, _ in inspect.getmembers(Colour) if not name.startswith("_")])


class Watched:
    slot = property(lambda self: print("ran"))
    plain = 1

    def __getattr__(self, name):
        print("asked")


class Slotted:
    __slots__ = ("x",)


watched = Watched()
watched.plain = 2
watched.__dict__["slot"] = 3
for obj, name in (watched, "plain"), (watched, "slot"), (watched, "none"), (Watched, "plain"), (int, "real"), (int, "mro"), (Slotted(), "x"):
    print(name, type(attempt(inspect.getattr_static, obj, name)).__name__, attempt(inspect.getattr_static, 1, name, None) is None)
print([name for name, _ in inspect.getmembers_static(watched) if not name.startswith("_")])

print(inspect.getclasstree([Square, Shape, int], unique=True))


def caller(a, b=1, *c, **d):
    frame = inspect.currentframe()
    here = inspect.getframeinfo(frame, context=3)
    print(here.lineno, here.function, here.code_context, here.index)
    print(inspect.formatargvalues(*inspect.getargvalues(frame)[:3], {k: v for k, v in frame.f_locals.items() if k in "abcd"}))
    print([record.function for record in inspect.stack()][:2])
    return inspect.getargs(frame.f_code)


print(caller(1))
try:
    caller(1, 2, 3)[
        5]
except IndexError:
    record, = inspect.trace()
    print(record.lineno, record.code_context, tuple(record.positions))


free = 1


def outer(a):
    def closing():
        return a, free, len, missing.attribute
    return closing


found = inspect.getclosurevars(outer(2))
print(found.nonlocals, found.globals, found.builtins, sorted(found.unbound))
print([inspect.isabstract(int), inspect.isroutine(len), inspect.isroutine(functools.partial(len)), inspect.ispackage(inspect)])
loop = lambda: 0
loop.__wrapped__ = loop
print(attempt(inspect.unwrap, loop)[:40])
