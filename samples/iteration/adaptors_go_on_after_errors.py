# An exception, or a StopIteration of the function, does not end what map, filter and the like go over.
import itertools


def odd(x):
    if x == 2:
        raise ValueError(x)
    return x


def stops(x):
    return next(iter(())) if x == 2 else x


def items(iterator):
    out = []
    for _ in range(6):
        try:
            out.append(next(iterator, "end"))
        except ValueError as error:
            out.append(repr(error))
    return out


print(items(map(odd, [1, 2, 3])))
print(items(filter(odd, [1, 2, 3])))
print(items(itertools.takewhile(odd, [1, 2, 3])))
print(items(itertools.accumulate([1, 2, 3], lambda total, x: total + odd(x))))
print(items(itertools.starmap(odd, [(1,), (2,), (3,)])))
print([key if isinstance(key, str) else key[0] for key in items(itertools.groupby([1, 2, 3], odd))])
for make in (map, filter, itertools.filterfalse, itertools.takewhile):
    iterator = make(stops, [1, 2, 3])
    print(list(iterator), list(iterator))
