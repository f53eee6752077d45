# oracle: 3.13
"""Functions in threads, awaited; and a loop that is spoken to from other threads."""

import asyncio
import contextvars
import threading
import time

who = contextvars.ContextVar("who")


def slow(n):
    time.sleep(0.02)
    return n * n


async def double(n):
    await asyncio.sleep(0)
    return 2 * n


async def main():
    loop = asyncio.get_running_loop()
    who.set("main")
    print(await asyncio.gather(*(asyncio.to_thread(slow, n) for n in range(5))))
    print(await asyncio.to_thread(who.get))
    print(await loop.run_in_executor(None, sum, [1, 2, 3]))
    try:
        await asyncio.to_thread(int, "x")
    except ValueError as error:
        print(error)

    def outside():
        print(asyncio.run_coroutine_threadsafe(double(21), loop).result(5))
        event_loop_is_there = True
        try:
            asyncio.get_running_loop()
        except RuntimeError as error:
            event_loop_is_there = False
            print(error)
        loop.call_soon_threadsafe(done.set)

    done = asyncio.Event()
    thread = threading.Thread(target=outside)
    thread.start()
    await done.wait()
    thread.join()
    # While a thread works, the loop goes on.
    work = asyncio.create_task(asyncio.to_thread(time.sleep, 0.05))
    ticks = 0
    while not work.done():
        await asyncio.sleep(0.01)
        ticks += 1
    print(ticks >= 3)


asyncio.run(main())
print(threading.active_count())
