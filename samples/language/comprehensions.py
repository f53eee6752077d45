"""Lists, sets, dicts and generators made by a loop in brackets."""

print([n * n for n in range(5)], [n for n in range(10) if n % 2 if n > 3], [c + d for c in "ab" for d in "xy"])
print({n % 3 for n in range(10)} == {0, 1, 2}, {word: len(word) for word in ["a", "bb"]}, {v: k for k, v in {"a": 1}.items()})
print([[row * 10 + column for column in range(3)] for row in range(2)], [x for row in [[1, 2], [3]] for x in row])
print(sum(n for n in range(10)), list(n for n in "ab"), tuple(n + 1 for n in (1, 2)), [(a, b) for a, b in zip("ab", [1, 2])])
print([y := 5, y**2], [last := n for n in range(3)], last, ["even" if n % 2 == 0 else "odd" for n in range(2)])
matrix = [[1, 2], [3, 4], [5, 6]]
print([[row[i] for row in matrix] for i in range(2)], [*map(list, zip(*matrix))], {(a, b): a * b for a in (1, 2) for b in (3,)})
n = "untouched"
[n for n in range(5)]
print(n, [lambda: n for n in range(2)][0](), [first for first, *_ in ["abc", "de"]])


class Scope:
    values = [1, 2]
    doubled = [v * 2 for v in values]


print(Scope.doubled)
