# oracle: 3.13
# A coroutine that another thread submitted is cancelled from inside: the thread is told.

import asyncio
import concurrent.futures


async def cancels_itself():
    asyncio.current_task().cancel()
    await asyncio.sleep(0)


async def never():
    await asyncio.get_running_loop().create_future()


def submit(loop):
    future = asyncio.run_coroutine_threadsafe(cancels_itself(), loop)
    try:
        future.result()
    except concurrent.futures.CancelledError:
        print("told", future.cancelled(), future.done())
    future = asyncio.run_coroutine_threadsafe(never(), loop)
    print(future.cancel(), future.cancelled())


async def main():
    await asyncio.to_thread(submit, asyncio.get_running_loop())
    await asyncio.sleep(0.01)
    print(len(asyncio.all_tasks()))


asyncio.run(main())
