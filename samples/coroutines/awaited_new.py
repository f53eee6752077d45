"""Coroutines awaited as soon as they are made, and async generators gone through: in handlers, on the way out, too deep."""

import sys


def run(coroutine):
    try:
        while True:
            print("  waits for", coroutine.send(None))
    except StopIteration as stop:
        return stop.value


class Pause:
    def __init__(self, name):
        self.name = name

    def __await__(self):
        got = yield self.name
        return got


async def answer(value, *, fails=None):
    print("  handling", repr(sys.exception()))
    if fails:
        raise fails
    return value


async def waits(name):
    await Pause(name)
    return name


async def items(*names):
    try:
        for name in names:
            if name.startswith("w"):
                await Pause(name)
            got = yield name
            print("  handed", got, repr(sys.exception()))
    finally:
        print("  items over")


async def in_handler():
    try:
        raise ValueError("first")
    except ValueError:
        print(await answer(1))
        print(await waits("w1"))
        print(repr(sys.exception()))
        try:
            await answer(2, fails=KeyError("second"))
        except KeyError as error:
            print(repr(error), repr(error.__context__))
            async for item in items("a", "w2", "b"):
                print(item, repr(sys.exception()))
        print(repr(sys.exception()))
    finally:
        print(await answer("finally"), repr(sys.exception()))
    return [await answer(n) async for n in items("c", "d")]


async def leaves():
    async for item in items("e", "f"):
        print(item)
        break
    async for item in items("g", "h"):
        if item == "h":
            return item


async def through():
    try:
        async for item in items("i", "w3", "j"):
            raise LookupError(item)
    except LookupError as error:
        return repr(error)


async def deeper(n):
    return 1 + await deeper(n - 1) if n else 0


async def endless(n):
    return await endless(n + 1)


async def too_deep():
    try:
        await endless(0)
    except RecursionError as error:
        return str(error).startswith("maximum recursion depth exceeded")


async def twice():
    made = answer("once")
    print(await made)
    try:
        await made
    except RuntimeError as error:
        print(error)
    made = waits("w4")
    print(made.send(None))
    try:
        await made
    except BaseException as error:
        print(repr(error))


async def thrown_into():
    try:
        await waits("w5")
    except OSError as error:
        trace = error.__traceback__
        names = []
        while trace:
            names.append(trace.tb_frame.f_code.co_name)
            trace = trace.tb_next
        print(names)
        return await answer(repr(error))


async def several():
    return (await answer(1), [await answer(2), await waits("w6")], {await answer("k"): await answer("v")}, -(await answer(3)))


for main in in_handler, leaves, through, too_deep, twice, several:
    print(main.__name__)
    print("->", run(main()))
print(run(deeper(150)))
main = thrown_into()
print(main.send(None))
try:
    main.throw(OSError("lost"))
except StopIteration as stop:
    print(stop.value)
