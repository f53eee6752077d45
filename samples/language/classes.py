"""Classes, instances, and where attributes are found."""


class Animal:
    """What all of them share."""

    legs = 4
    count = 0

    def __init__(self, name):
        self.name = name
        Animal.count += 1

    def describe(self):
        return f"{self.name} has {self.legs} legs"

    @classmethod
    def named(cls, *names):
        return [cls(name) for name in names]

    @staticmethod
    def sound():
        return "..."


class Bird(Animal):
    legs = 2

    def describe(self):
        return super().describe() + " and flies"


cat = Animal("Tom")
birds = Bird.named("Pip", "Pop")
birds[1].legs = 1
print(cat.describe(), birds[0].describe(), birds[1].describe(), Animal.sound(), sep="\n")
print(Animal.count, Bird.count, isinstance(birds[0], Animal), issubclass(Bird, (int, Animal)), type(cat) is Bird)
print(cat.__dict__, Animal.__doc__, Bird.__name__, Bird.__bases__[0] is Animal, Bird.__mro__[-1])
method = birds[0].describe
print(method(), method.__self__ is birds[0], Animal.describe(birds[0]))
cat.extra = [1]
print(hasattr(cat, "extra"), getattr(cat, "none", "default"), vars(cat))
setattr(cat, "legs", 3)
del cat.extra
print(cat.legs, Animal.legs, hasattr(cat, "extra"))
Animal.greet = lambda self: "hi from " + self.name
print(birds[0].greet())


class Empty:
    pass


print(type(Empty()).__name__, Empty() == Empty(), bool(Empty()), repr(Empty), type(Empty))
Made = type("Made", (Bird,), {"legs": 100})
print(Made("Centi").describe())
