"""The numeric tower: abstract classes of numbers."""

from abc import ABCMeta, abstractmethod

__all__ = ["Number", "Complex", "Real", "Rational", "Integral"]


def _demand(body, names, *parameters):
    """Give the body of a class abstract methods that take these parameters."""
    signature = ", ".join(("self", *parameters))
    made = {}
    exec("\n".join(f"def {name}({signature}): raise NotImplementedError" for name in names.split()), {}, made)
    for name, method in made.items():
        method.__qualname__ = f"{body['__qualname__']}.{name}"
        method.__module__ = body["__module__"]
        body[name] = abstractmethod(method)


def _demand_properties(body, names):
    """The same for attributes that are computed."""
    methods = {"__qualname__": body["__qualname__"], "__module__": body["__module__"]}
    _demand(methods, names)
    for name in names.split():
        body[name] = property(methods[name])


class Number(metaclass=ABCMeta):
    """Any number."""

    __slots__ = ()
    __hash__ = None


class Complex(Number):
    """What can be added, multiplied, raised to a power, and has a real and an imaginary part."""

    __slots__ = ()

    _demand(locals(), "__complex__ __neg__ __pos__ __abs__ conjugate")
    _demand(locals(), "__add__ __radd__ __mul__ __rmul__ __truediv__ __rtruediv__ __eq__", "other")
    _demand(locals(), "__pow__", "exponent")
    _demand(locals(), "__rpow__", "base")
    _demand_properties(locals(), "real imag")

    def __bool__(self):
        return self != 0

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


class Real(Complex):
    """What can also be ordered, rounded and divided with a remainder."""

    __slots__ = ()

    _demand(locals(), "__float__ __trunc__ __floor__ __ceil__")
    _demand(locals(), "__round__", "ndigits=None")
    _demand(locals(), "__floordiv__ __rfloordiv__ __mod__ __rmod__ __lt__ __le__", "other")

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    # As a complex number, it is all real part.

    def __complex__(self):
        return complex(float(self))

    def conjugate(self):
        return +self

    real = property(conjugate)
    imag = property(lambda self: 0)


class Rational(Real):
    """A quotient of two whole numbers."""

    __slots__ = ()

    _demand_properties(locals(), "numerator denominator")

    def __float__(self):
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    """A whole number, with bits."""

    __slots__ = ()

    _demand(locals(), "__int__ __invert__")
    _demand(locals(), "__pow__", "exponent", "modulus=None")
    _demand(
        locals(),
        "__lshift__ __rlshift__ __rshift__ __rrshift__ __and__ __rand__ __xor__ __rxor__ __or__ __ror__",
        "other",
    )

    def __index__(self):
        return int(self)

    def __float__(self):
        return float(int(self))

    # As a quotient, it is one by 1.
    numerator = property(lambda self: +self)
    denominator = property(lambda self: 1)


for _class, _builtin in (Complex, complex), (Real, float), (Integral, int):
    _class.register(_builtin)
del _class, _builtin
