import asyncio


async def takes(lock):
    await lock.acquire()


async def main():
    lock = asyncio.Lock()
    await asyncio.create_task(takes(lock), name="taker")
    async with lock:
        print("never")


asyncio.run(main())
