"""Who asks an iterable how long it will be, and in which words what cannot be iterated is told."""

import operator


class Hinted:
    def __init__(self, hint):
        self.hint = hint

    def __iter__(self):
        return iter([1, 2])

    def __length_hint__(self):
        print("  hint", end="")
        if isinstance(self.hint, Exception):
            raise self.hint
        return self.hint


class Sized(Hinted):
    def __len__(self):
        print("  len", end="")
        if isinstance(self.hint, Exception):
            raise self.hint
        return self.hint


class Stepped(Sized):
    def __init__(self, hint):
        super().__init__(hint)
        self.left = [2, 1]

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        return self.left.pop()


class NoIterator:
    def __iter__(self):
        return 5


class Failing:
    def __iter__(self):
        raise TypeError("mine")


class Counted:
    def __init__(self, count):
        self.count = count

    def __index__(self):
        return self.count

    def __iter__(self):
        print("  iter", end="")
        return iter([7])


def star(x):
    first, *rest = x
    return first, rest


def assign(x):
    items = [1, 2, 3]
    items[0:2] = x
    return items


def assign_bytes(x):
    data = bytearray(b"abc")
    data[0:2] = x
    return data


def extend(x):
    data = bytearray()
    data.extend(x)
    return data


USERS = {
    "list": list, "tuple": tuple, "set": set, "sorted": sorted, "display": lambda x: [*x], "arguments": lambda x: (lambda *a: a)(*x), "star": star,
    "assign": assign, "bytes": bytes, "bytearray": bytearray, "extend": extend, "assign bytes": assign_bytes, "join": b"-".join, "join str": "-".join,
    "dict": dict, "sum": sum, "in": lambda x: 9 in x, "countOf": lambda x: operator.countOf(x, 1), "hint": operator.length_hint, "repeat": lambda x: [1] * x,
}

for hint in 3, -1, "x", None, NotImplemented, 2**70, TypeError("te"), ValueError("ve"):
    for make in Hinted, Sized, Stepped:
        for name, use in USERS.items():
            print(make.__name__, repr(hint), name, end="")
            try:
                print(" ", use(make(hint)))
            except Exception as error:
                print(" ", type(error).__name__, error)

for value in NoIterator(), Failing(), Counted(2), Counted("x"), Counted(-1), Counted(2**70), 5, None:
    for name, use in USERS.items():
        print(type(value).__name__, name, end="")
        try:
            print(" ", use(value))
        except Exception as error:
            print(" ", type(error).__name__, error, *getattr(error, "__notes__", ()))
