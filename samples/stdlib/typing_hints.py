"""What get_type_hints makes of texts, and which classes a protocol may inherit from."""

import collections.abc
import contextlib
import os
from typing import ForwardRef, List, Optional, Protocol, get_type_hints


class Node:
    next: "Optional[Node]"
    items: "list[Node]"
    nothing: "None"


def function(first: "None", *rest: "*tuple[int, str]", last: List["None"] = None) -> "Node":
    pass


print(get_type_hints(Node))
print(get_type_hints(function))


def try_protocol(*bases):
    try:
        made = type(Protocol)("Made", (*bases, Protocol), {})
    except TypeError as error:
        print(error)
    else:
        print([base.__name__ for base in made.__mro__])


try_protocol(collections.abc.Iterable)
try_protocol(collections.abc.Sized, collections.abc.Hashable)
try_protocol(contextlib.AbstractContextManager)
try_protocol(os.PathLike)
try_protocol(collections.abc.Mapping)
try_protocol(int)
for text in ("", "a b", " int", "*a", "list[", "yield", "x"):
    for make in (lambda: Optional[text], lambda: List[text], lambda: list[text], lambda: ForwardRef(text)):
        try:
            print(make())
        except SyntaxError as error:
            print(error)
