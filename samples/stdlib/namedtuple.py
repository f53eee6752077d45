"""collections.namedtuple: a tuple whose places have names."""

from collections import namedtuple

Point = namedtuple("Point", ["x", "y"])
p = Point(1, y=2)
print(p, p.x, p[1], p == (1, 2), len(p), p._asdict(), p._replace(x=5), Point._fields, isinstance(p, tuple))
x, y = p
print(x, y, Point._make([7, 8]), hash(p) == hash((1, 2)), sorted([Point(2, 1), Point(1, 9)]))
Person = namedtuple("Person", "name age city", defaults=[0, "nowhere"])
print(Person("Al"), Person("Bo", 5), Person._field_defaults)


class Vector(namedtuple("Vector", "x y")):
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)


print(Vector(1, 2) + Vector(3, 4))
try:
    p.x = 1
except AttributeError as error:
    print("AttributeError:", error)
try:
    Point(1)
except TypeError as error:
    print("TypeError:", error)
