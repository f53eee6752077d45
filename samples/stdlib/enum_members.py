"""Enums whose members have the names of attributes, mixed-in data, automatic values, checks."""

import enum
from collections import namedtuple
from dataclasses import dataclass
from enum import Enum, Flag, IntEnum, StrEnum, auto, verify


class Odd(Enum):
    name = 1
    value = 2


print(list(Odd), Odd.name.name, Odd.value.value, Odd["name"] is Odd.name)


class Base(Enum):
    @enum.property
    def first(self): return f"{self.name} is first"


class Main(Base):
    first = 1
    second = 2


print(Main.first, Main.first.first, Main.second.first)


class Outer(Enum):
    a = 1

    class Inner(Enum):
        b = 2


print(list(Outer), Outer.Inner, Outer.Inner.b)

Medal = namedtuple("Medal", "rank text")


class Medals(Medal, Enum):
    gold = auto(), "first"
    silver = auto(), "second"


class Wrapped(Enum):
    gold = Medal(auto(), "first")
    silver = Medal(auto(), "second")


print(Medals.silver, Medals.silver.rank, Medals.silver.value, Wrapped.silver.value)


@dataclass
class Creature:
    size: str
    legs: int


class Beasts(Creature, Enum):
    BEETLE = "small", 6
    DOG = "medium", 4


print(Beasts.DOG, repr(Beasts.DOG), Beasts.BEETLE.legs, Beasts.DOG.value == Creature("medium", 4))


class Shouted(IntEnum):
    def __str__(self): return self.name.upper()


class Loud(Shouted):
    one = 1


print(str(Loud.one), f"{Loud.one}", format(Loud.one, "03d"))


class Color(Enum):
    RED = 1
    BLUE = 3

    def describe(self): return self.name


Color.BLUE._add_alias_("AZURE")
Color.RED._add_value_alias_(7)
print(Color.AZURE, Color(7), Color.__members__.keys())
print([name for name in dir(Color.RED) if name[0] != "_"], [name for name in dir(Color) if name[0] != "_"])


class Ordered(Flag):
    _order_ = "ONE TWO ALSO FOUR"
    ONE = auto()
    TWO = auto()
    ALSO = 2
    FOUR = auto()


print(list(Ordered))


def bad_new():
    class Bad(Enum):
        def __new__(cls, value): return super().__new__(cls, value)
        failed = 1


def extra():
    class Extra(Enum):
        _order_ = "a b"
        a = 1
        b = 2
        c = 3


def unnamed():
    @verify(enum.NAMED_FLAGS)
    class Bizarre(Flag):
        a = 1
        b = 3
        c = 4
        d = 6


def gaps():
    @verify(enum.CONTINUOUS)
    class Missing(Enum):
        first = 1
        last = 5


def not_text():
    class Third(StrEnum):
        one = "1"
        two = b"2", "ascii", 9


def not_numbers():
    class Letters(Enum):
        a = "a"
        b = auto()


for call in (bad_new, extra, unnamed, gaps, not_text, not_numbers, lambda: Color.RED._add_value_alias_(3), lambda: Color.RED._add_alias_("BLUE")):
    try:
        call()
    except (TypeError, ValueError, NameError) as error:
        print(type(error).__name__, str(error).splitlines()[0])

print("-- made of constants and of plain classes")
import inspect
import pickle
from functools import total_ordering

EXTRA_B, EXTRA_A, OTHER = 2, 1, 3
Extra = enum.IntEnum._convert_("Extra", __name__, lambda name: name.startswith("EXTRA_"))
print(list(Extra), EXTRA_A is Extra.EXTRA_A, OTHER)


@enum._simple_enum(enum.IntFlag, boundary=enum.KEEP)
class Simple:
    ONE = 1
    FOUR = 4
    BOTH = 5


print(list(Simple), Simple(8), list(enum._iter_bits_lsb(13)))
print(inspect.signature(enum.Enum), inspect.signature(Extra), type(enum.Enum.__dict__["value"]).__mro__[1].__name__)


@total_ordering
class Ordered:
    def __lt__(self, other):
        return False


print(Ordered.__ge__.__qualname__, pickle.loads(pickle.dumps(Ordered.__ge__)) is Ordered.__ge__)
