"""What `anext` with a default gives has no state of its own: it asks what it waits for, each time."""
import warnings

warnings.showwarning = lambda message, category, *where: print("  warning:", category.__name__, message)


def attempt(function, *args):
    try:
        print("gave", function(*args))
    except BaseException as error:
        print(type(error).__name__, error.args)


class Pause:
    def __await__(self):
        got = yield "pause"
        print("got", got)


async def empty():
    return
    yield


async def some():
    yield 5
    await Pause()


class Through:
    def __init__(self, make):
        self.make = make

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.make()


class Awaitable:
    def __init__(self, iterator):
        self.iterator = iterator

    def __await__(self):
        return self.iterator


async def stops():
    raise StopAsyncIteration("stops")


print("at the end")
step = anext(empty(), "default")
print(type(step), step.__await__() is step, iter(step) is step)
attempt(step.send, None)
attempt(step.send, None)
attempt(next, step)

print("items and pauses")
generator = some()
step = anext(generator, "default")
attempt(step.send, None)
attempt(step.send, None)
step = anext(generator, "default")
attempt(step.send, None)
attempt(step.send, 3)
attempt(step.send, 3)

print("closed and thrown into")
step = anext(some(), "default")
attempt(step.close)
attempt(step.send, None)
step = anext(some(), "default")
attempt(step.throw, KeyError(1))
attempt(step.send, None)

print("never awaited")
step = anext(some(), "default")
del step

print("of other iterators")
step = anext(Through(stops), "default")
attempt(step.send, None)
attempt(step.send, None)
for make in (
    lambda: 1,
    lambda: iter([1]),
    lambda: Awaitable(iter([1, 2])),
    lambda: Awaitable(3),
):
    step = anext(Through(make), "default")
    attempt(step.send, None)
    attempt(next, step)
    attempt(step.throw, ValueError(1))
    attempt(step.close)


async def awaits_twice():
    step = anext(Through(stops), 7)
    print(await step)
    print(await step)


attempt(awaits_twice().send, None)


async def awaits_no_coroutine():
    await map(str, [])


attempt(awaits_no_coroutine().send, None)
