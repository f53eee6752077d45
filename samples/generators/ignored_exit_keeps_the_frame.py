"""A generator that ignored GeneratorExit, and goes while it handles an exception: its frame lives on with the traceback."""
import gc
import sys
import types

gc.disable()
sys.unraisablehook = lambda report: print("unraisable:", report.exc_value)


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def in_a_handler(name):
    held = Named(name)
    try:
        yield 1
    except GeneratorExit:
        yield 2


def out_of_the_handler(name):
    held = Named(name)
    try:
        yield 1
    except GeneratorExit:
        pass
    yield 2


def in_finally(name):
    held = Named(name)
    try:
        yield 1
    finally:
        yield 2


@types.coroutine
def pause():
    yield


async def coroutine(name):
    held = Named(name)
    try:
        await pause()
    finally:
        await pause()


def after_another(name):
    held = Named(name)
    try:
        yield 1
    except ValueError:
        try:
            yield 2
        except GeneratorExit:
            pass
        yield 3


def named(name):
    held = Named(name)
    try:
        yield 1
    except ValueError as error:
        try:
            yield 2
        except GeneratorExit:
            pass
        yield 3


def within_another(name):
    held = Named(name)
    try:
        yield 1
    except ValueError:
        try:
            yield 2
        except GeneratorExit:
            yield 3


# What the frame handles is not held by the frame; what it handled before that is, and what a variable names.
gc.collect()
for make in (in_a_handler, out_of_the_handler, in_finally, coroutine, after_another, named, within_another):
    print(make.__name__)
    made = make("what it held")
    made.send(None)
    if make in (after_another, named, within_another):
        made.throw(ValueError())
    del made
    print("dropped")
    print("collected", gc.collect() > 0)

print("closed by hand")
made = in_a_handler("what it held")
next(made)
try:
    made.close()
except RuntimeError as error:
    print(error, made.gi_suspended)
del made
print("collected", gc.collect() > 0)

print("what it handles is dropped where it goes on")


class Steps:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def close(self):
        raise KeyError("closing")

    def __del__(self):
        print("steps dropped, handling", repr(sys.exception()))


def delegating():
    try:
        raise ValueError(1)
    except ValueError:
        try:
            yield from Steps()
        except KeyError as error:
            print("handling", repr(sys.exception()))
            yield 2


made = delegating()
next(made)
try:
    made.close()
except RuntimeError as error:
    print(error)
del made
gc.collect()

print("the frame of what closing called has that of whoever closed")


class Kept:
    def __del__(self):
        print("kept goes")


def refuses():
    try:
        yield from Steps()
    except KeyError:
        yield 2


def closer():
    held = Kept()
    made = refuses()
    next(made)
    try:
        made.close()
    except RuntimeError as error:
        print(error)


closer()
print("back from the closer")
gc.collect()

print("in a cycle of exceptions, a tuple has it as well: the frame is found by the next collection")


class Numbered:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print(self.number, "goes")


def yields_at_its_end():
    try:
        yield 0
    finally:
        for _ in Numbered(1), Numbered(2):
            yield 1


def by_argument(suspended):
    error = KeyError(suspended)
    error.__context__ = ValueError(error)


def by_variable(suspended):
    try:
        raise KeyError(suspended)
    except KeyError as error:
        kept = error
        print("kept", type(kept).__name__)


for cycle in by_argument, by_variable:
    made = yields_at_its_end()
    next(made)
    cycle(made)
    del made
    for number in 1, 2:
        print("collection", number)
        gc.collect()
