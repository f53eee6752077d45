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


# A class of its own that wakes whoever waits in its own way.
class Told(asyncio.Queue):
    def _wakeup_next(self, waiters):
        print("wakes", len(waiters))
        super()._wakeup_next(waiters)

    def put_first(self, item):
        """As put_nowait, at the other end."""
        self._queue.appendleft(item)
        self._unfinished_tasks += 1
        self._finished.clear()
        self._wakeup_next(self._getters)


async def told():
    queue = Told(1)
    getter = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    queue.put_first("first")
    print(await getter)
    queue.task_done()
    await queue.put(1)
    putter = asyncio.create_task(queue.put(2))
    await asyncio.sleep(0)
    print(queue.get_nowait(), await putter, queue)
    await asyncio.wait_for(asyncio.gather(queue.join(), finish(queue)), 1)
    queue.shutdown()
    print(queue._is_shutdown)


async def finish(queue):
    queue.task_done()
    queue.task_done()


asyncio.run(told())
