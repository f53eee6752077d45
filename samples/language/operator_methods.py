"""Operators are methods, and the right operand gets its turn when the left one declines."""


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __repr__(self):
        return f"Money({self.cents})"

    def __add__(self, other):
        if isinstance(other, Money):
            return Money(self.cents + other.cents)
        if other == 0:
            return self
        return NotImplemented

    __radd__ = __add__

    def __mul__(self, factor):
        print("mul")
        return Money(self.cents * factor)

    def __rmul__(self, factor):
        print("rmul")
        return self * factor

    def __iadd__(self, other):
        print("iadd")
        self.cents += other.cents
        return self

    def __neg__(self):
        return Money(-self.cents)

    def __abs__(self):
        return Money(abs(self.cents))

    def __truediv__(self, other):
        return self.cents / other.cents

    def __divmod__(self, count):
        return Money(self.cents // count), Money(self.cents % count)

    def __matmul__(self, rate):
        return f"{self.cents} at {rate}"

    def __rpow__(self, base):
        return f"{base} to the {self.cents}"

    def __lshift__(self, places):
        return Money(self.cents << places)

    def __invert__(self):
        return "inverted"

    def __round__(self, digits=None):
        return f"rounded {digits}"

    def __int__(self):
        return self.cents

    def __float__(self):
        return self.cents / 100


a, b = Money(250), Money(100)
print(a + b, sum([a, b, a]), a * 2, 3 * a, -a, abs(-a), a / b, divmod(a, 3), a @ 7, 2**b, a << 1, ~a)
print(round(a), round(a, 2), int(a), float(a))
c = a
c += b
c *= 2
print(a, c, a is c)


class Special(Money):
    def __radd__(self, other):
        return "the subclass goes first"


print(a + Special(1))
for action in (lambda: a + "x", lambda: "x" + a, lambda: a - b, lambda: a < b, lambda: -Money, lambda: a @ b @ c):
    try:
        print(action())
    except TypeError as error:
        print("TypeError:", error)
