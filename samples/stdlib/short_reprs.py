"""`reprlib`: reprs of limited size, and of what holds itself."""

import reprlib
from collections import deque

short = reprlib.repr
for value in (
    0, 10**60, "x", "a'b" * 20, [1, 2, 3, 4, 5, 6, 7], (1,), tuple(range(9)), {1: 2}, {n: n for n in range(6)}, set(range(9)),
    frozenset(range(9)), {1j, 2j} and {1j}, deque(range(9)), [[[[[[[[1]]]]]]]], set(), {}, (), [], frozenset(), b"b" * 50, print,
    [{"a": [{"b": (1, [2, {3}])}]}], ["long text " * 9, 10**50],
):
    print(short(value))


class Fails:
    def __repr__(self): raise ValueError


class Wordy:
    def __repr__(self): return "Wordy(" + "w" * 50 + ")"


print(short(Fails()).split(" at ")[0], short(Wordy()), short([Wordy()]))

maker = reprlib.Repr(maxlevel=2, maxlist=2, maxdict=1, maxstring=10, maxlong=8, maxother=12, fillvalue="***", indent=2)
print(maker.repr([1, [2, [3]], {"a": 1, "b": 2}, 123456789]), maker.repr("abcdefghijkl"), maker.repr(123456789))
maker.indent = "->"
print(maker.repr({"a": (1,)}), maker.repr([]))
for indent in (-1, 1.5):
    maker.indent = indent
    try:
        maker.repr([1])
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


class Special(reprlib.Repr):
    def repr_Wordy(self, x, level): return f"Wordy at level {level}"


print(Special().repr([Wordy(), [Wordy()]]))


class Base:
    def __init__(self): self.items = [self]

    @reprlib.recursive_repr("<again>")
    def __repr__(self): return f"Base({self.items!r})"


class Derived(Base):
    @reprlib.recursive_repr()
    def __repr__(self): return f"Derived of {super().__repr__()}"


print(Base(), Derived(), Base.__repr__.__wrapped__.__name__)
