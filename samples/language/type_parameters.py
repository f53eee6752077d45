"""Bounds, constraints and defaults of type parameters are computed when they are asked for."""


def first[T: (int, str), U: Shape = None](items: list[T], other: U) -> T:
    return items[0]


T, U = first.__type_params__
print(first.__annotations__, T.__constraints__, U.__default__)
try:
    U.__bound__
except NameError as error:
    print(error)


class Shape[*Ts, **P]:
    pass


print(U.__bound__, Shape[int, str, [bool]], Shape.__parameters__, Shape.__orig_bases__)


class Box[V]:
    def __init__(self, value: V):
        self.value = value


print(Box[int](3).__orig_class__, Box.__type_params__)
try:
    Box[int, str]
except TypeError as error:
    print(error)
