import asyncio


async def asks(future):
    return await future


async def main():
    await asks(asyncio.get_running_loop().create_future())


asyncio.run(main())
