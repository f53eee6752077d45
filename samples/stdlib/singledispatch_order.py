"""Which implementation `singledispatch` takes: abstract classes stand where the class would have them."""

from collections.abc import Container, Iterable, Mapping, MutableMapping, MutableSequence, Sequence, Sized
from functools import partial, singledispatch, total_ordering


@singledispatch
def kind(value): return "anything"


kind.register(Sized, lambda value: "sized")
kind.register(Iterable, lambda value: "iterable")
kind.register(Mapping, lambda value: "mapping")
kind.register(Sequence, lambda value: "sequence")


@kind.register
def _(value: "MutableMapping"): return "mutable mapping"


@kind.register
def _(value: int | str): return "int or str"


print(kind({}), kind([]), kind(()), kind("a"), kind(True), kind(1.5), kind({1}.__iter__()), kind(type({}.keys())))


class Ordered(Iterable, Sized):
    def __len__(self): return 0

    def __iter__(self): return iter(())


class Lengthy:
    def __len__(self): return 0


class Growing(Lengthy): ...


print(kind(Ordered()), kind(Lengthy()), kind(Growing()))
MutableSequence.register(Growing)
print(kind(Growing()))


class Ambiguous:
    def __iter__(self): return iter(())

    def __len__(self): return 0


try:
    print(kind(Ambiguous()))
except RuntimeError as error:
    print(error)

for wrong in (lambda: kind.register(1), lambda: kind.register(1, print), lambda: kind(), lambda: kind.register(lambda x: x)):
    try:
        wrong()
    except TypeError as error:
        print(str(error).split(" at 0x")[0])


@kind.register
def _(value: list) -> str:
    return "list"


print(kind([]), kind.dispatch(list) is kind.registry[list], sorted(cls.__name__ for cls in kind.registry))
