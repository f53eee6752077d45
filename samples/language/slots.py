"""`__slots__` names the only attributes there are."""


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Named(Point):
    pass


p = Point(1, 2)
p.x += 10
print(p.x, p.y, hasattr(p, "__dict__"), Named(1, 2).__dict__)
try:
    p.z = 3
except AttributeError as error:
    print("AttributeError:", error)
del p.y
try:
    p.y
except AttributeError as error:
    print("AttributeError:", error)
