"""Iterators over objects of the program tell where they stand: how much is left, and what makes them again."""


class Sequence:
    def __init__(self, *items):
        self.items = items

    def __len__(self):
        print("  asked for its length")
        return len(self.items)

    def __getitem__(self, place):
        return self.items[place]


class Iterator:
    def __iter__(self):
        return self

    def __next__(self):
        return 1


def told(iterator):
    function, *rest = iterator.__reduce__()
    parts = [[type(part).__name__ for part in part] if isinstance(part, tuple) else part for part in rest]
    print(type(iterator).__name__, getattr(function, "__name__", function), *parts)


def over_a_sequence():
    items = iter(Sequence(5, 6, 7))
    told(items)
    print(next(items), items.__length_hint__())
    told(items)
    items.__setstate__(0)
    print(list(items))
    told(items)
    print(items.__length_hint__())
    items.__setstate__(1)
    print(list(items))
    for place in (-3, 2, 10):
        items = iter(Sequence(5, 6, 7))
        next(items)
        items.__setstate__(place)
        print(place, [*items])
    for place in ("a", None, 10**30):
        try:
            items.__setstate__(place)
        except (TypeError, OverflowError) as error:
            print(type(error).__name__, error)


def backward():
    items = reversed(Sequence(5, 6, 7))
    told(items)
    print(next(items), items.__length_hint__())
    told(items)
    items.__setstate__(99)
    print(next(items), next(items), next(items))
    told(items)
    print(list(items))
    told(items)


def adaptors():
    source = Sequence(1, 2)
    for made in (
        lambda: enumerate(source, 3),
        lambda: enumerate(Iterator(), 3),
        lambda: zip(source, Iterator()),
        lambda: zip(source, source, source),
        lambda: zip(source, source, strict=True),
        lambda: map(str, source),
        lambda: map(max, source, source),
        lambda: map(max, source, source, source, strict=True),
        lambda: filter(None, Iterator()),
        lambda: filter(bool, Iterator()),
        lambda: filter(str, source),
        lambda: iter(lambda: 1, 2),
    ):
        iterator = made()
        told(iterator)
        next(iterator)
        told(iterator)
    counted = enumerate(source, 3)
    next(counted)
    print(counted.__reduce__()[1][1])
    once = iter(iter([1, 2]).__next__, 2)
    print(list(once), once.__reduce__()[1])


def asked_for_their_length():
    items = iter(Sequence("a", "b"))
    print(list(items))
    print("".join(Sequence("a", "b")))
    first, *rest = Sequence("a", "b", "c")
    print(first, rest)
    print(list(reversed(Sequence("a", "b"))))


over_a_sequence()
backward()
adaptors()
asked_for_their_length()
