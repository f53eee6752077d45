"""TASKS tasks of asyncio that give each other a turn, SWITCHES times together: task_switch.py TASKS SWITCHES."""

import asyncio
import sys


async def turn(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def main(tasks, switches):
    await asyncio.gather(*[turn(switches // tasks) for _ in range(tasks)])
    print(switches)


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
