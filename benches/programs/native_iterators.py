"""Builtin functions over iterables, and `itertools`."""

from itertools import chain, combinations, islice, permutations, product, repeat, zip_longest
from operator import itemgetter


def main():
    total = 0
    numbers = list(range(200))
    names = [f"n{n % 37}" for n in numbers]
    pairs = list(zip(names, numbers))
    for _ in range(2_500):
        total += sum(numbers) + max(numbers) + min(numbers) + any(numbers) + all(numbers) + len(sorted(names))
        total += sum(x * y for x, y in zip(numbers, reversed(numbers))) + sum(map(len, names))
        total += len(list(map(str, numbers))) + sum(n for n, name in enumerate(names) if name == "n5")
        total += len(list(chain(numbers, names))) + sum(islice(numbers, 10, 100, 3)) + sum(repeat(2, 50))
        total += sum(a - b for a, b in combinations(numbers[:15], 2)) + sum(1 for _ in permutations(numbers[:5]))
        total += sum(a * b for a, b in product(numbers[:12], repeat=2)) + len(list(zip_longest(numbers, names)))
        total += sum(value for _, value in sorted(pairs, key=itemgetter(0))[:5]) + max(pairs, key=itemgetter(1))[1]
        total += len(list(filter(None, numbers))) + sum(range(100)) + len(list(zip(*[numbers[:30], names[:30]])))
    print(total)


main()
