"""An iterator adaptor that is asked for an item while it fetches one gives the next, and goes on from there."""
import itertools


def asked_again(make, steps=5):
    deep = False

    def again():
        nonlocal deep
        if not deep:
            deep = True
            try:
                print("  meanwhile", next(adaptor))
            except StopIteration:
                print("  meanwhile it is over")
            deep = False
        return True

    adaptor = make(again)
    for _ in range(steps):
        try:
            print(" ", next(adaptor))
        except StopIteration:
            print("  over")


class Source:
    def __init__(self, again, left=6):
        self.again, self.left = again, left

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        mine = self.left
        self.again()
        return mine


for name, make in {
    "map": lambda again: map(lambda n: (again(), n)[1], range(8)),
    "map over a source": lambda again: map(str, Source(again)),
    "filter": lambda again: filter(lambda n: again(), range(8)),
    "filter over a source": lambda again: filter(None, Source(again)),
    "zip": lambda again: zip(Source(again), "abcdefgh"),
    "enumerate": lambda again: enumerate(Source(again)),
    "islice": lambda again: itertools.islice(Source(again), 1, 5),
    "accumulate": lambda again: itertools.accumulate(range(1, 8), lambda a, b: (again(), a + b)[1]),
    "accumulate over a source": lambda again: itertools.accumulate(Source(again)),
    "starmap": lambda again: itertools.starmap(lambda n: (again(), n)[1], zip(range(8))),
    "takewhile": lambda again: itertools.takewhile(lambda n: again(), range(8)),
    "dropwhile": lambda again: itertools.dropwhile(lambda n: not again(), range(8)),
    "filterfalse": lambda again: itertools.filterfalse(lambda n: not again(), range(8)),
    "compress": lambda again: itertools.compress(Source(again), [1] * 8),
    "iter": lambda again: iter(again, None),
}.items():
    print(name)
    asked_again(make)

print("a generator is not")
asked = (next(asked) for _ in range(2))
try:
    next(asked)
except ValueError as error:
    print(error)
