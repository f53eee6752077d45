"""Keys of sort, min and max that are builtins: what they say, in which order they are asked, and where they fail."""

from operator import attrgetter, itemgetter, methodcaller

words = ["pear", "Fig", "apple", "Kiwi", "date", "fig", "Äpfel", ""]
print(sorted(words, key=len), sorted(words, key=str.lower), sorted(words, key=str.lower, reverse=True))
print(max(words, key=len), min(words, key=len), max(words, key=str.swapcase), min(words, key=hash) in words)
print(sorted(["10", "9", "-3", " 7 "], key=int), max(["10", "9"], key=int), max(["10", "9"], key=float))
print(sorted([3.7, -1, True, 2], key=int), sorted([3, -4, 2.5, 1j], key=abs), min([[3], [1, 2]], key=sum))
print(max([0.5, 2, 1.5], key=round), sorted([(), [1], "", "a", 0, 2], key=bool))

rows = [("b", 2), ("a", 3), ("c", 1), ("a", 1)]
print(sorted(rows, key=itemgetter(0)), sorted(rows, key=itemgetter(1, 0), reverse=True))
print(max(rows, key=itemgetter(1)), min(rows, key=itemgetter(-1)), max(rows, key=itemgetter(0)))

prices = {"apple": 3, "fig": 1, "pear": 2}
print(sorted(prices, key=prices.get), max(prices, key=prices.__getitem__), min(prices, key=prices.get))

# A key with an effect is asked once for each item, in their order.
seen = []
try:
    [3, 1, 2].sort(key=seen.append)
except TypeError as error:
    print(error, seen)
pool = {1: "one", 2: "two", 3: "three"}
print(sorted([3, 1, 2], key=pool.pop), pool)

# Some of the keys need Python: an item with a method of its own among others.
calls = []


class Loud:
    def __len__(self):
        calls.append("len")
        return 2

    def __getitem__(self, index):
        calls.append(index)
        return 1.5

    def __repr__(self):
        return "Loud()"


loud = Loud()
print(sorted(["abc", "d", loud, "efgh"], key=len), calls)
print(max([(1, "x"), loud, (0, "y")], key=itemgetter(0)), calls)
print(min([[1], loud, [3, 4, 5]], key=len), calls)


class Word(str):
    def lower(self):
        calls.append("lower")
        return "zzz"


calls.clear()
print(sorted([Word("A"), "b", "C"], key=str.lower), sorted([Word("A"), "b", "C"], key=methodcaller("lower")), calls)


# Comparisons in Python, between keys that are not.
class Grade:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        calls.append((self.n, "<", other.n))
        return self.n < other.n

    def __gt__(self, other):
        calls.append((self.n, ">", other.n))
        return self.n > other.n


calls.clear()
grades = [("x", Grade(2)), ("y", Grade(3)), ("z", Grade(1))]
print(max(grades, key=itemgetter(1))[0], min(grades, key=itemgetter(1))[0], calls)
print([made.__name__ for made in sorted([Loud, Grade, Word, dict], key=attrgetter("__name__"))])

for attempt in (
    lambda: sorted(["fig", "nothing"], key=prices.get),
    lambda: sorted([1, 2], key=str.lower),
    lambda: sorted(["a", 2], key=str.lower),
    lambda: max([[1], 2], key=len),
    lambda: max(["a", None], key=len),
    lambda: sorted([(1,), ()], key=itemgetter(0)),
    lambda: min([1, 2], key=dict.get),
    lambda: sorted(["x", "1"], key=int),
    lambda: max([], key=len),
    lambda: max("ab", key=str.lower, default="?"),
    lambda: sorted([b"b", b"a"], key=bytes.upper),
    lambda: sorted([b"b", "a"], key=bytes.upper),
    lambda: sorted([[2, 1], [1]], key=list.sort),
):
    try:
        print(attempt())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")

# The list is empty while its keys are asked for.
numbers = [3, 1, 2]
try:
    numbers.sort(key=numbers.append)
except (TypeError, ValueError) as error:
    print(type(error).__name__, error)
print(numbers)
numbers = [3, 1, 2]
numbers.sort(key=lambda n: (len(numbers), n))
print(numbers)
