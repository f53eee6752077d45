"""`__eq__`, `__hash__`, `__lt__`: equality, keys of dicts, order."""


class Version:
    def __init__(self, text):
        self.parts = tuple(int(part) for part in text.split("."))

    def __repr__(self):
        return ".".join(map(str, self.parts))

    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __hash__(self):
        return hash(self.parts)


one, two, ten = Version("1.0"), Version("1.2"), Version("1.10")
print(one == Version("1.0"), one != two, one == "1.0", one is not Version("1.0"), two < ten, ten > two)
print(sorted([ten, one, two]), max(one, ten, two), min([two, one]), sorted([one, two, ten], reverse=True))
names = {one: "first", two: "second"}
names[Version("1.0")] = "replaced"
print(names, Version("1.2") in names, [one, two].index(Version("1.2")), Version("1.0") in (two, one), len({one, Version("1.0")}))


class Unhashable:
    def __eq__(self, other):
        return True


print(Unhashable() == 5, 5 == Unhashable(), [1] == [Unhashable()])
try:
    {Unhashable()}
except TypeError as error:
    print("TypeError:", error)


class Loud:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        print(f"{self.value} < {other.value}")
        return self.value < other.value


print([loud.value for loud in sorted([Loud(2), Loud(1)])])
try:
    one <= two
except TypeError as error:
    print("TypeError:", error)
