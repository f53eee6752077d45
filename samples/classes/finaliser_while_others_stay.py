"""While a finaliser runs, whoever is being freed still has what comes after: that goes when the finaliser has run."""

import weakref

refs = []


class Second:
    def __init__(self, name):
        self.name = name
        refs.append(weakref.ref(self, lambda ref: print(f"  second of {name} goes")))


class First:
    def __del__(self):
        print("  first goes, second is there:", refs[-1]() is not None)


class Pair:
    def __init__(self, first, second):
        self.first = first
        self.second = second


class Failed(Exception):
    pass


def in_variables():
    first = First()
    second = Second("a body")
    raise Failed


def generator():
    first, second = First(), Second("a generator")
    yield


def last_to_first():
    print("list")
    items = [Second("a list"), First()]
    del items
    print("tuple")
    items = (Second("a tuple"), First())
    del items


def first_to_last():
    print("dict")
    items = {1: First(), 2: Second("a dict")}
    del items
    print("attributes")
    pair = Pair(First(), Second("attributes"))
    del pair
    print("body of an exception")
    try:
        in_variables()
    except Failed:
        pass
    print("exception and its context")
    try:
        try:
            raise Failed(Second("a context"))
        except Failed:
            raise Failed(First())
    except Failed:
        pass
    print("generator")
    suspended = generator()
    next(suspended)
    del suspended
    print("lists in a list")
    items = [[Second("an inner list")], [First()]]
    del items
    print("over")


last_to_first()
first_to_last()
