"""Breakfast: a generator, three tasks, a timer that comes too early. The pictures in the README are made of it."""

import asyncio


def crumbs(slices):
    for n in range(slices):
        swept = yield f"crumb {n}"
        if swept:
            print("swept:", swept)


async def toast(slices):
    await asyncio.sleep(0.3)
    floor = crumbs(slices)
    next(floor)
    floor.send("with a broom")
    return f"{slices} slices"


async def coffee(ready):
    await asyncio.sleep(0.2)
    ready.set()
    return "coffee"


async def breakfast():
    ready = asyncio.Event()
    cup = asyncio.create_task(coffee(ready), name="coffee")
    bread = asyncio.create_task(toast(2), name="toast")
    await ready.wait()
    try:
        async with asyncio.timeout(0.05):
            await asyncio.shield(bread)
    except TimeoutError:
        print("no patience")
    print(await asyncio.gather(cup, bread))


asyncio.run(breakfast())
