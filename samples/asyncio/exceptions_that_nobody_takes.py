"""What is lost is told to the exception handler."""
import asyncio
import sys


def handler(loop, context):
    print(context["message"].partition(" at ")[0], "|", repr(context.get("exception")), "|", sorted(context))


async def fails():
    raise ValueError("nobody looks")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    del task
    await asyncio.sleep(0)
    future = loop.create_future()
    future.set_exception(KeyError("lost"))
    del future
    loop.call_soon(lambda: [].pop())
    await asyncio.sleep(0)
    looked_at = asyncio.create_task(fails())
    await asyncio.wait([looked_at])
    print(repr(looked_at.exception()))
    del looked_at
    waits = loop.create_task(forever(loop.create_future()))
    await asyncio.sleep(0)
    del waits
    print("end")


async def forever(future):
    await future


asyncio.run(main())


# Whoever is told of what a callback raises is told while that is handled.
async def handled():
    loop = asyncio.get_running_loop()

    def handler(loop, context):
        print(repr(sys.exception()), sys.exception() is context["exception"])

    loop.set_exception_handler(handler)
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)


asyncio.run(handled())
