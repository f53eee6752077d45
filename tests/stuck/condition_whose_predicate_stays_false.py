import asyncio


async def main():
    condition, items = asyncio.Condition(), []

    async def waits():
        async with condition:
            await condition.wait_for(lambda: len(items) == 2)

    task = asyncio.create_task(waits(), name="waits")
    await asyncio.sleep(0)
    async with condition:
        items.append(1)
        condition.notify_all()
    await task


asyncio.run(main())
