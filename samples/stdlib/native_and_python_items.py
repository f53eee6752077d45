"""Heaps, bisection, caches and getters: the same over items that compare in Python as over plain ones."""

import bisect
import heapq
import operator
from collections import namedtuple
from functools import Placeholder, lru_cache, partial


class Card:
    def __init__(self, rank):
        self.rank = rank

    def __lt__(self, other):
        return self.rank < other.rank

    def __eq__(self, other):
        return isinstance(other, Card) and self.rank == other.rank

    def __hash__(self):
        return hash(self.rank)

    def __repr__(self):
        return f"<{self.rank}>"

    @property
    def doubled(self):
        return self.rank * 2

    def __getitem__(self, item):
        return (self.rank, item)


numbers = [5, 2, 8, 1, 9, 3, 7, 2]
for make in (int, Card, lambda n: (n, "x"), lambda n: [n], lambda n: n if n % 2 else Card(n)):
    items = [make(n) for n in numbers]
    try:
        heapq.heapify(items)
        heapq.heappush(items, make(4))
        print([heapq.heappop(items) for _ in range(3)], heapq.heappushpop(items, make(0)), heapq.heapreplace(items, make(6)))
        heapq.heapify_max(items)
        heapq.heappush_max(items, make(4))
        print([heapq.heappop_max(items) for _ in range(3)], heapq.heappushpop_max(items, make(99)), items)
        items.sort()
        bisect.insort(items, make(4))
        print(bisect.bisect_left(items, make(4)), bisect.bisect_right(items, make(4)), items)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
print(bisect.bisect([3, 2, 1], -2, key=operator.neg), bisect.bisect_left([1, 2], 2, 0, -1))
for call in ("heapq.heappop([])", "heapq.heappush((1,), 2)", "bisect.bisect([1], 1, -1)", "bisect.bisect([1, 2], 3, hi=9)"):
    try:
        print(eval(call))
    except Exception as error:
        print(type(error).__name__, error)


@lru_cache(maxsize=2)
def double(value, *, times=2):
    print("working on", value)
    return value.rank * times if isinstance(value, Card) else value * times


print(double(1), double(Card(1)), double(1), double(Card(1)), double(2), double(1))
print(double(2, times=3), double(2, times=3), double.cache_info())
try:
    double([])
except TypeError as error:
    print(error)
double.cache_clear()
print(double.cache_info(), double.cache_parameters(), double.__name__)


@lru_cache
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(80), fibonacci.cache_info())


class Shelf:
    @lru_cache(maxsize=None)
    def size(self, unit):
        return (type(self).__name__, unit)


shelf = Shelf()
print(shelf.size("cm"), shelf.size("cm"), Shelf.size.cache_info().hits)


def show(*args, **kwargs):
    return args, kwargs


half = partial(show, 1, k=2)
print(half(3, j=4), half.func is show, half.args, half.keywords)
print(partial(half, 5, k=6)(7), partial(show, Placeholder, 2)(1, 3))


class Named(partial):
    pass


print(Named(show, 1)(2), type(Named(show)).__name__, isinstance(Named(show), partial))
try:
    partial(show, Placeholder, 2)()
except TypeError as error:
    print(error)

card = Card(4)
print(operator.itemgetter(1)("abc"), operator.itemgetter(0, 2)([1, 2, 3]), operator.itemgetter("x", "y")(card))
print(operator.attrgetter("rank")(card), operator.attrgetter("doubled", "rank.real")(card))
print(operator.methodcaller("__getitem__", 3)(card), operator.methodcaller("split", sep=",")("a,b"))
print(operator.itemgetter(1, "a"), operator.attrgetter("a.b"), operator.methodcaller("m", 1, k=2))

Point = namedtuple("Point", "x y", defaults=[7])
point = Point(1)
print(point.x, point.y, Point.y.__get__(point), Point.x)
for change in ("point.x = 2", "del point.x", "Point.x.__get__(5)"):
    try:
        exec(change)
    except Exception as error:
        print(type(error).__name__, error)
match point:
    case Point(a, y=b):
        print(a, b)
