"""`obj.name += number`: where the attribute is plain, and everywhere it is not."""


class Plain:
    def __init__(self, start):
        self.at = start

    def step(self, n):
        self.at += 1
        self.at -= 3
        self.at += n
        self.at -= n
        self.at += n
        return self.at


for start, n in [(0, 5), (1.5, 2), (2, 0.5), (True, True), ((1 << 61) - 1, 3), (-(1 << 61), -1), ("a", 1), ([], 1), (1j, 2)]:
    plain = Plain(start)
    for _ in range(3):
        try:
            print(repr(plain.step(n)), end=" ")
        except TypeError as error:
            print(error, end=" ")
    print(type(plain.at).__name__)


class Watched(Plain):
    def __getattribute__(self, name):
        print("get", name)
        return super().__getattribute__(name)

    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)


class ReadWatched(Plain):
    def __getattribute__(self, name):
        if name == "at":
            return 100
        return super().__getattribute__(name)


class WriteWatched(Plain):
    def __setattr__(self, name, value):
        super().__setattr__(name, value * 10)


class WithProperty:
    def __init__(self):
        self.kept = 0

    @property
    def at(self):
        return self.kept

    @at.setter
    def at(self, value):
        self.kept = value + 1

    step = Plain.step


class OnClass:
    at = 7
    step = Plain.step


class Slotted:
    __slots__ = ("at",)
    step = Plain.step


for made in (Plain(1), Watched(1), ReadWatched(1), WriteWatched(1), WithProperty(), OnClass(), Slotted(), Plain(2)):
    try:
        print([made.step(2), made.step(2), made.step(0.25)])
    except AttributeError as error:
        print(error)

# The class changes between two updates at the same place.
one, two = Plain(1), Plain(1)
for turn in range(4):
    one.at += 1
    if turn == 1:
        Plain.__setattr__ = lambda self, name, value: object.__setattr__(self, name, value + 100)
    if turn == 2:
        del Plain.__setattr__
    two.at -= 1
    print(one.at, two.at)


def made_on_the_way():
    """The object is a temporary, given up at once."""

    class Noisy(Plain):
        def __del__(self):
            print("gone at", self.at)

    for start in (1, 2, 3):
        Noisy(start).at += 10
        print("after", start)


made_on_the_way()


class Many:
    def __init__(self):
        for n in range(40):
            setattr(self, f"a{n}", n)


many = Many()
for _ in range(3):
    many.a0 += 1
    many.a39 += 1
    many.a39 -= 0.5
print(many.a0, many.a39)
