"""What goes wrong with descriptors, special attributes of classes, `__dict__` and `__class__`."""


class Slotted:
    __slots__ = ("a",)


class Meta(type): ...
class Plain(metaclass=Meta): ...
class Other: __slots__ = ("a",)
class Deeper(Slotted): __slots__ = ("b",)
class Beside(Other): __slots__ = ("b",)


class AttributeDict(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self


record = AttributeDict(x=1)
record.y = 2
record["z"] = 3
print(record.x, record["y"], record.z, sorted(record))

error = ValueError("v")
error.__dict__ = {"code": 7}
print(error.code)


class Shown:
    class Doc:
        def __get__(self, instance, owner): return f"{instance is None} {owner.__name__}"
    __doc__ = Doc()


print(Shown.__doc__, Shown().__doc__)


class Unreadable: ...


for call in (
    lambda: Slotted.a.__get__(1), lambda: Slotted.a.__set__(1, 2), lambda: Slotted.a.__delete__(1),
    lambda: int.real.__get__(1.5), lambda: type.__dict__["__name__"].__get__(1),
    lambda: object.__setattr__(Plain, "x", 1), lambda: object.__delattr__(Plain, "x"),
    lambda: type.__setattr__(Plain, "x", 1), lambda: setattr(object(), "x", 1),
    lambda: delattr(Plain, "__abstractmethods__"), lambda: type.__abstractmethods__,
    lambda: setattr(int, "__abstractmethods__", ()), lambda: setattr(Plain, "__dict__", {}),
    lambda: setattr(Plain(), "__dict__", 1), lambda: setattr(Deeper(), "__class__", Beside),
    lambda: object.__new__(1), lambda: Unreadable.__dict__["__dict__"].__set__(Unreadable, {}),
):
    try:
        print(call())
    except (TypeError, AttributeError) as problem:
        print(type(problem).__name__, problem)
