"""Items that come up through DEPTH levels of `yield from`: yield_from.py DEPTH ITEMS."""

import sys


def source(count):
    i = 0
    while i < count:
        yield i
        i += 1


def relay(inner):
    yield from inner


def main(depth, items):
    sys.setrecursionlimit(depth + 1000)
    chain = source(items)
    for _ in range(depth):
        chain = relay(chain)
    total = 0
    for item in chain:
        total += item
    print(total)


main(int(sys.argv[1]), int(sys.argv[2]))
