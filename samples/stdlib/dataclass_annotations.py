"""Annotations of dataclasses: evaluated late, also those of `__init__` (PEP 649), and what a class shows of it."""

import dataclasses
import inspect
from annotationlib import Format


@dataclasses.dataclass
class Node:
    value: int
    next: Node | None = None
    owner: Unknown = None
    hint: dataclasses.InitVar[int] = 3


print(Node(1, Node(2)))
print(Node.__doc__)
print(inspect.signature(Node, annotation_format=Format.FORWARDREF))
print(inspect.signature(Node, annotation_format=Format.STRING))
for format in (1, 2, 3, 4, 9):
    try:
        print(format, Node.__init__.__annotate__(format))
    except Exception as error:
        print(format, type(error).__name__, error)
try:
    print(inspect.signature(Node))
except NameError as error:
    print(error)
Unknown = str
print(Node.__init__.__annotations__)
print(inspect.signature(Node))


@dataclasses.dataclass(slots=True)
class Slotted:
    x: int
    y: Missing = 3


print(Slotted.__init__.__annotate__(Format.STRING), Slotted(4))


class Plain:
    x: int = 3


def kept(cls):
    return [name for name in cls.__dict__ if name not in ("__dict__", "__weakref__", "__module__", "__firstlineno__")]


@dataclasses.dataclass
class Documented(Plain):
    """Its text is there already."""

    y: int = 4


print(kept(Plain), kept(Documented))


@dataclasses.dataclass(order=True, frozen=True, unsafe_hash=True)
class Shown(Plain):
    y: int = 4


print(kept(Plain), kept(Shown))

Made = dataclasses.make_dataclass("Made", ["a", ("b", int), ("c", "list[Missing]", 3)])
print(Made.__doc__, inspect.signature(Made))
for format in (1, 2, 3, 4):
    try:
        print(format, Made.__annotate__(format), Made.__init__.__annotate__(format))
    except NotImplementedError as error:
        print(format, repr(error))
