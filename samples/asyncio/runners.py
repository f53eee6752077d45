"""Several coroutines in one loop, and what running refuses."""
import asyncio


async def name():
    return asyncio.current_task().get_name()


async def nested():
    try:
        asyncio.run(name())
    except RuntimeError as error:
        print(error)


async def leaves_a_task():
    async def left():
        try:
            await asyncio.sleep(10)
        finally:
            print("cancelled at the end")

    asyncio.create_task(left())
    await asyncio.sleep(0)


async def generator():
    try:
        yield 1
        yield 2
    finally:
        print("generator closed")


async def leaves_a_generator():
    global kept
    kept = generator()
    print(await anext(kept))


import warnings

warnings.simplefilter("ignore")
print(asyncio.run(name()), asyncio.run(name()))
with asyncio.Runner() as runner:
    print(runner.run(name()), runner.run(name()))
    print(runner.get_loop().is_closed())
asyncio.run(nested())
asyncio.run(leaves_a_task())
asyncio.run(leaves_a_generator())
for wrong in (5, None, "text"):
    try:
        asyncio.run(wrong)
    except TypeError as error:
        print(error)
