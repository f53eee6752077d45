"""Sets hold each thing once. They are printed sorted here, for a set promises no order."""


def show(*sets):
    print(*[sorted(one) for one in sets])


a = {1, 2, 3, 3, 2}
b = {3, 4}
show(a, a | b, a & b, a - b, a ^ b)
show(a.union([9], (8,)), a.intersection(b), a.difference([1]), a.symmetric_difference(b))
print(len(a), 2 in a, a <= {1, 2, 3}, a < a, a >= {1}, a.issubset(b), a.isdisjoint({7}), {1, 2} == {2, 1})
a.add(10)
a.discard(99)
a.remove(1)
a.update([20, 30], {40})
a -= {20}
a &= {2, 3, 10, 30}
show(a)
print(set(), {7}, frozenset({7}), frozenset(), {frozenset({1}): "key"}, len({0, 0.0, False}))
print({1}.pop(), sorted(set("hello")), type({}).__name__, {*range(2), *"a"} == {0, 1, "a"})
for action in (lambda: {1}.remove(2), lambda: set().pop(), lambda: {[]}, lambda: {1} + {2}):
    try:
        action()
    except (KeyError, TypeError) as error:
        print(type(error).__name__ + ":", error)
