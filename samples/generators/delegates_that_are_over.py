# What is thrown into a delegator whose delegate is over already, and adaptors that are asked again by what they call.
from itertools import groupby


def finished_delegate():
    def inner():
        yield 1
        yield 2

    return inner()


def outer(delegate):
    try:
        print("result", (yield from delegate))
    except BaseException as error:
        print("raised", repr(error))
    yield "went on"


for thrown in (StopIteration(7), StopIteration, KeyError(8), GeneratorExit()):
    delegate = finished_delegate()
    generator = outer(delegate)
    next(generator)
    list(delegate)
    try:
        print(repr(thrown), "gave", generator.throw(thrown))
    except BaseException as error:
        print(repr(thrown), "came out as", repr(error))


async def awaited():
    await Once()


class Once:
    def __await__(self):
        yield 1


async def waiter(coroutine):
    try:
        print("result", await coroutine)
    except BaseException as error:
        print("raised", repr(error))


for thrown in (StopIteration(7), KeyError(8)):
    inner = awaited()
    coroutine = waiter(inner)
    coroutine.send(None)
    try:
        inner.throw(ZeroDivisionError)
    except ZeroDivisionError:
        pass
    try:
        coroutine.throw(thrown)
    except BaseException as error:
        print(repr(thrown), "came out as", repr(error))


# An iterator over calls that its own function exhausts: list, tuple, sum, unpacking.
for take in (list, tuple, sum, lambda it: [*it], any, sorted, lambda it: max(it, default=None)):
    inside = False

    def call():
        global inside
        if inside:
            return 0
        inside = True
        print("inside", take(iterator))
        return 5

    iterator = iter(call, 0)
    print("outside", next(iterator, "nothing"))


def key(number):
    if number == 5:
        print("the group's rest", list(group))
    return number != 6


for number, group in groupby(range(10), key):
    print(number, list(group))


# Exception classes without arguments are made where they are thrown.
class Own(Exception):
    def __init__(self):
        super().__init__("own")


def catcher():
    while True:
        try:
            yield
        except Exception as error:
            print("caught", repr(error), error.__context__)


generator = catcher()
next(generator)
for cls in (ValueError, KeyError, Own, OSError, UnicodeDecodeError, SystemError, StopIteration, ImportError):
    generator.throw(cls)
