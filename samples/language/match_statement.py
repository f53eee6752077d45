"""`match` takes values apart by their shape."""


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Colour:
    RED = "#f00"


def describe(thing):
    match thing:
        case 0 | 1 | -1:
            return "a small number"
        case "quit" | "exit":
            return "a command"
        case Colour.RED:
            return "red"
        case None | True:
            return "a constant"
        case []:
            return "an empty sequence"
        case [x]:
            return f"just {x}"
        case ["go", ("north" | "south") as direction]:
            return f"going {direction}"
        case [first, *_, last] if first == last:
            return f"from {first} to itself"
        case (first, *rest):
            return f"{first} and {len(rest)} more"
        case {"kind": "circle", "radius": r}:
            return f"a circle of {r}"
        case {"kind": kind, **others}:
            return f"{kind} with {others}"
        case Point(0, 0):
            return "the origin"
        case Point(x=0, y=y) | Point(x=y, y=0):
            return f"on an axis at {y}"
        case Point(x, y) if x == y:
            return f"on the diagonal at {x}"
        case Point():
            return "somewhere"
        case int(n) | float(n):
            return f"the number {n}"
        case str():
            return "some text"
        case _:
            return "no idea"


for thing in (0, -1, 7, 2.5, "quit", "text", "#f00", None, True, [], [5], ["go", "north"], ["go", "up"], (1, 2, 1)):
    print(repr(thing), "->", describe(thing))
for thing in ({"kind": "circle", "radius": 2}, {"kind": "square", "side": 3}, {}, {1, 2}, range(3)):
    print(thing, "->", describe(thing))
for x, y in ((0, 0), (0, 5), (5, 0), (3, 3), (1, 2)):
    print((x, y), "->", describe(Point(x, y)))
match 5, 6:
    case a, b:
        print("a and b stay:", a, b)
match = case = "soft keywords are names, too"
print(match, case)
