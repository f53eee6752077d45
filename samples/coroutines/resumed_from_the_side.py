"""What another awaits is resumed from the side, at every depth, by `send`, `throw` and `close`."""
import contextlib
import sys


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


@contextlib.asynccontextmanager
async def scene():
    await Pause("entering")
    yield "scene"


async def items():
    await Pause("before an item")
    yield 1


async def in_a_scene():
    async with scene():
        print("in the scene")


async def takes_an_item():
    await anext(items())


async def takes_all_items():
    async for item in items():
        print("item", item)


async def pauses():
    await Pause("here")


async def further_in():
    await pauses()


async def inner(what):
    try:
        await what()
    finally:
        print("finally", repr(sys.exception()))


async def outer(target):
    return await target


def attempt(function, *args):
    try:
        print("gave", function(*args))
    except BaseException as error:
        print(repr(error))


for what in (in_a_scene, takes_an_item, takes_all_items, pauses, further_in):
    for depth in (1, 3):
        for how, *given in (("throw", KeyError("thrown")), ("send", None), ("close",)):
            print(what.__name__, depth, how)
            target = inner(what)
            chain = target
            for _ in range(depth):
                chain = outer(chain)
            attempt(chain.send, None)
            attempt(getattr(target, how), *given)
            attempt(chain.send, None)
            attempt(chain.send, None)


def generator():
    try:
        yield from [1, 2]
        yield from delegate()
    finally:
        print("finally", repr(sys.exception()))


def delegate():
    yield 3
    yield 4


def through(target):
    got = yield from target
    yield got


for depth in (1, 3):
    for steps in (1, 3):
        target = generator()
        chain = target
        for _ in range(depth):
            chain = through(chain)
        for _ in range(steps):
            next(chain)
        attempt(target.throw, KeyError("thrown"))
        attempt(next, chain)
        attempt(next, chain)
