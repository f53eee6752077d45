import asyncio

async def worker(name, first, second):
    async with first:
        await asyncio.sleep(0.01)
        async with second:
            print(name, "has both")

async def main():
    a, b, c = asyncio.Lock(), asyncio.Lock(), asyncio.Lock()
    async with asyncio.TaskGroup() as tg:
        tg.create_task(worker("one", a, b), name="one")
        tg.create_task(worker("two", b, c), name="two")
        tg.create_task(worker("three", c, a), name="three")

asyncio.run(main())
