"""Tasks take turns in the order in which they became ready."""
import asyncio


async def worker(name, steps):
    for step in range(steps):
        print(name, step)
        await asyncio.sleep(0)
    return name * steps


async def main():
    print(await asyncio.gather(worker("a", 3), worker("b", 1), worker("c", 2)))
    print(await asyncio.gather(worker("d", 1), asyncio.sleep(0, "slept"), return_exceptions=True))
    print(await asyncio.gather())
    # One that is cancelled says what the last of its children says.
    for last in 0, 1:
        children = asyncio.sleep(1), asyncio.sleep(last)
        both = asyncio.gather(*children, return_exceptions=True)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print(both.cancel("why"))
        try:
            await both
        except asyncio.CancelledError as error:
            print(repr(error))


asyncio.run(main())
