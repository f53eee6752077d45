# Everything that can grow without end, in a gigabyte of addresses.
import collections
import itertools
import math
import sys

sys.setrecursionlimit(10**9)


def attempt(grow):
    try:
        grow()
    except (MemoryError, OverflowError):
        return
    raise SystemExit(f"{grow} came to an end")


def endless_list():
    items = []
    while True:
        items.append([])


def endless_call():
    endless_call()


def endless_delegation():
    yield from endless_delegation()


attempt(endless_list)
attempt(endless_call)
attempt(lambda: next(endless_delegation()))
for grow in [
    lambda: list(range(10**12)), lambda: set(range(10**12)), lambda: sorted(range(10**12)), lambda: dict.fromkeys(range(10**12)),
    lambda: list(itertools.repeat(1)), lambda: [0] * 10**12, lambda: (0,) * 10**12, lambda: "a" * 10**12,
    lambda: bytes(10**15), lambda: 1 << 10**12, lambda: 10**10**10, lambda: "%1000000000000d" % 3, lambda: "a".ljust(10**12),
    lambda: ("a" * 10**6).replace("a", "b" * 10**6), lambda: ("b" * 10**6).join(["a"] * 10**6), lambda: f"{3:1000000000000}",
    lambda: itertools.tee([], 10**12), lambda: (10).to_bytes(10**12), lambda: ("\t" * 10**6).expandtabs(10**9),
    lambda: collections.deque([0]) * 10**12, lambda: collections.deque(range(10**12)), lambda: math.factorial(10**11),
]:
    attempt(grow)
items = [0] * 10**7
while True:
    try:
        items.extend(items)
    except MemoryError:
        break
