"""staggered_race begins one attempt after the other until one succeeds."""

import asyncio
from asyncio.staggered import staggered_race


async def arrives(seconds, what):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print("too late:", what)
        raise
    return what


async def fails(seconds, what):
    await asyncio.sleep(seconds)
    raise ValueError(what)


async def main():
    for delay, attempts in [
        (0.02, [lambda: arrives(0.2, 1), lambda: arrives(0.001, 2), lambda: arrives(0, 3)]),
        (None, [lambda: fails(0.01, 1), lambda: arrives(0.01, 2), lambda: arrives(0, 3)]),
        (0.02, [lambda: fails(0.1, 1), lambda: fails(0.001, 2)]),
        (None, [lambda: arrives(0, "at once")]),
        (None, []),
    ]:
        print(await staggered_race(attempts, delay))


asyncio.run(main())
