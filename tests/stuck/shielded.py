import asyncio


async def slow():
    await asyncio.get_running_loop().create_future()


async def main():
    await asyncio.shield(asyncio.create_task(slow(), name="slow"))


asyncio.run(main())
