# oracle: 3.13
"""Functions in threads, awaited; and a loop that is spoken to from other threads."""

import asyncio
import contextvars
import os
import socket
import threading
import time

who = contextvars.ContextVar("who")


def slow(n):
    time.sleep(0.02)
    return n * n


async def double(n):
    await asyncio.sleep(0)
    return 2 * n


def write_all(fd, data):
    done = 0
    while done < len(data):
        done += os.write(fd, data[done:])
    os.close(fd)
    return done


def count_all(fd):
    count = 0
    while piece := os.read(fd, 65536):
        count += len(piece)
    os.close(fd)
    return count


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
    # It does so, too, while a thread waits for a pipe that the loop writes to only then.
    reading, writing = os.pipe()
    work = asyncio.create_task(asyncio.to_thread(os.read, reading, 100))
    await asyncio.sleep(0.01)
    os.write(writing, b"at last")
    print(await work)
    # More than a pipe holds goes from thread to thread.
    sent = asyncio.create_task(asyncio.to_thread(write_all, writing, b"x" * 300_000))
    print(await asyncio.to_thread(count_all, reading), await sent)
    # Names are asked for by a thread; numbers are not.
    found = await loop.getaddrinfo("localhost", 80, family=socket.AF_INET, type=socket.SOCK_STREAM)
    print(found[0][4])
    print(await loop.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))


asyncio.run(main())
print(threading.active_count())
