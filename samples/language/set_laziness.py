"""How far the methods of sets go through what they are given, and which comparisons they ask for."""


def given(*items):
    for item in items or range(4):
        print("  gave", item)
        yield item


def told(function):
    try:
        print(function())
    except TypeError as error:
        print("TypeError:", error)


for use in (
    lambda: {1}.intersection(given()), lambda: {1, 2}.intersection(given(), given()), lambda: set().intersection(given()),
    lambda: {0}.intersection_update(given()), lambda: {0}.difference(given()), lambda: set().issubset(given()),
    lambda: {0}.issubset(given(0, [], 1)), lambda: {1}.issubset(given(0, [], 1)), lambda: {0}.issubset([0, []]),
    lambda: set().isdisjoint(given()), lambda: {1}.isdisjoint(given()), lambda: {1}.isdisjoint([1, []]),
    lambda: {1}.isdisjoint([[], 1]), lambda: set().issuperset(given()), lambda: {0, 1}.issuperset(given()),
    lambda: set().issuperset([1, []]), lambda: {1}.issuperset([1, []]), lambda: {1}.issuperset("a"),
    lambda: {1}.issuperset({1: 2}), lambda: {1}.issuperset(5), lambda: {1}.isdisjoint(None),
    lambda: {1, frozenset([1])}.issuperset([{1}]), lambda: {1, frozenset([1])}.isdisjoint([{1}]),
):
    told(use)
rest = iter([1, 2, 3, 4])
print({1}.issuperset(rest), list(rest))
rest = iter([1, 2, 3, 4])
print({2}.isdisjoint(rest), list(rest))


class Same:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        print("  asked")
        return False


small, large = {1, "a"}, {True, Same()}
print(small >= large, large <= small, small > large, large < small, small == large)
print({1, "a", 2} > large)
