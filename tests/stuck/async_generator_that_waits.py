import asyncio


async def items(event):
    yield 1
    await event.wait()
    yield 2


async def main():
    async for item in items(asyncio.Event()):
        print(item)


asyncio.run(main())
