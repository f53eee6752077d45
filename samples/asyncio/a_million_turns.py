"""However often tasks take turns and callbacks call for callbacks, nothing grows deep."""
import asyncio


async def count(n):
    for _ in range(n):
        await asyncio.sleep(0)
    return n


async def deep(n):
    return 0 if n == 0 else 1 + await asyncio.create_task(deep(n - 1))


async def main():
    print(sum(await asyncio.gather(*[count(100) for _ in range(200)])))
    print(await deep(3000))
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def again(n):
        loop.call_soon(again, n - 1) if n else done.set()

    again(20000)
    await done.wait()


asyncio.run(main())
