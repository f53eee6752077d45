"""Annotations are computed when asked for, as values, as far as they go, or as texts."""
from annotationlib import Format, get_annotations


def connect(host: Address, port: int = 80, *rest: "text", **options: Option | None) -> Missing:
    pass


try:
    connect.__annotations__
except NameError as error:
    print(error)
print(get_annotations(connect, format=Format.STRING))
print(get_annotations(connect, format=Format.FORWARDREF)["port"])
Address = Option = Missing = str
print(connect.__annotations__)


class Node:
    value: int
    next: Node | None = None


print(Node.__annotations__, Node.__annotate__(Format.VALUE) == Node.__annotations__)
Node.__annotations__ = {"value": str}
print(Node.__annotations__, Node.__annotate__)
