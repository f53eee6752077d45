"""Generators in a row: each item goes all the way through before the next one starts."""


def numbers(stop):
    for number in range(stop):
        print("make", number)
        yield number


def odd(source):
    for number in source:
        if number % 2:
            print("keep", number)
            yield number


def squared(source):
    for number in source:
        yield number * number


for square in squared(odd(numbers(5))):
    print("use", square)
