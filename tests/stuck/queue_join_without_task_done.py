import asyncio


async def consumes(queue):
    for _ in range(2):
        await queue.get()
    queue.task_done()


async def main():
    queue = asyncio.Queue()
    consumer = asyncio.create_task(consumes(queue))
    await queue.put(1)
    await queue.put(2)
    await queue.join()


asyncio.run(main())
