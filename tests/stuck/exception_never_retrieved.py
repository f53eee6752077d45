import asyncio


async def fails():
    raise ValueError("lost")


async def main():
    task = asyncio.create_task(fails(), name="fails")
    await asyncio.sleep(0)
    del task
    future = asyncio.get_running_loop().create_future()
    future.set_exception(KeyError("lost too"))
    del future
    print("over")


asyncio.run(main())
