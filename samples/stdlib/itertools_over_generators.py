"""The tools of itertools read generators lazily, one item at a time."""

from itertools import chain, islice, takewhile, zip_longest


def loud(name, stop):
    try:
        for n in range(stop):
            print(f"[{name} {n}]", end=" ")
            yield n
    finally:
        print(f"[{name} ends]", end=" ")


print(list(islice(loud("a", 10), 2)))
print(list(chain(loud("b", 1), loud("c", 2))))
print(list(takewhile(lambda n: n < 1, loud("d", 5))))
print(list(zip_longest(loud("e", 1), loud("f", 2))))
print(list(map(lambda n: n * 2, filter(None, loud("g", 3)))))
print(list(zip(loud("h", 3), loud("i", 1))))
