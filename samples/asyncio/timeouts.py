"""Blocks and calls that may take only so long."""
import asyncio


async def main():
    try:
        async with asyncio.timeout(0.01) as limit:
            print(limit.expired())
            await asyncio.sleep(10)
    except TimeoutError as error:
        print(repr(error), repr(error.__cause__), limit.expired(), limit)
    async with asyncio.timeout(10) as limit:
        await asyncio.sleep(0)
    print(limit, limit.expired())
    async with asyncio.timeout(None) as limit:
        limit.reschedule(asyncio.get_running_loop().time() + 10)
        print(limit.when() > 0)
    try:
        limit.reschedule(None)
    except RuntimeError as error:
        print(error)
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except TimeoutError as error:
        print("wait_for:", repr(error))
    print(await asyncio.wait_for(asyncio.sleep(0, "in time"), 10))
    try:
        async with asyncio.timeout(0.01):
            try:
                await asyncio.sleep(10)
            finally:
                raise ValueError("while it was cancelled")
    except ValueError as error:
        print(repr(error), repr(error.__context__), repr(error.__context__.__context__))
    done, pending = await asyncio.wait(
        [asyncio.create_task(asyncio.sleep(0.001, "short")), asyncio.create_task(asyncio.sleep(10))], timeout=0.02
    )
    print([task.result() for task in done], len(pending))


asyncio.run(main())
