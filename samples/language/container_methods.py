"""`__len__`, `__getitem__`, `__contains__` and their kin make a container."""


class Row:
    def __init__(self, *cells):
        self.cells = list(cells)

    def __len__(self):
        print("len")
        return len(self.cells)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Row(*self.cells[index])
        return self.cells[index]

    def __setitem__(self, index, value):
        print("set", index, value)
        self.cells[index] = value

    def __delitem__(self, index):
        print("del", index)
        del self.cells[index]

    def __contains__(self, value):
        print("contains", value)
        return value in self.cells

    def __repr__(self):
        return f"Row{tuple(self.cells)}"


row = Row("a", "b", "c")
print(len(row), row[0], row[-1], row[1:], "b" in row, "z" not in row, bool(row), bool(Row()))
row[0] = "A"
row[1] += "!"
del row[2]
print(row, list(row), [*row], row[::-1])


class Missing(dict):
    def __missing__(self, key):
        return f"no {key}"


m = Missing(a=1)
print(m["a"], m["b"], m.get("b"), "b" in m)


class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("bool", self.value)
        return self.value


if Truth(False) or Truth(True) and not Truth(False):
    print("yes")
while Truth(False):
    pass
print(all([Truth(True), Truth(False), Truth(True)]), any(map(Truth, [False, True])))


class Position:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


print("abcdef"[Position(2)], [1, 2, 3, 4][Position(1) : Position(3)], bin(Position(5)), list(range(Position(3))))
one, five = [1], 5
for action in (lambda: one["x"], lambda: len(five), lambda: 5 in five, lambda: five[0]):
    try:
        action()
    except TypeError as error:
        print("TypeError:", error)
