"""What `throw` says of its arguments, in which order, and which traceback it leaves."""
import types
import warnings

warnings.showwarning = lambda message, category, *where: print("  warning:", category.__name__, message)
warnings.simplefilter("always")


def attempt(function, *args):
    try:
        print("gave", function(*args))
    except BaseException as error:
        print(type(error).__name__, error.args, "in", repr(error.__context__))


def counter():
    yield 1


async def coroutine():
    pass


async def acounter():
    yield 1


class Odd(Exception):
    def __new__(cls, *args):
        return object()


for arguments in (
    (ValueError, None, 1),
    (ValueError, ValueError(2), 1),
    (1, None, 1),
    (ValueError(1), 2, 1),
    (ValueError(1), 2),
    (ValueError, (1, 2)),
    (ValueError, ValueError("ready")),
    (ValueError, KeyError("other")),
    (1,),
    (int,),
    (Odd,),
    (None,),
):
    print(arguments)
    attempt(counter().throw, *arguments)
    over = coroutine()
    over.close()
    attempt(over.throw, *arguments)
    step = acounter().asend(None)
    attempt(step.throw, *arguments)
    attempt(step.throw, *arguments)
    if len(arguments) == 1:
        attempt(acounter().athrow(*arguments).send, None)

attempt(counter().throw)
attempt(counter().throw, 1, 2, 3, 4)

try:
    raise LookupError
except LookupError as error:
    traceback = error.__traceback__


def lines(error):
    places = []
    traceback = error.__traceback__
    while traceback is not None:
        places.append((traceback.tb_lineno, traceback.tb_frame.f_code.co_name))
        traceback = traceback.tb_next
    return places


for arguments in ((ValueError, None, traceback), (ValueError, ValueError(1), traceback), (ValueError(1), None, traceback)):
    for begun in (False, True):
        generator = counter()
        if begun:
            next(generator)
        try:
            generator.throw(*arguments)
        except ValueError as error:
            print(lines(error))


def delegator(inner):
    try:
        yield from inner
    except TypeError as error:
        print("at the delegation:", error)
    yield "after"


async def awaiter(inner):
    try:
        await inner
    except TypeError as error:
        print("at the await:", error)
    return "after"


inner = counter()
outer = delegator(delegator(inner))
next(outer)
attempt(outer.throw, 1)
print(list(outer), list(inner))
outer = delegator(iter([1, 2]))
next(outer)
attempt(outer.throw, 1)
print(list(outer))


class Pause:
    def __await__(self):
        yield "pause"


async def pauses():
    await Pause()
    yield 1


step = pauses().asend(None)
outer = awaiter(step)
outer.send(None)
attempt(outer.throw, int)
attempt(step.send, None)

# A body that never began makes nothing else of a StopIteration: who awaits the step takes it for its end.
attempt(acounter().athrow(StopIteration(5)).send, None)
attempt(awaiter(acounter().athrow(StopIteration(5))).send, None)
attempt(counter().throw, StopIteration(5))
