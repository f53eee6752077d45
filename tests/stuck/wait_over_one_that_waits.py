import asyncio


async def never(event):
    await event.wait()


async def main():
    tasks = [asyncio.create_task(never(asyncio.Event()), name=name) for name in ("a", "b")]
    await asyncio.wait(tasks)


asyncio.run(main())
