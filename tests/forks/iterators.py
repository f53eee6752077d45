# A generator is copied while it is in a `for` over each kind of iterator there is, and so is the iterator alone: the copy and the
# original come to the same. Printed is what does not, and "all".
import array
import collections
import io
import itertools
import re
from copy import copy, deepcopy


class Sequence:
    def __getitem__(self, index):
        if index > 5:
            raise IndexError
        return index


class Counting:
    def __init__(self):
        self.count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.count += 1
        if self.count > 6:
            raise StopIteration
        return self.count


def numbers():
    yield from range(6)


def texts():
    yield "ab"
    yield "cd"
    yield "ef"


BOTH = [
    lambda: iter([1, 2, 3, 4]),
    lambda: iter((1, 2, 3, 4)),
    lambda: iter(range(6)),
    lambda: iter(range(10**30, 10**30 + 6)),
    lambda: iter("abcdef"),
    lambda: iter("äöüxyz"),
    lambda: iter(b"abcdef"),
    lambda: iter(bytearray(b"abcdef")),
    lambda: iter(memoryview(b"abcdef")),
    lambda: iter(array.array("i", [1, 2, 3, 4])),
    lambda: iter({1: 2, 3: 4, 5: 6}),
    lambda: iter({1: 2, 3: 4, 5: 6}.values()),
    lambda: iter({1: 2, 3: 4, 5: 6}.items()),
    lambda: reversed({1: 2, 3: 4, 5: 6}),
    lambda: iter({1, 2, 3, 4}),
    lambda: iter(frozenset({1, 2, 3, 4})),
    lambda: reversed([1, 2, 3, 4]),
    lambda: reversed(range(6)),
    lambda: reversed("abcdef"),
    lambda: iter(Sequence()),
    Counting,
    lambda: iter(collections.deque([1, 2, 3, 4])),
    lambda: reversed(collections.deque([1, 2, 3, 4])),
    lambda: iter(collections.OrderedDict(a=1, b=2, c=3)),
    lambda: collections.Counter("aabbc").elements(),
    lambda: iter(collections.ChainMap({1: 2, 3: 4, 5: 6})),
    lambda: enumerate("abcdef"),
    lambda: enumerate(numbers()),
    lambda: zip("abcdef", range(9)),
    lambda: zip("abcdef", range(6), strict=True),
    lambda: zip(numbers(), numbers()),
    lambda: map(str, range(9)),
    lambda: map(str, numbers()),
    lambda: filter(None, range(9)),
    lambda: (x for x in range(6)),
    numbers,
    lambda: itertools.accumulate(range(6)),
    lambda: itertools.accumulate(numbers()),
    lambda: itertools.batched(range(12), 2),
    lambda: itertools.chain("ab", "cd", "ef"),
    lambda: itertools.chain(numbers(), numbers()),
    lambda: itertools.chain.from_iterable(["ab", "cd", "ef"]),
    lambda: itertools.chain.from_iterable(texts()),
    lambda: itertools.combinations("abcd", 2),
    lambda: itertools.combinations_with_replacement("abcd", 2),
    lambda: itertools.permutations("abcd", 2),
    lambda: itertools.product("abc", "de"),
    lambda: itertools.compress("abcdef", [1, 1, 0, 1, 1, 1]),
    lambda: itertools.count(3),
    lambda: itertools.count(1.5, 0.5),
    lambda: itertools.cycle("abc"),
    lambda: itertools.cycle(numbers()),
    lambda: itertools.dropwhile(lambda x: x < 2, range(9)),
    lambda: itertools.filterfalse(lambda x: x % 2, range(12)),
    lambda: ((key, list(group)) for key, group in itertools.groupby("aabbccdd")),
    lambda: itertools.islice(range(20), 2, 15, 2),
    lambda: itertools.islice(numbers(), 5),
    lambda: itertools.pairwise("abcdef"),
    lambda: itertools.pairwise(numbers()),
    lambda: itertools.repeat(5),
    lambda: itertools.repeat(5, 6),
    lambda: itertools.starmap(pow, zip(range(9), range(9))),
    lambda: itertools.takewhile(lambda x: x < 7, range(9)),
    lambda: itertools.tee(range(9))[0],
    lambda: itertools.tee(numbers())[0],
    lambda: itertools.zip_longest("abc", range(6)),
    lambda: itertools.zip_longest(numbers(), numbers()),
    lambda: io.StringIO("a\nb\nc\nd\n"),
    lambda: io.BytesIO(b"a\nb\nc\nd\n"),
]


def inside(make):
    def loop():
        for item in make():
            yield item

    return loop


def matches():
    for match in re.finditer(".", "abcd"):
        yield match.group()


def groups():
    for key, group in itertools.groupby("aaabbb"):
        for item in group:
            yield key, item


for make in [*BOTH, *map(inside, BOTH), matches, groups]:
    for duplicate in copy, deepcopy:
        original = make()
        next(original)
        other = duplicate(original)
        second = list(itertools.islice(other, 4))
        first = list(itertools.islice(original, 4))
        if first != second or not first:
            print(type(original), make.__code__.co_firstlineno, duplicate.__name__, first, second)

# The heap is shared by `copy`: what a callable is called for goes on for both, and so does what a variable holds, unless the
# copy goes over it.
calls = iter(iter(range(9)).__next__, 7)
next(calls)
print(list(itertools.islice(copy(calls), 3)), list(itertools.islice(calls, 2)))


def holds():
    rest = iter(range(5))
    yield next(rest)
    yield from list(rest)


def goes_over():
    rest = iter(range(5))
    yield next(rest)
    for item in rest:
        yield item, next(rest)


for make in holds, goes_over:
    for duplicate in copy, deepcopy:
        original = make()
        next(original)
        if make is goes_over:
            next(original)
        other = duplicate(original)
        print(list(other), list(original))
try:
    copy(re.finditer(".", "abc"))
except TypeError as error:
    print(error)
print("all")
