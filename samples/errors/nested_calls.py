"""The traceback shows each call on the way, the most recent last, with carets under what was being evaluated."""


def first(x):
    return second(x, x + 1) * 2


def second(a, b):
    values = [a, b]
    return third(*values)[0]


def third(a, b):
    return [{}["missing"][a] + b]


result = 1 + first(1)
