import asyncio


async def takes(one, other):
    async with one:
        await asyncio.sleep(0)
        async with other:
            print("never")


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(takes(a, b), takes(b, a))


asyncio.run(main())
