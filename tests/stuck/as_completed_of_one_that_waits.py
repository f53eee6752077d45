import asyncio


async def never():
    await asyncio.Event().wait()


async def main():
    for first in asyncio.as_completed([never(), asyncio.sleep(0, "done")]):
        print(await first)


asyncio.run(main())
