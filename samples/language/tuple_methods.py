"""Tuples cannot be changed, and so can be keys."""

point = (3, 4)
print(point, point[0], point + (5,), point * 2, (), (1,), len(point), point.count(3), point.index(4))
print((1, 2) < (1, 3), (1, "a") == (1, "a"), hash((1, 2)) == hash((1, 2)), tuple("ab"), point[::-1], 4 in point)
grid = {(0, 0): "origin", (1, 2): "there"}
print(grid[1, 2], grid.get((9, 9)))
x, y = y, x = point
print(x, y)
try:
    point[0] = 1
except TypeError as error:
    print("TypeError:", error)
mixed = ([], 1)
try:
    mixed[0] += [1]
except TypeError as error:
    print("TypeError, and yet", mixed)
try:
    hash(mixed)
except TypeError as error:
    print("TypeError:", error)
