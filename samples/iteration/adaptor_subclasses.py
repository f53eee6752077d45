"""Classes that derive from `map`, `zip`, `itertools.count` and their like: objects with attributes and methods of their own."""

import itertools

KINDS = [
    (map, (str, [1, 2])), (zip, ([1, 2],)), (filter, (None, [1, 2])), (enumerate, ([1, 2],)), (itertools.count, ()),
    (itertools.chain, ([1, 2],)), (itertools.cycle, ([1, 2],)), (itertools.repeat, (1, 2)), (itertools.islice, ([1, 2], 2)),
    (itertools.accumulate, ([1, 2],)), (itertools.product, ([1, 2],)), (itertools.starmap, (str, [[1], [2]])),
    (itertools.pairwise, ([1, 2, 3],)), (itertools.zip_longest, ([1, 2],)), (itertools.takewhile, (bool, [1, 2])),
    (itertools.dropwhile, (bool, [0, 1])), (itertools.filterfalse, (bool, [0, 1])), (itertools.compress, ([1, 2], [1, 1])),
    (itertools.batched, ([1, 2], 1)), (itertools.combinations, ([1, 2], 1)), (itertools.permutations, ([1, 2], 1)),
]

for base, given in KINDS:
    class Named(base):
        def __init__(self, *given):
            self.name = base.__name__

        def shown(self):
            return f"<{self.name}>"

    class Slotted(base):
        __slots__ = ("note",)

    class Stepped(base):
        def __next__(self):
            return "item", super().__next__()

    named, slotted, stepped = Named(*given), Slotted(*given), Stepped(*given)
    slotted.note = 1
    print(named.shown(), named.__dict__, next(named), iter(named) is named, isinstance(named, base), type(named).__name__)
    print("   ", slotted.note, hasattr(slotted, "__dict__"), list(itertools.islice(slotted, 2)))
    print("   ", next(stepped), [item for item in itertools.islice(stepped, 1)], next(stepped, "end"))

print(repr(type("Count", (itertools.count,), {})(3)), repr(type("Repeat", (itertools.repeat,), {})("a", 2)))
