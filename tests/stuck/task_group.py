import asyncio


async def child(future):
    await future


async def main():
    future = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        group.create_task(child(future), name="child")


asyncio.run(main())
