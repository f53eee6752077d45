"""A future is awaited by several, resolved by hand, and tells those who asked to be told, in order."""
import asyncio


class ByHand:
    def __init__(self, future):
        self.future = future

    def __await__(self):
        print("begins to wait")
        result = yield from self.future
        print("has waited")
        return result + 1


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    print(future, future.done(), future.get_loop() is loop)
    future.add_done_callback(lambda done: print("told first", done.result()))
    waiting = [asyncio.create_task(wait(future, name)) for name in "ab"]
    by_hand = asyncio.create_task(wait(ByHand(future), "c"))
    await asyncio.sleep(0)
    future.add_done_callback(lambda done: print("told last", done.result()))
    loop.call_soon(future.set_result, 41)
    print(await asyncio.gather(*waiting, by_hand))
    print(future)
    for action in (lambda: future.set_result(1), lambda: loop.create_future().result(), future.cancel):
        try:
            print(action())
        except asyncio.InvalidStateError as error:
            print(repr(error))
    failed = loop.create_future()
    failed.set_exception(KeyError)
    print(repr(failed.exception()), failed)
    cancelled = loop.create_future()
    print(cancelled.cancel("why"), cancelled)
    try:
        await cancelled
    except asyncio.CancelledError as error:
        print(repr(error))
    stop = loop.create_future()
    stop.set_exception(StopIteration(1))
    print(repr(stop.exception()))
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        print(str(error).partition("<")[0])


async def wait(awaitable, name):
    result = await awaitable
    print(name, "got", result)
    return result


asyncio.run(main())
