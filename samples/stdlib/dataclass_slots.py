"""Dataclasses with slots, frozen ones, and mixtures; annotations that are strings."""

import copy
import dataclasses
import inspect
import typing
from abc import ABC, abstractmethod
from dataclasses import InitVar, dataclass, field


@dataclass(slots=True)
class Base:
    x: int = 0
    y: list = field(default_factory=list)
    tag: str = field(default="t", init=False)

    def show(self): return f"base {self.x} {self.tag}"


@dataclass(slots=True, weakref_slot=True)
class Derived(Base):
    z: int = 3

    def show(self): return f"derived of {super().show()}, {__class__ is Derived}"


print(Derived(1, [2]).show(), Base.__slots__, Derived.__slots__)


@dataclass(frozen=True, slots=True)
class Frozen:
    a: int
    b: list


original = Frozen(1, [2])
for made in (copy.copy(original), copy.deepcopy(original)):
    print(made, made == original, made.b is original.b)


class Shape(ABC):
    @abstractmethod
    def __lt__(self, other): ...


@dataclass(order=True)
class Square(Shape):
    side: int


print(inspect.isabstract(Shape), inspect.isabstract(Square), Square(1) < Square(2))


@dataclass
class Words:
    kept: "int"
    shared: "typing.ClassVar[int]" = 1
    spaced: " typing . ClassVar " = 2
    passed: "dataclasses.InitVar[int]" = 3
    other: "InitVar" = 4

    def __post_init__(self, passed, other): self.sum = passed + other


print([f.name for f in dataclasses.fields(Words)], Words(1).sum)


@dataclass
class Thawed:
    c: int = 0


def mixed():
    @dataclass(frozen=True)
    class Mixed(Frozen, Thawed): ...


def melted():
    @dataclass
    class Melted(Frozen): ...


for call in (
    mixed, melted, lambda: dataclasses.make_dataclass("C", ["for"]), lambda: dataclasses.make_dataclass("C", ["1"]),
    lambda: setattr(original, "a", 2), lambda: delattr(original, "a"),
    lambda: type("C", (), {"__slots__": iter("a")}) and dataclass(slots=True)(type("D", (type("C", (), {"__slots__": iter("a")}),), {})),
):
    try:
        print(call())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
