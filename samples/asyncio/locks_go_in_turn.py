"""Locks, semaphores, conditions, events and barriers: who waits longest goes first."""
import asyncio


async def main():
    lock, log = asyncio.Lock(), []

    async def enter(name):
        async with lock:
            log.append(name)
            await asyncio.sleep(0)

    await asyncio.gather(*[enter(name) for name in "abcd"])
    print(log, str(lock)[-10:])

    semaphore, inside = asyncio.Semaphore(2), []

    async def limited(name):
        async with semaphore:
            inside.append(name)
            print("inside:", *inside)
            await asyncio.sleep(0)
            inside.remove(name)

    await asyncio.gather(*[limited(name) for name in "abcde"])

    event, condition = asyncio.Event(), asyncio.Condition()

    async def wait_for_both(name):
        await event.wait()
        async with condition:
            await condition.wait()
            print(name, "was notified")

    tasks = [asyncio.create_task(wait_for_both(name)) for name in "abc"]
    await asyncio.sleep(0)
    event.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    async with condition:
        condition.notify(2)
        print("notified two")
    await asyncio.sleep(0.001)
    async with condition:
        condition.notify_all()
    await asyncio.gather(*tasks)

    barrier = asyncio.Barrier(3)
    print(sorted(await asyncio.gather(*[barrier.wait() for _ in range(3)])), barrier.n_waiting)

    try:
        lock.release()
    except RuntimeError as error:
        print(error)
    try:
        asyncio.BoundedSemaphore(1).release()
    except ValueError as error:
        print(error)


asyncio.run(main())
