"""A subclass of property, staticmethod or classmethod may take other arguments; its objects keep their own `__doc__`."""


class Field(property):
    def __init__(self, name, doc=None):
        super().__init__(self.read, self.write, doc=doc)
        self.key = name

    def read(self, owner):
        return owner.values[self.key]

    def write(self, owner, value):
        owner.values[self.key] = value


class Point:
    x = Field("x", "the first")
    y = Field("y")

    def __init__(self):
        self.values = {"x": 1, "y": 2}


point = Point()
point.x += 10
print(point.x, point.y, Point.x.__doc__, Point.y.__doc__, Point.x.key)


class Shouting(property):
    """Says who it is."""


class Named:
    @Shouting
    def name(self):
        """the getter's"""
        return "name"

    @name.setter
    def name(self, value):
        """not this"""

    other = name.getter(lambda self: "other")


print(type(Named.__dict__["name"]).__name__, Named.name.__doc__, Named.name.__name__)
print(Shouting.__doc__, Named.other.__doc__, Named().other)


class Registered(staticmethod):
    seen = []

    def __init__(self, function, *labels):
        super().__init__(function)
        self.labels = labels
        self.seen.append(function.__name__)


class Counted(classmethod):
    def __get__(self, instance, owner=None):
        print("bound to", owner.__name__)
        return super().__get__(instance, owner)


class Both:
    def plain(): return "plain"
    plain = Registered(plain, 1, 2)

    @Counted
    def make(cls): return cls.__name__


print(Both.plain(), Both().plain(), Registered.seen, Both.__dict__["plain"].labels)
print(Both.make(), Both().make())


class Slotted(property):
    __slots__ = ("extra",)


print(Slotted(doc="dropped").__doc__)
try:
    @Slotted
    def documented(self):
        "has nowhere to go"
except AttributeError as error:
    print(error)

for call in (
    lambda: property(1, 2, 3, 4, 5), lambda: property(wrong=1), lambda: staticmethod(), lambda: classmethod(1, 2),
    lambda: setattr(property(), "fget", 1), lambda: property().__set_name__(1), lambda: property().__name__,
):
    try:
        print(call())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
