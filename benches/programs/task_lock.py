"""A lock of asyncio goes round among TASKS tasks, HANDOVERS times: task_lock.py TASKS HANDOVERS."""

import asyncio
import sys


async def taker(lock, count):
    for _ in range(count):
        async with lock:
            # While it is held the others queue up for it.
            await asyncio.sleep(0)


async def main(tasks, handovers):
    lock = asyncio.Lock()
    await asyncio.gather(*[taker(lock, handovers // tasks) for _ in range(tasks)])
    print(handovers)


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
