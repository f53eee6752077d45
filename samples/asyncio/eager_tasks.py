"""An eager task begins at once, inside the call that makes it."""
import asyncio


async def quick(n):
    print("quick", n, asyncio.current_task().get_name())
    return n


async def slow(n):
    print("slow", n)
    await asyncio.sleep(0)
    print("slow again", n)
    return n


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    me = asyncio.current_task()
    task = asyncio.create_task(quick(1), name="eager")
    print(task.done(), task.result(), asyncio.current_task() is me)
    task = asyncio.create_task(slow(2))
    print(task.done(), await task)
    print(await asyncio.gather(quick(3), slow(4), quick(5)))
    asyncio.get_running_loop().set_task_factory(None)
    task = asyncio.create_task(quick(6))
    print(task.done(), await task)


asyncio.run(main())
