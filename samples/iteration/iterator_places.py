"""Where an iterator stands: how it is copied, moved and asked for what is left."""

import copy
import operator


def place(iterator):
    function, args, *rest = iterator.__reduce__()
    return function.__name__, args, *rest


for source in [1, 2, 3], (1, 2, 3), "aéz", b"abc", bytearray(b"abc"), {1: 2, 3: 4}, {5}, range(3), range(2**70, 2**70 + 4, 2):
    iterator = iter(source)
    next(iterator)
    other = copy.copy(iterator)
    print(place(iterator), operator.length_hint(iterator), list(other), list(iterator), place(iterator))

for source in [1, 2, 3], (1, 2, 3), "abc", {1: 2, 3: 4}:
    iterator = reversed(source)
    next(iterator)
    print(place(iterator), list(copy.copy(iterator)), list(iterator), place(iterator))

for source in [1, 2, 3], (1, 2, 3), "aéz", b"abc", range(3), range(2**70, 2**70 + 6, 2):
    for where in 2, -1, 9:
        iterator = iter(source)
        iterator.__setstate__(where)
        print(where, list(iterator), end="; ")
    iterator = reversed(source)
    iterator.__setstate__(1)
    print(list(iterator))

pairs = zip([1, 2], "ab")
next(pairs)
print(list(copy.copy(pairs)), list(copy.copy(enumerate("ab", 5))))

try:
    iter([]).__setstate__("1")
except TypeError as error:
    print(error)
try:
    operator.length_hint(iter(range(2**70)))
except OverflowError as error:
    print(error)
