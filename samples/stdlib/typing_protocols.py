"""A protocol says which attributes an object must have."""
from typing import Protocol, runtime_checkable


@runtime_checkable
class Closes(Protocol):
    def close(self) -> None: ...


@runtime_checkable
class Named(Protocol):
    name: str


class File:
    name = "f"

    def close(self):
        pass


class Silent(Protocol):
    pass


print(isinstance(File(), Closes), isinstance(3, Closes), issubclass(File, Closes), isinstance(File(), Named))
for attempt in (lambda: isinstance(3, Silent), lambda: Closes(), lambda: issubclass(File, Named)):
    try:
        attempt()
    except TypeError as error:
        print(error)
