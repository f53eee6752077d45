import asyncio


async def waits(tasks, other):
    await asyncio.sleep(0)
    await tasks[other]


async def main():
    tasks = {}
    for name, other in ("a", "b"), ("b", "c"), ("c", "a"):
        tasks[name] = asyncio.create_task(waits(tasks, other), name=name)
    await tasks["a"]


asyncio.run(main())
