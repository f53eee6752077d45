import asyncio


async def arrives(barrier):
    await barrier.wait()


async def main():
    barrier = asyncio.Barrier(3)
    await asyncio.gather(arrives(barrier), arrives(barrier))


asyncio.run(main())
