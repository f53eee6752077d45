"""What `+` and `*` of the builtin sequences leave to the other operand, and what their methods say when called by name."""


class Guest:
    def __radd__(self, other):
        return f"{other!r} + guest"

    def __rmul__(self, other):
        return f"{other!r} * guest"


for sequence in "a", b"a", bytearray(b"a"), [1], (1,):
    print(sequence + Guest(), sequence * Guest(), sep=" | ")
    kept = sequence
    kept += Guest()
    print(kept)


class Twice:
    def __index__(self):
        return 2


print("ab" * Twice(), Twice() * [1], (1,) * Twice(), b"x" * True)
numbers = [1]
numbers *= Twice()
print(numbers)


class Stack(list):
    def __add__(self, other):
        return Stack(list.__add__(self, other))


def complaint(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error, sep=": ")


complaint(lambda: Stack([1]) + [2])
complaint(lambda: Stack([1]) + 2)
complaint([1].__add__, (2,))
complaint((1,).__add__, [2])
complaint("a".__add__, 1)
complaint(b"a".__add__, "b")
complaint([1].__mul__, "2")
complaint("a".__rmul__, 1.5)
complaint([1].__imul__, None)
complaint(lambda: [1] * "2")
complaint(lambda: 1.5 * "a")
complaint(lambda: [1] + "2")
complaint(lambda: "a" + 1)
complaint(lambda: "a" * 2**70)
