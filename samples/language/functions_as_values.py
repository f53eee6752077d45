"""Functions are objects: stored, passed, asked for their name, given attributes."""


def square(x: int) -> int:
    """The square of x."""
    return x * x


table = {"square": square, "negate": lambda x: -x, "text": str, "shout": str.upper}
for name, function in table.items():
    print(name, function("7" if name == "shout" else 7), function.__name__)
print(square.__doc__, square.__annotations__, square.__module__, square.__qualname__, square.__defaults__)
square.calls = 3
print(square.calls, square.__dict__, callable(square), square.__code__.co_varnames, square.__code__.co_argcount)


def nothing():
    pass


def outer():
    def inner():
        pass

    return inner


class Holder:
    def method(self):
        pass


print(nothing(), outer().__qualname__, Holder.method.__qualname__, (lambda: 0).__qualname__)
print(list(map(lambda f: f(2), [square, float, bool, str])), [].append.__name__, "".join.__self__ == "")
