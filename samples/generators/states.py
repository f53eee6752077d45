"""The four states of a generator, and when it is in each."""

import inspect


def observed():
    print("while it runs:", inspect.getgeneratorstate(generator))
    yield 1
    print("again:", inspect.getgeneratorstate(generator))


generator = observed()
print("before:", inspect.getgeneratorstate(generator))
next(generator)
print("at the yield:", inspect.getgeneratorstate(generator))
list(generator)
print("after:", inspect.getgeneratorstate(generator))
