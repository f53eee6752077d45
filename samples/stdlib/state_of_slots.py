"""What `__getstate__` says of slots, and what an object is asked on the way to a copy."""

import copy


class Base:
    __slots__ = ("b", "a", "__weakref__", "__private")

    def __init__(self):
        self.b, self.a, self.__private = 1, 2, 3


class Derived(Base):
    __slots__ = "c"

    def __init__(self):
        super().__init__()
        self.c = 0


class Hidden(Derived):
    a = "of the class"


class Again(Derived):
    __slots__ = ("a",)


for cls in (Base, Derived, Hidden, Again):
    print(cls.__name__, cls().__getstate__(), cls.__slotnames__)


class Asked(Base):
    answer = None

    def __init__(self):
        pass

    def __getattr__(self, name):
        print("  asked for", name)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


for Asked.answer in (AttributeError("none"), KeyError("none"), 4):
    try:
        print(Asked().__getstate__())
    except KeyError as error:
        print(repr(error))


class Overheard(Base):
    def __init__(self):
        self.x = 3

    def __getattribute__(self, name):
        print("  asked for", name)
        return object.__getattribute__(self, name)


print(Overheard().__getstate__())
copy.copy(Overheard())


class Computed(Base):
    b = property(lambda self: 1 / 0)

    def __init__(self):
        pass


try:
    copy.copy(Computed())
except ZeroDivisionError as error:
    print(error)


class Items(list):
    __slots__ = ("only",)


items = Items([1])
print(items.__getstate__(), copy.copy(items))
items.only = 5
print(items.__getstate__(), copy.copy(items).only)


class Data(bytearray):
    __slots__ = ("only",)


data = Data(b"ab")
data.only = 5
print(data.__reduce_ex__(4), copy.copy(data).only)
