"""COUNT tasks of asyncio are made, run and gathered: task_gather.py COUNT."""

import asyncio
import sys


async def one(number):
    return number


async def main(count):
    print(sum(await asyncio.gather(*[one(number) for number in range(count)])))


asyncio.run(main(int(sys.argv[1])))
