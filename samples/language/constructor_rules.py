"""Who may make an instance of what, and how constructors and operator methods complain about arguments."""


def complaint(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except TypeError as error:
        print(error)


class Number(int):
    pass


print(int.__new__(Number, 3), int.__new__.__self__, int.__new__.__qualname__, bytes.fromhex.__qualname__)
complaint(int.__new__, bool, 1)
complaint(int.__new__, str)
complaint(list.__new__, 5)
complaint(tuple.__new__, type)
complaint(float.__new__)
complaint(int, 1, 2, 3)
complaint(str, 1, 2, 3, 4)

for made_by_the_machine in {}.keys(), {}.items(), iter([]), iter(""), (x for x in ()), len, reversed([]):
    complaint(type(made_by_the_machine))


class Named(frozenset):
    def __init__(self, items, name=None):
        self.name = name


class Labelled(list):
    def __new__(cls, items, label=None):
        self = super().__new__(cls, items)
        self.label = label
        return self


class Plain(tuple):
    pass


print(Named([1], name="one").name, Labelled([1, 2], label="two"), Labelled([1, 2], label="two").label)
complaint(Plain, iterable=[1])
complaint(frozenset, items=[1])

complaint([].__len__, 1)
complaint((1).__add__)
complaint((1).__add__, 1, 2)
complaint((1).__add__, value=1)
complaint((1).__pow__)
complaint((1).__pow__, 1, 2, 3)
complaint({}.__setitem__, 1)
complaint({}.__getitem__)
complaint({1}.__contains__)
complaint({1}.union, other=[1])
complaint(bytes.fromhex)
complaint(int.from_bytes, foo=1)
