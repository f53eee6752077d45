import asyncio


async def slow():
    await asyncio.Event().wait()


async def main():
    await asyncio.wait_for(slow(), None)


asyncio.run(main())
