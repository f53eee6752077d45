"""How much memory a task of asyncio takes that waits, one of COUNT: task_memory.py future|lock|sleep|queue|event [COUNT]."""

import asyncio
import sys


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


async def for_future(futures):
    await futures.pop()


async def for_lock(lock):
    async with lock:
        pass


async def for_time(_):
    await asyncio.sleep(1000)


async def for_item(queue):
    await queue.get()


async def for_event(event):
    await event.wait()


async def main(what, count):
    wait, shared = {
        "future": (for_future, []), "lock": (for_lock, asyncio.Lock()), "sleep": (for_time, None),
        "queue": (for_item, asyncio.Queue()), "event": (for_event, asyncio.Event()),
    }[what]
    loop = asyncio.get_running_loop()
    if what == "future":
        shared.extend([loop.create_future()] * count)
    elif what == "lock":
        await shared.acquire()
    tasks = [None] * count
    before = resident()
    for number in range(count):
        tasks[number] = asyncio.create_task(wait(shared))
    # All of them wait after one turn; after another the loop has given back what its queue took.
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(f"{what:>7} {(resident() - before) / count:>6.0f} bytes", flush=True)
    # Their end is of no interest.
    import os

    os.kill(os.getpid(), 9)


asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000))
