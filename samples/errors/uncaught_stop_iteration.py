"""StopIteration is an exception like any other when no loop is there to catch it."""


def two():
    yield 1
    yield 2


pair = two()
next(pair), next(pair)
next(pair)
