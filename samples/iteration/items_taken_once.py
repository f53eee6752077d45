"""What an iterator gave is not lost when a member's own methods must be asked on the way."""

import math


class Own:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == getattr(other, "value", other)

    def __hash__(self):
        return hash(self.value)

    def __index__(self):
        return self.value

    def __float__(self):
        return self.value + 0.5

    def __repr__(self):
        return f"Own({self.value})"


def iterators():
    yield iter([Own(1), Own(2)])
    yield iter((1, Own(1), 1))
    yield iter({Own(1): 3, Own(4): 5})
    yield {Own(3): 1}.__iter__()
    yield reversed([Own(1), 5])


def tell(use):
    for iterator in iterators():
        try:
            print("  ", use(iterator))
        except Exception as error:
            print("  ", type(error).__name__, error)


for use in (set, frozenset, {1}.union, {1}.intersection, {1}.difference, {1}.symmetric_difference, {1}.issubset, {1}.issuperset, {1}.isdisjoint, dict.fromkeys,
            bytes, bytearray, math.fsum, lambda i: math.dist(i, (x for x in [1, 2])), lambda i: Own(2) in i, lambda i: {*i, 1}):
    print(getattr(use, "__name__", "?"))
    tell(use)

for source in "iter('ab')", "iter(['ab', 5])", "zip('ab')", "iter([(1, 2), (3,)])", "iter([(1, 2), ([], 3)])", "iter([[1, 2], 'xy'])":
    for statement in f"d |= {source}", f"d.update({source})", f"d = dict({source})":
        d = {}
        try:
            exec(statement)
        except Exception as error:
            print(type(error).__name__, error, *getattr(error, "__notes__", ()))
        print(d)
