"""repr() of tasks and futures says where they stand."""
import asyncio


async def wait(future):
    return await future


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(wait(future))
    print(task)
    await asyncio.sleep(0)
    print(task)
    print(future)
    task.cancel()
    print(task)
    await asyncio.wait([task])
    print(task)
    done = asyncio.create_task(asyncio.sleep(0, "x" * 100), name="a name")
    await done
    print(str(done).partition(" coro")[0], str(done).partition("result=")[2])
    failed = asyncio.create_task(wait(asyncio.gather(fails())))
    await asyncio.wait([failed])
    print(failed)
    print(failed.get_coro().__name__, failed.get_stack())
    future = loop.create_future()
    waiting = asyncio.create_task(wait(future), name=5)
    await asyncio.sleep(0)
    print(repr(waiting.get_name()), [frame.f_code.co_name for frame in waiting.get_stack()])
    waiting.print_stack()
    future.set_result(None)
    print(asyncio.all_tasks() == {waiting, asyncio.current_task()})


async def fails():
    raise ValueError("no")


asyncio.run(main())
