"""`super` beyond the call without arguments: unbound, as an attribute, over class attributes, in subclasses."""


class Base:
    kind = "base"

    def greet(self): return "base of " + type(self).__name__

    @classmethod
    def make(cls): return "made by " + cls.__name__

    @staticmethod
    def plain(): return "plain"

    @property
    def size(self): return 1


class Describe:
    def __get__(self, instance, owner): return (instance is None, owner.__name__)


class Left(Base):
    described = Describe()

    def greet(self): return "left, " + super().greet()

    @classmethod
    def make(cls): return "left, " + super().make()

    @property
    def size(self): return super().size + 1


class Right(Base):
    def greet(self): return "right, " + super().greet()


class Both(Left, Right):
    def greet(self): return "both, " + super().greet()

    @classmethod
    def seen(cls): return super().described, type(super().size).__name__, super().kind


print(Both().greet(), Both.make(), Both().size, Both.seen(), super(Left, Both()).plain())

unbound = super(Left)
print(unbound.__thisclass__.__name__, unbound.__self__, unbound.__get__(None, Both) is unbound)
print(unbound.__get__(Both(), Both).greet())
Left.parent = unbound
print(Both().parent.greet(), Left().parent.kind)


class Watched(super):
    def __init__(self, *args):
        super().__init__(*args)
        self.label = "watched"

    def __getattribute__(self, name):
        print("asked for", name)
        return super().__getattribute__(name)


print(Watched(Left, Both()).greet())
print(type(Watched(Left)).__name__)

for call in (
    lambda: super(int, "text"), lambda: super(int, str), lambda: super(1), lambda: super(Left, Both()).nothing,
    lambda: setattr(super(Left, Both()), "__self__", 1), lambda: super(Left).greet,
):
    try:
        print(call())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
