"""`isinstance` and `issubclass` over objects that are no classes but have `__bases__`, and what else they take."""


class Kind:
    def __init__(self, name, *bases):
        self.name = name
        self.bases = bases

    @property
    def __bases__(self):
        return self.bases


class Thing:
    def __init__(self, kind): self.kind = kind

    @property
    def __class__(self): return self.kind


animal = Kind("animal")
dog = Kind("dog", animal)
puppy = Kind("puppy", Kind("young"), dog)

print(issubclass(puppy, animal), issubclass(animal, puppy), issubclass(dog, (puppy, animal)))
print(isinstance(Thing(puppy), animal), isinstance(Thing(animal), dog), isinstance(1, animal))


class Odd:
    __bases__ = 1


for check in (
    lambda: issubclass(1, int), lambda: issubclass(int, 1), lambda: isinstance(1, 1), lambda: isinstance(1, "int"),
    lambda: issubclass(Odd(), animal), lambda: issubclass(dog, Odd()), lambda: isinstance(1, (str, 1)),
    lambda: isinstance(1, (int, 1)), lambda: issubclass(dog, int), lambda: isinstance(1, list[int]),
):
    try:
        print(check())
    except TypeError as error:
        print(error)

from typing import List, Tuple
print(isinstance([], List | Tuple), isinstance({}, List | Tuple), issubclass(tuple, List | Tuple))
