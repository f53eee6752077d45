# What goes at the same time goes in CPython's order, and where CPython drops it.
import gc
import sys


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        frame = sys._getframe().f_back
        print("del", self.name, "in line", frame.f_lineno - frame.f_code.co_firstlineno)


def loops():
    held = [Named("first"), Named("second")]
    for held in 1, 2:
        print(held)
    held = [Named("first"), Named("second")]
    for held in [3]:
        print(held)
    held = [Named("first"), Named("second")]
    for held in range(1):
        print(held)
    held = [Named("first"), Named("second")]
    for held in (number for number in [4]):
        print(held)


loops()


class Steps(Named):
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration("end")


def delegates():
    result = Named("old result")
    result = yield from Steps("delegate")
    print(result)


list(delegates())


class Leaving:
    def __enter__(self):
        pass

    def __exit__(self, *about):
        raise StopIteration


def inner():
    held = Named("inner")
    with Leaving():
        yield 1


def outer():
    held = Named("outer")
    yield from inner()


def fails():
    try:
        list(outer())
    except RuntimeError as error:
        print(error, repr(error.__cause__))


fails()


def rests(me):
    for held in [Named("one")], [Named("two")]:
        yield 1


gc.collect()
gc.disable()
me = []
me.append(rests(me))
next(me[0])
del me
gc.collect()


def comprehends():
    result = Named("old result")
    result = [None for one in [Named("one")] for two in [Named("two")]]
    result = Named("old result")
    result = other = [None for one in [Named("one")]]
    result = Named("old result")
    result = 1, [None for one in [Named("one")]]


comprehends()


def comprehension_of_two():
    print([None for one in [Named("one")] for two in [Named("two")]])


comprehension_of_two()
