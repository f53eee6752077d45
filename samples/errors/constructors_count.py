"""How constructors, their subclasses and the wrappers of slots say that arguments do not fit, and numbers that refuse to be
what they are."""


def shown(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except TypeError as error:
        print(error)


class Whole(int):
    __float__ = None


class Text(str):
    pass


class Real(float):
    __float__ = None


class Asked(float):
    def __float__(self):
        print("asked")
        return 3.0


class Members(set):
    pass


class Meta(type):
    pass


class Octets(bytes):
    pass


class Uncalled:
    __call__ = None


class Stubborn(list):
    def __add__(self, other):
        return NotImplemented

    __mul__ = __rmul__ = __imul__ = __add__


for kind in int, Whole, str, Text, float, Real, Members, frozenset, Meta, Octets, complex:
    for args in (1, 2, 3, 4), ():
        for kwargs in {}, {"odd": 1}:
            if args or kwargs:
                print(kind.__name__, len(args), *kwargs, end=": ")
                shown(kind, *args, **kwargs)

shown(Octets, b"", 1)
shown((1).__pow__)
shown(property().__get__)
shown([].__setitem__, 1)
shown([].__len__, odd=1)
shown(Uncalled())

shown(complex, Real(2))
shown(complex, Asked(2))
shown(complex, Asked(2), 1)
shown(sum, [None], True)
shown(sum, [], True)

for left, right in [(Stubborn(), 1), (Stubborn(), "a"), (2, Stubborn()), ([], Stubborn())]:
    shown(lambda: left + right)
    shown(lambda: left * right)
