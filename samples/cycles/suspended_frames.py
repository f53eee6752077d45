# Cycles through suspended frames, closures, tracebacks, classes and containers are collected.
import gc
import weakref
from collections import deque


class Thing:
    pass


def check(name, make):
    made = make()
    watched = weakref.ref(made)
    del made
    before = watched() is None
    gc.collect()
    print(name, before, watched() is None)


def through_generator():
    def numbers(thing):
        yield thing
        yield 2

    thing = Thing()
    thing.generator = numbers(thing)
    next(thing.generator)
    return thing


def through_delegation():
    def inner(thing):
        yield thing

    def outer(thing):
        yield from inner(thing)

    thing = Thing()
    thing.generator = outer(thing)
    next(thing.generator)
    return thing


def through_coroutine():
    class Pause:
        def __await__(self):
            yield self

    async def waits(thing):
        await Pause()

    thing = Thing()
    thing.coroutine = waits(thing)
    thing.coroutine.send(None)
    return thing


def through_async_generator():
    async def items(thing):
        yield thing

    thing = Thing()
    thing.items = items(thing)
    try:
        thing.items.asend(None).send(None)
    except StopIteration:
        pass
    return thing


def through_closure():
    thing = Thing()

    def function():
        return thing

    thing.function = function
    return thing


def through_recursive_function():
    thing = Thing()

    def function(n, keep=thing):
        return n and function(n - 1)

    return thing


def through_traceback():
    thing = Thing()

    def fails():
        try:
            raise ValueError(1)
        except ValueError as error:
            thing.error = error

    fails()
    return thing


def through_class():
    class Local:
        def method(self):
            return Local

    return Local


def through_method():
    thing = Thing()
    thing.method = Thing.__repr__.__get__(thing)
    return thing


def through_containers():
    thing = Thing()
    thing.list = [{'key': (thing, {thing, frozenset([thing])})}]
    return thing


def through_deque():
    thing = Thing()
    thing.queue = deque([thing, deque([thing])])
    return thing


def through_iterators():
    thing = Thing()
    items = [thing]
    thing.iterators = [iter(items), iter((thing,)), reversed(items), enumerate(items), zip(items, items), map(id, items)]
    for iterator in thing.iterators:
        next(iterator)
    return thing


def through_property():
    thing = Thing()
    thing.views = [property(lambda self: thing), classmethod(thing.__eq__), staticmethod(thing.__eq__)]
    thing.slice = slice(thing)
    thing.keys = {thing: 1}.keys()
    return thing


def through_subclass_of_dict():
    class Mine(dict):
        pass

    mine = Mine()
    mine['me'] = mine
    mine.me = mine
    return mine


def through_slots():
    class Slotted:
        __slots__ = ('me', '__weakref__')

    slotted = Slotted()
    slotted.me = slotted
    return slotted


def through_weak_callback():
    thing = Thing()
    thing.weak = weakref.ref(thing, lambda weak: (print('never called'), thing))
    return thing


for name, make in list(globals().items()):
    if name.startswith('through_'):
        check(name.removeprefix('through_'), make)
