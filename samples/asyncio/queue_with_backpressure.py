"""A queue with room for two items holds its producer back; shut down, it gives what is left."""
import asyncio


async def producer(queue):
    for item in range(4):
        await queue.put(item)
        print("put", item, queue.qsize())
    queue.shutdown()


async def consumer(queue):
    try:
        while True:
            print("got", await queue.get())
            queue.task_done()
    except asyncio.QueueShutDown:
        print("shut down")


async def main():
    queue = asyncio.Queue(2)
    await asyncio.gather(producer(queue), consumer(queue))
    await queue.join()
    for kind in asyncio.PriorityQueue, asyncio.LifoQueue:
        queue = kind()
        for item in 3, 1, 2:
            queue.put_nowait(item)
        print(kind.__name__, [queue.get_nowait() for _ in range(3)])
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as error:
        print(repr(error))
    print(queue)


asyncio.run(main())
