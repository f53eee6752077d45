"""A `for` loop over a generator: one resume and one yield an item."""


def count_up(stop):
    i = 0
    while i < stop:
        yield i
        i += 1


def main():
    total = 0
    for item in count_up(10_000_000):
        total += item
    print(total)


main()
