import asyncio


async def waits(event):
    await event.wait()


async def main():
    event = asyncio.Event()
    await asyncio.gather(*[waits(event) for _ in range(30)])


asyncio.run(main())
