import asyncio


async def ends():
    return 1


async def never():
    await asyncio.Event().wait()


async def main():
    print(await asyncio.gather(ends(), never(), asyncio.get_running_loop().create_future()))


asyncio.run(main())
