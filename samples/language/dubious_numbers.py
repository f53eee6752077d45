"""Conversions that still work and are on their way out: what warns, and with which words."""

import warnings


class Count(int):
    pass


class Amount(float):
    pass


class Plane(complex):
    pass


class Odd:
    def __index__(self):
        return Count(2)

    def __float__(self):
        return Amount(1.5)

    def __complex__(self):
        return Plane(1, 2)


class Whole:
    def __int__(self):
        return True


def told(function):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(repr(function()))
    for one in caught:
        print("   ", one.category.__name__, one.message)


odd, yes = Odd(), True
told(lambda: "abc"[odd])
told(lambda: range(odd))
told(lambda: int(Whole()))
told(lambda: float(odd))
told(lambda: complex(odd))
told(lambda: complex(odd, 1))
told(lambda: complex(1j, 2))
told(lambda: complex(1, 2j))
told(lambda: complex(1j))
told(lambda: ~yes)
told(lambda: ~1)
