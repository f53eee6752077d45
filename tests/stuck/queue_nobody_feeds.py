import asyncio


async def consumes(queue):
    while True:
        print(await queue.get())


async def main():
    queue = asyncio.Queue()
    consumer = asyncio.create_task(consumes(queue), name="consumer")
    await queue.put(1)
    await consumer


asyncio.run(main())
