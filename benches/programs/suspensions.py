"""One kind of suspension, over and over: `suspensions.py KIND TIMES` prints a sum of what came of it.

The kinds are the functions below; each does its work `times` times. What it costs to get to the loop and round it is
the same for all of them and counts on both sides.
"""

import contextlib
import sys


def two_items(limit):
    yield limit
    yield 1


async def answer(value):
    return value


async def countdown(limit):
    while limit:
        yield limit
        limit -= 1


def catches(kind):
    while True:
        try:
            yield 1
        except kind:
            pass


@contextlib.contextmanager
def manager():
    yield 1


@contextlib.contextmanager
def lenient_manager():
    try:
        yield 1
    except ValueError:
        pass


def run(coroutine):
    """The result of a coroutine that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def generator_made(times):
    total = 0
    for number in range(times):
        for item in two_items(number):
            total += item
    return total


def coroutine_awaited(times):
    async def main():
        total = 0
        for number in range(times):
            total += await answer(number)
        return total

    return run(main())


def async_generator_item(times):
    async def main():
        total = 0
        async for item in countdown(times):
            total += item
        return total

    return run(main())


def throw_instance(times):
    generator = catches(ValueError)
    total = next(generator)
    for _ in range(times):
        total += generator.throw(ValueError())
    return total


def throw_class(times):
    generator = catches(ValueError)
    total = next(generator)
    for _ in range(times):
        total += generator.throw(ValueError)
    return total


def context_manager(times):
    total = 0
    for _ in range(times):
        with manager() as item:
            total += item
    return total


def context_manager_error(times):
    total = 0
    for _ in range(times):
        with lenient_manager() as item:
            total += item
            raise ValueError
    return total


def pipeline(times):
    def source():
        for number in range(times):
            yield number

    def added(items):
        for item in items:
            yield item + 1

    def even(items):
        for item in items:
            if item % 2 == 0:
                yield item

    def halved(items):
        for item in items:
            yield item // 2

    def limited(items):
        for item in items:
            yield item & 1023

    total = 0
    for item in limited(halved(even(added(source())))):
        total += item
    return total


def generator_expression(consume):
    """Feeds `consume` with generator expressions of a thousand items."""

    def feed(times):
        total = 0
        numbers = range(1000)
        for _ in range(times // 1000):
            total += consume(numbers)
        return total

    return feed


KINDS = {
    function.__name__: function
    for function in (
        generator_made,
        coroutine_awaited,
        async_generator_item,
        throw_instance,
        throw_class,
        context_manager,
        context_manager_error,
        pipeline,
    )
} | {
    "into_sum": generator_expression(lambda numbers: sum(n for n in numbers)),
    "into_any": generator_expression(lambda numbers: any(n < 0 for n in numbers)),
    "into_list": generator_expression(lambda numbers: len(list(n for n in numbers))),
    "into_dict": generator_expression(lambda numbers: len(dict((n, n) for n in numbers))),
    "into_set": generator_expression(lambda numbers: len(set(n for n in numbers))),
    "into_max": generator_expression(lambda numbers: max(n for n in numbers)),
    "into_join": generator_expression(lambda numbers: len("".join("x" for _ in numbers))),
}

print(KINDS[sys.argv[1]](int(sys.argv[2])))
