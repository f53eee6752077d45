# A coroutine is copied at each of its suspensions, in whatever it awaits: the copy and the original come to the same.
import asyncio
from copy import copy, deepcopy

events = []


class Pause:
    def __await__(self):
        return (yield "pause")


class Wrapped:
    def __await__(self):
        return leaf("wrapped").__await__()


class Room:
    def __enter__(self):
        events.append("in")

    def __exit__(self, *error):
        events.append("out")

    async def __aenter__(self):
        return await Pause()

    async def __aexit__(self, *error):
        number = await Pause()
        events.append(number)


async def leaf(name):
    with Room():
        return name, await Pause(), await Pause()


async def items():
    yield "item"
    yield await Pause()
    try:
        yield await Pause()
    finally:
        await Pause()


async def stem():
    found = []
    async for item in items():
        found.append(item)
    found.append(await leaf("leaf"))
    found.append(await Wrapped())
    async with Room() as room:
        found.append((room, await Pause()))
    found += [item async for item in items()]
    more = items()
    found.append(await anext(more))
    found.append(await anext(more, None))
    found.append(await more.asend(1))
    await more.aclose()
    found.append(await anext(more, "default"))
    try:
        raise KeyError
    except KeyError as error:
        found.append((await Pause(), repr(error)))
    return found


def finish(coroutine, number):
    while True:
        try:
            coroutine.send(number)
        except StopIteration as stop:
            return stop.value
        number += 1


def after(steps):
    coroutine = stem()
    for number in range(steps):
        coroutine.send(number or None)
    return coroutine


steps = 1
while True:
    try:
        originals = after(steps), after(steps)
    except StopIteration:
        break
    for original, duplicate in zip(originals, (copy, deepcopy)):
        other = duplicate(original)
        begun = len(events)
        second = finish(other, 100)
        heard = events[begun:]
        first = finish(original, 100)
        if (first, events[begun + len(heard):]) != (second, heard):
            print(steps, duplicate.__name__, first, second)
    steps += 1
print(steps, "suspensions")


async def runs():
    try:
        copy(me)
    except ValueError as error:
        return str(error)


me = runs()
try:
    me.send(None)
except StopIteration as stop:
    print(stop.value)


async def generates():
    try:
        copy(generator)
    except ValueError as error:
        yield str(error)


async def collects():
    return [item async for item in generator]


generator = generates()
try:
    collects().send(None)
except StopIteration as stop:
    print(stop.value)

begun = leaf("dropped")
begun.send(None)
for duplicate in copy, deepcopy:
    other = duplicate(begun)
    other.close()
begun.close()
print(events[-4:])


# What a task waits for both wait for.
async def waits(future):
    return "got", await future


async def main():
    future = asyncio.get_running_loop().create_future()
    original = waits(future)
    original.send(None)
    other = copy(original)
    future.set_result(7)
    for coroutine in original, other:
        try:
            coroutine.send(None)
        except StopIteration as stop:
            print(stop.value)


asyncio.run(main())
print("all")
