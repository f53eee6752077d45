"""Generators made, run to their end, and freed."""


def pair(number):
    yield number
    yield number + 1


def main():
    total = 0
    for number in range(2_500_000):
        for value in pair(number):
            total += value
    print(total)


main()
