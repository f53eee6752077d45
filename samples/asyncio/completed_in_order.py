"""as_completed gives what is done first; wait says what is done and what is not."""
import asyncio


async def after(delay, what):
    await asyncio.sleep(delay)
    if what == "bad":
        raise ValueError(what)
    return what


async def main():
    delays = {"c": 0.03, "a": 0.01, "b": 0.02}
    for next_one in asyncio.as_completed([after(delay, name) for name, delay in delays.items()]):
        print(await next_one)
    tasks = [asyncio.create_task(after(delay, name), name=name) for name, delay in delays.items()]
    async for task in asyncio.as_completed(tasks):
        print(task.get_name(), task in tasks)
    try:
        for next_one in asyncio.as_completed([after(10, "late"), after(0, "early")], timeout=0.01):
            print(await next_one)
    except TimeoutError as error:
        print(repr(error))
    tasks = [asyncio.create_task(after(0.001, "good")), asyncio.create_task(after(0, "bad"))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print([repr(task.exception()) for task in done], len(pending))
    done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    print([task.result() for task in done], pending)


asyncio.run(main())
