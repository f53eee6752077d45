# A generator is copied in each state it may be suspended in: the copy and the original come to the same.
import sys
from contextlib import contextmanager
from copy import copy, deepcopy

events = []


class Room:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        events.append(("in", self.name))
        return self

    def __exit__(self, kind, error, traceback):
        events.append(("out", self.name, kind and kind.__name__))


def in_with():
    with Room(1) as room, Room(2):
        yield 1
        yield room.name


def in_try():
    try:
        yield 1
        yield 2
        raise KeyError(3)
    except KeyError as error:
        yield error.args
        yield sys.exception().args
    finally:
        yield "finally"


def in_handlers():
    try:
        try:
            raise KeyError(1)
        except KeyError:
            try:
                raise ValueError(2)
            except ValueError:
                yield repr(sys.exception()), repr(sys.exception().__context__)
                yield repr(sys.exception()), repr(sys.exception().__context__)
                raise
    except ValueError as error:
        yield repr(error), error is sys.exception()
    yield sys.exception()


def in_finally():
    try:
        try:
            raise KeyError(1)
        finally:
            yield repr(sys.exception())
            yield 2
    except KeyError as error:
        yield repr(error)


def inner():
    try:
        yield "a"
        for n in range(2):
            yield n
        return "returned"
    finally:
        events.append("inner")


class Counting:
    def __init__(self):
        self.count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.count += 1
        if self.count > 2:
            raise StopIteration(self.count)
        return "counted", self.count


def delegating():
    result = yield from inner()
    yield result
    yield from [1, 2]
    yield (yield from Counting())
    yield from zip("ab", "cd")


def in_expression():
    items = [1, (yield 2), {3: (yield 4)}]
    yield items


def in_comprehension():
    yield [item for item in range(3)]
    for item in (x * y for x in range(1, 3) for y in range(2)):
        yield item


def in_match():
    match [1, [2, 3]]:
        case [a, [b, *rest]]:
            yield a
            yield b
            yield rest


def with_cells():
    count = 0

    def more():
        nonlocal count
        count += 1
        return count

    for _ in range(3):
        yield more(), count


def in_group():
    try:
        raise ExceptionGroup("group", [KeyError(1), ValueError(2)])
    except* KeyError:
        pass
    except* ValueError as group:
        events.append(repr(group))
    yield 1
    yield 2


def compare(make, duplicates=(copy, deepcopy)):
    length = len(list(make()))
    for steps in range(length + 1):
        for duplicate in duplicates:
            events.clear()
            original = make()
            for _ in range(steps):
                next(original)
            begun = len(events)
            other = duplicate(original)
            second = list(other)
            heard = events[begun:]
            first = list(original)
            if (first, events[begun + len(heard):]) != (second, heard):
                print(make.__name__, steps, duplicate.__name__, first, second, heard, events)


for make in (
    in_with, in_try, in_handlers, in_finally, delegating, in_expression, in_comprehension, in_match, with_cells, in_group,
):
    compare(make)


@contextmanager
def manager():
    events.append("enter")
    try:
        yield 5
    except OSError:
        events.append("caught")
    finally:
        events.append("exit")


def in_manager():
    with manager() as value:
        yield value
        yield value + 1
        raise OSError
    yield "after"


# The context manager is part of the heap, which only `deepcopy` clones.
compare(in_manager, (deepcopy,))


def running():
    for duplicate in copy, deepcopy:
        try:
            duplicate(me)
        except ValueError as error:
            yield str(error)


me = running()
print(list(me))


def outside():
    yield from me


me = running()
outer = outside()
print(list(outer))
print("all")
