import asyncio


def on_done(future):
    print("done?", future.done())


async def main():
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    loop.call_soon(on_done, answer)
    await answer


asyncio.run(main())
