import asyncio


async def forgotten():
    print("never")


async def main():
    forgotten()
    await asyncio.sleep(0)
    print("over")


asyncio.run(main())
