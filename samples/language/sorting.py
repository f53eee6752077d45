"""sorted and sort: keys, reverse, stability, several keys, what cannot be compared."""

words = ["pear", "fig", "Apple", "kiwi", "date"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=len, reverse=True))
pairs = [("b", 2), ("a", 2), ("c", 1), ("a", 1)]
print(sorted(pairs), sorted(pairs, key=lambda p: p[1]), sorted(pairs, key=lambda p: (-p[1], p[0])))
pairs.sort(key=lambda p: p[0])
pairs.sort(key=lambda p: p[1], reverse=True)
print(pairs)
print(sorted([3, 1.5, True, -2]), sorted("hello"), sorted({"b": 1, "a": 2}), sorted([[2], [1, 5], []]), sorted(range(3), key=lambda n: -n))
print(max(words, key=len), min(words, key=len), max([], default="none"), sorted([(1, "b"), (1, "a")]))
numbers = [n * 7919 % 1000 for n in range(1000)]
ordered = sorted(numbers)
print(ordered == list(range(1000)), ordered[:5], all(a <= b for a, b in zip(ordered, ordered[1:])))
for action in (lambda: sorted([1, "a"]), lambda: max([]), lambda: sorted([None, 1]), lambda: [].sort(5)):
    try:
        action()
    except (TypeError, ValueError) as error:
        print(type(error).__name__ + ":", error)
