"""COUNT tasks of asyncio sleep for times of their own: task_sleepers.py COUNT."""

import asyncio
import sys


async def nap(seconds):
    await asyncio.sleep(seconds)


async def main(count):
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(nap(0.001 + number * 7919 % count * 1e-7))
    print(count)


asyncio.run(main(int(sys.argv[1])))
