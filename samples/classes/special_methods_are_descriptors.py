# Special methods are bound by the descriptor they are, whoever asks for them.
import math
import operator
import os


class Bound:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner=None):
        print("bound to", type(instance).__name__, owner.__name__)
        return lambda *args: self.function(*args)


class Everything:
    __int__ = Bound(lambda: 1)
    __index__ = Bound(lambda: 2)
    __float__ = Bound(lambda: 1.5)
    __complex__ = Bound(lambda: 1j)
    __bytes__ = Bound(lambda: b"x")
    __dir__ = Bound(lambda: ["b", "a"])
    __divmod__ = Bound(lambda other: ("divmod", other))
    __rdivmod__ = Bound(lambda other: ("rdivmod", other))
    __pow__ = Bound(lambda *others: ("pow", others))
    __rpow__ = Bound(lambda *others: ("rpow", others))
    __fspath__ = Bound(lambda: "path")
    __floor__ = Bound(lambda: "floor")
    __ceil__ = Bound(lambda: "ceil")
    __trunc__ = Bound(lambda: "trunc")
    __round__ = Bound(lambda *digits: ("round", digits))
    __iter__ = Bound(lambda: iter([1, 2]))
    __reversed__ = Bound(lambda: "reversed")
    __contains__ = Bound(lambda item: True)
    __class_getitem__ = Bound(lambda item: ("class item", item))


x = Everything()
print(int(x), operator.index(x), float(x), complex(x), bytes(x), dir(x))
print(divmod(x, 1), divmod(1, x), x**2, pow(x, 2, 3), pow(2, x))
print(os.fspath(x), math.floor(x), math.ceil(x), math.trunc(x), round(x), round(x, 1))
print([*x], max(x), sum(x), set(x), reversed(x), 3 in x)
for item in x:
    print("item", item)
a, b = x
print(a, b, [i for i in x], list(i for i in x), dict.fromkeys(x), sorted(x), any(x))


def delegate():
    yield from x


print(list(delegate()))
try:
    Everything[int]
except TypeError as error:
    print(error)
except AttributeError as error:
    print("no instance:", error)


class Named:
    __set_name__ = Bound(lambda owner, name: print("named", name))


class Owner:
    attribute = Named()


class Hashing(dict):
    def __hash__(self):
        return 7


from types import CellType, MappingProxyType

print(hash(MappingProxyType(Hashing())))
for wrong in (MappingProxyType({}), CellType(1)):
    try:
        hash(wrong)
    except TypeError as error:
        print(error)
print(CellType(2) < CellType(3), CellType(2) == CellType(2), CellType() < CellType(0), CellType(1) != CellType(1))

for descriptor in (property(), classmethod(print), staticmethod(print), int.real, Owner().__init__):
    try:
        print(descriptor.__get__(None))
    except (TypeError, AttributeError) as error:
        print(error)
