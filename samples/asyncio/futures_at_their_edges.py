"""Futures that were never initialized, attributes that cannot go, and the old way to throw into an iterator."""

import asyncio
import warnings


def tried(what, call):
    try:
        print(f"{what}: {call()!r}")
    except BaseException as failure:
        print(f"{what}: {type(failure).__name__}: {failure}")


async def quick():
    return 5


class Counting(asyncio.Future):
    """Has its own way to be waited for."""

    asked = 0

    def add_done_callback(self, *args, **kwargs):
        self.asked += 1
        super().add_done_callback(*args, **kwargs)


class Outsider:
    """A task of a class of the program's own."""

    def __init__(self, loop):
        self._loop = loop

    def done(self):
        return False


def uninitialized():
    future = asyncio.Future.__new__(asyncio.Future)
    for name in "done", "cancelled", "result", "exception", "cancel", "get_loop", "__repr__", "__await__":
        tried(name, getattr(future, name))
    tried("set_result", lambda: future.set_result(1))
    tried("set_exception", lambda: future.set_exception(ValueError()))
    tried("add_done_callback", lambda: future.add_done_callback(print))
    tried("remove_done_callback", lambda: future.remove_done_callback(print))
    for name in "_state", "_callbacks", "_result", "_exception", "_log_traceback", "_loop", "_cancel_message":
        tried(name, lambda: getattr(future, name))
    task = asyncio.Task.__new__(asyncio.Task)
    for name in "done", "result", "cancel", "cancelling", "get_name", "get_coro", "get_stack", "__repr__":
        tried(f"task {name}", getattr(task, name))


def thrown():
    loop = asyncio.get_running_loop()
    traceback = None
    try:
        raise KeyError
    except KeyError as error:
        traceback = error.__traceback__
    for given in [
        (ValueError,), (ValueError("a"),), (ValueError, ValueError("b"), None), (ValueError, "c"), (ValueError, ("d", "e")),
        (ValueError("f"), "g"), (ValueError("h"), None, None), (ValueError, None, 32), (int,), (1,),
        (ValueError, "i", traceback),
    ]:
        waiting = iter(loop.create_future())
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            tried(f"throw {len(given)}", lambda: waiting.throw(*given))
        print([str(each.message) for each in told])


async def main():
    uninitialized()
    loop = asyncio.get_running_loop()
    future, task = loop.create_future(), asyncio.current_task()
    for name in "_asyncio_future_blocking", "_log_traceback", "_cancel_message":
        tried(f"del {name}", lambda: delattr(future, name))
    tried("del _log_destroy_pending", lambda: delattr(task, "_log_destroy_pending"))
    thrown()

    eager = asyncio.Task(quick(), loop=loop, eager_start=True)
    print(eager.get_coro(), eager.result(), eager)

    future = Counting(loop=loop)
    waiting = [asyncio.create_task(asyncio.wait_for(future, None)) for _ in range(2)]
    await asyncio.sleep(0)
    print(future.asked)
    future.set_result("done")
    print(await asyncio.gather(*waiting))

    outsider = Outsider(loop)
    asyncio._register_task(outsider)
    print(outsider in asyncio.all_tasks(), len(asyncio.all_tasks()))
    asyncio._unregister_task(outsider)
    print(outsider in asyncio.all_tasks(), len(asyncio.all_tasks()))


asyncio.run(main())


# What a class of its own says the result is, is asked for before whoever awaits goes on.
class Watched(asyncio.Future):
    def result(self):
        print("result() is asked for")
        if self.refuses:
            raise KeyError("refused")
        return super().result()


async def awaits(future):
    try:
        return await future
    except KeyError as error:
        return repr(error)


async def watched():
    for refuses in False, True:
        future = Watched()
        future.refuses = refuses
        task = asyncio.create_task(awaits(future))
        await asyncio.sleep(0)
        future.set_result("result")
        print(await task)


asyncio.run(watched())


# A future of itself, and one of another that is of the first.
async def circles():
    loop = asyncio.get_running_loop()
    first, second = loop.create_future(), loop.create_future()
    first.set_result(first)
    print(first)
    first, second = loop.create_future(), loop.create_future()
    first.set_result(second)
    second.set_result(first)
    print(first)


asyncio.run(circles())
