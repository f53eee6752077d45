"""What a switch between tasks of asyncio costs where there are 10 of them, and where there are a million: task_curve.py [MOST].

What a timer costs, too: each task sleeps for a time of its own.
"""

import asyncio
import sys
import time


async def turn(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def switch(tasks):
    rounds = max(3, 1_000_000 // tasks)
    group = [asyncio.create_task(turn(rounds + 1)) for _ in range(tasks)]
    await asyncio.sleep(0)
    # All have begun, and each has its turn in each round.
    began = time.process_time()
    for _ in range(rounds):
        await asyncio.sleep(0)
    spent = time.process_time() - began
    for task in group:
        await task
    return spent / rounds / (tasks + 1)


async def timer(count):
    loop = asyncio.get_running_loop()
    done, left = loop.create_future(), count

    def goes_off():
        nonlocal left
        left -= 1
        if not left:
            done.set_result(None)

    repeats = max(1, 100_000 // count)
    began = time.process_time()
    for _ in range(repeats):
        done, left, now = loop.create_future(), count, loop.time()
        for number in range(count):
            loop.call_at(now + number * 7919 % count * 1e-9, goes_off)
        await done
    return (time.process_time() - began) / repeats / count


async def main(most):
    print(f"{'tasks':>9} {'switch':>10} {'timer':>10}")
    tasks = 10
    while tasks <= most:
        print(f"{tasks:>9} {await switch(tasks) * 1e9:>7.0f} ns {await timer(tasks) * 1e9:>7.0f} ns", flush=True)
        tasks *= 10


asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
