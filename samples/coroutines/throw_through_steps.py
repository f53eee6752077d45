# What `throw` was given goes on as it was given: through coroutines to the step of an async generator, and from the step
# through the async generator to the iterator it awaits.
import types
import warnings

warnings.showwarning = lambda message, category, *where: print("   ", category.__name__, message)
warnings.simplefilter("always")


class Partner:
    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        return "waiting"

    def throw(self, *given):
        print("   ", "thrown", given)
        return "thrown"


class Plain:
    def __await__(self):
        yield "waiting"


async def items(what):
    await what
    yield 1


async def over_step(what):
    await items(what).__anext__()


async def over_next(what):
    await anext(items(what), "default")


async def over_loop(what):
    async for _ in items(what):
        pass


async def over_throw(what):
    await items(what).athrow(KeyError)


async def deeper(what):
    await over_step(what)


def told(what):
    try:
        print("   ", "gave", what())
    except BaseException as error:
        print("   ", "raised", repr(error))


for make in (over_step, over_next, over_loop, deeper):
    for what in (Partner, Plain):
        for given in ([KeyError(1)], [KeyError], [KeyError, 2], [KeyError, KeyError(3), None], [1], [KeyError(4), 5], [GeneratorExit], [GeneratorExit, 6]):
            print(make.__name__, what.__name__, given)
            coroutine = make(what())
            coroutine.send(None)
            told(lambda: coroutine.throw(*given))
            told(coroutine.close)

generator = items(Partner())
first, second, third = generator.asend(None), generator.asend(None), generator.aclose()
first.send(None)
told(lambda: second.throw(1))
told(lambda: second.throw(1))
told(lambda: third.throw(None))
told(lambda: third.throw(None))
told(lambda: first.throw(KeyError, 7))
told(lambda: first.throw(1))
told(first.close)
