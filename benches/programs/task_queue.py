"""COUNT items go through an asyncio.Queue with room for ROOM: task_queue.py COUNT ROOM."""

import asyncio
import sys


async def producer(queue, count):
    for number in range(count):
        await queue.put(number)


async def consumer(queue, count):
    total = 0
    for _ in range(count):
        total += await queue.get()
    return total


async def main(count, room):
    queue = asyncio.Queue(room)
    print((await asyncio.gather(producer(queue, count), consumer(queue, count)))[1])


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
