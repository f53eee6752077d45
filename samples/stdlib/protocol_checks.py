"""What `isinstance` and `issubclass` ask of protocols."""

from collections.abc import Sized
from typing import Iterable, List, Protocol, final, get_protocol_members, runtime_checkable


@runtime_checkable
class Closable(Protocol):
    def close(self): ...


@runtime_checkable
class Named(Protocol):
    name: str


@final
@runtime_checkable
class Both(Sized, Closable, Protocol):
    extra = None


class Silent(Protocol):
    def speak(self): ...


class Door:
    def close(self): print("closed")

    def __len__(self): return 1


class Room(Door):
    name = None
    extra = 1


class Broken(Door):
    close = None


class Lazy:
    asked = 0

    @property
    def name(self):
        Lazy.asked += 1
        return "lazy"


print(isinstance(Door(), Closable), isinstance(Broken(), Closable), issubclass(Broken, Closable), issubclass(Door, Closable))
print(isinstance(Room(), Named), isinstance(Door(), Named), isinstance(Lazy(), Named), Lazy.asked)
print(isinstance(Room(), Both), isinstance(Door(), Both), sorted(get_protocol_members(Both)), get_protocol_members(Named))
print(isinstance(3, Sized), isinstance([], Iterable), issubclass(Silent, Closable), isinstance(Closable, Closable))


class Registered: ...


Closable.register(Registered)
print(isinstance(Registered(), Closable), issubclass(Registered, Closable))


class Custom(Closable, Protocol):
    @classmethod
    def __subclasshook__(cls, other): return other is int


runtime_checkable(Custom)
print(issubclass(int, Custom), issubclass(Door, Custom))

for check in (
    lambda: isinstance(1, Silent), lambda: issubclass(int, Silent), lambda: issubclass(int, Named), lambda: issubclass(1, Closable),
    lambda: Silent(), lambda: get_protocol_members(int), lambda: runtime_checkable(int), lambda: List(), lambda: List[int](),
):
    try:
        print(check())
    except TypeError as error:
        print(error)
