import asyncio


async def waits(event):
    await event.wait()


async def main():
    event = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(waits(event), name="first")
        group.create_task(waits(event), name="second")


asyncio.run(main())
