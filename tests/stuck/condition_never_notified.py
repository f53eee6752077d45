import asyncio


async def waits(condition):
    async with condition:
        await condition.wait()


async def main():
    await asyncio.create_task(waits(asyncio.Condition()), name="waits")


asyncio.run(main())
