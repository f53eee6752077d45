"""`__call__`, `__str__`, `__repr__`, `__format__`: objects as functions and as text."""


class Adder:
    def __init__(self, amount):
        self.amount = amount

    def __call__(self, value, *, times=1):
        return value + self.amount * times


add = Adder(5)
print(add(1), add(1, times=3), callable(add), callable(5), list(map(add, [1, 2])))


class Angle:
    def __init__(self, degrees):
        self.degrees = degrees

    def __repr__(self):
        return f"Angle({self.degrees})"

    def __str__(self):
        return f"{self.degrees}°"

    def __format__(self, spec):
        if spec.endswith("rad"):
            return format(self.degrees * 3.14159265 / 180, spec[:-3] + "f")
        return format(str(self), spec)


angle = Angle(90)
print(angle, [angle], str(angle), repr(angle), f"{angle}", f"{angle!r}", f"{angle:>6}|", f"{angle:.3rad}")
print("{} {!r} {:.1rad}".format(angle, angle, angle), "%s %r" % (angle, angle), {"a": angle})


class OnlyRepr:
    def __repr__(self):
        return "only repr"


print(OnlyRepr(), str(OnlyRepr()), f"{OnlyRepr()!s:>12}")


class Bad:
    def __str__(self):
        return 5


for action in (lambda: str(Bad()), lambda: format(OnlyRepr(), "x"), lambda: f"{5:s}", lambda: "{:d}".format("x")):
    try:
        print(action())
    except (TypeError, ValueError) as error:
        print(type(error).__name__ + ":", error)
