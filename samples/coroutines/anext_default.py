"""`anext` with a default, over every kind of awaitable; what cannot be awaited."""
import types


@types.coroutine
def pause(value):
    return (yield value)


class Numbers:
    def __init__(self, count):
        self.count = count

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.count == 0:
            raise StopAsyncIteration
        self.count -= 1
        return await pause(self.count)


class Odd:
    def __init__(self, given):
        self.given = given

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.given


class NoIterator:
    def __await__(self):
        return 42


class Fails:
    def __await__(self):
        raise ZeroDivisionError("await")


def drive(coroutine, *sent):
    try:
        for value in (None, *sent):
            print("  waits for", coroutine.send(value))
    except StopIteration as stop:
        return stop.value
    except Exception as e:
        return f"{type(e).__name__}: {e} | {e.__cause__!r}"


async def ask(iterator, *default):
    return await anext(iterator, *default)


async def loop(iterator):
    async for item in iterator:
        print("  item", item)


print(drive(ask(Numbers(1), "nothing"), 7))
print(drive(ask(Numbers(0), "nothing")))
print(drive(ask(Numbers(0))))
for given in (iter("abc"), NoIterator(), Fails(), 3):
    print(drive(ask(Odd(given), "nothing")))
    print(drive(ask(Odd(given))))
    print(drive(loop(Odd(given))))

step = anext(Numbers(1), "nothing").__await__()
print(step.send(None), type(step).__name__)
try:
    step.throw(StopAsyncIteration)
except StopIteration as stop:
    print(stop.value)


class Room:
    def __aenter__(self):
        return 1

    async def __aexit__(self, *exc_info):
        pass


class Exit(Room):
    async def __aenter__(self):
        pass

    def __aexit__(self, *exc_info):
        return 2


async def enter(room):
    async with room:
        pass


print(drive(enter(Room())))
print(drive(enter(Exit())))
