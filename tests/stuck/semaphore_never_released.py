import asyncio


async def works(semaphore, number):
    await semaphore.acquire()
    print("works", number)


async def main():
    semaphore = asyncio.Semaphore(2)
    await asyncio.gather(*[works(semaphore, number) for number in range(3)])


asyncio.run(main())
