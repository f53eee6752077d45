"""itertools over builtin containers: what their iterators are, say and leave behind."""

from itertools import (
    chain,
    combinations,
    combinations_with_replacement,
    count,
    cycle,
    islice,
    pairwise,
    permutations,
    product,
    repeat,
    zip_longest,
)

for made in (
    chain("ab", [1], (2,)),
    islice("abcdef", 1, None, 2),
    pairwise([1, 2, 3]),
    zip_longest([1, 2], "x", fillvalue="-"),
    product([1, 2], "ab"),
    permutations("abc", 2),
    combinations(range(4), 2),
    combinations_with_replacement("ab", 2),
    repeat("r", 3),
):
    print(type(made).__name__, type(made).__module__, iter(made) is made, list(made), list(made), next(made, "over"))

print(count(), count(5), count(2, 3), count(1.5, 0.5), repeat(7), repeat(7, 2))
numbers, twice = count(10, -4), repeat("x", 2)
print(next(numbers), next(numbers), numbers, next(twice), twice, next(twice), twice, next(twice, None))
print(list(islice(count(2.5, 0.25), 3)), list(islice(count(1 + 1j), 2)), list(islice(count(2**61 - 1), 2)))
print(list(islice(cycle("abc"), 7)), list(cycle([])), [next(c) for c in [cycle((1, 2))] for _ in range(3)])
print(repeat(1, 5).__length_hint__(), repeat(1, -5).__length_hint__())

# What a slice takes from its source.
for bounds in ((0,), (2,), (1, 4), (0, 5, 3), (5, 3), (2, None), (0, 6, 4)):
    source = iter(range(10))
    print(bounds, list(islice(source, *bounds)), list(source))

# A source that grows, and one that must not.
items = [1, 2]
grown = []
for item in chain(items, "z"):
    grown.append(item)
    if item == 2:
        items.append(3)
print(grown)
d = {1: 1}
try:
    for key in chain([0], d):
        if key == 1:
            d[2] = 2
except RuntimeError as error:
    print(error)
left = pairwise(items)
next(left)
items.append(4)
print(list(left))

for a, b in product((1, 2), (3, 4)):
    print(a * b, end=" ")
for a, b in combinations([1, 2, 3], 2):
    print(a * b, end=" ")
for a, b in permutations([1, 2], 2):
    print(a - b, end=" ")
for a, b in pairwise([1, 4, 9]):
    print(b - a, end=" ")
print()
print(list(product()), list(product([1], repeat=3)), list(product("ab", [])), list(permutations([])), list(combinations([], 0)))
print(list(permutations([1, 2], 3)), list(combinations("ab", 3)), list(combinations_with_replacement([], 2)))
print(sum(1 for _ in permutations(range(6))), sum(map(sum, product(range(5), repeat=3))))


class Loud(chain):
    pass


print(type(Loud([1], [2])).__name__, list(Loud([1], [2])))
for wrong in (
    lambda: combinations([1], -1),
    lambda: permutations([1], "x"),
    lambda: islice([1], -1),
    lambda: product([1], repeat=-1),
    lambda: chain([1], 5),
    lambda: list(chain([1], 5)),
    lambda: pairwise(3),
    lambda: count("x"),
):
    try:
        print(type(wrong()).__name__)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
