"""Who stands where, and who waits for whom: capture_call_graph, format_call_graph and print_call_graph."""

import asyncio
import re


def show(title, text):
    print(f"{title}:")
    # Where the sample lies, and where asyncio does, is not what this is about.
    text = re.sub(r"id=0x[0-9a-f]+", "id=...", text)
    text = re.sub(r"File '[^']*[/\\]", "File '", text)
    print("\n".join(line for line in text.splitlines() if "call_graphs.py" in line or "File" not in line))


def plain():
    return asyncio.format_call_graph()


async def inner(title):
    show(title, plain())


async def middle(title):
    await inner(title)


async def waits(future):
    return await future


async def outer(future):
    return await waits(future)


def generator():
    show("in a generator", plain())
    yield


async def async_generator():
    show("in an async generator", plain())
    yield


def in_a_callback():
    print(asyncio.capture_call_graph(), repr(asyncio.format_call_graph()))


async def main():
    await middle("awaited")
    for limit in 1, 2, -1, -2, 0:
        show(f"limit {limit}", asyncio.format_call_graph(limit=limit))
    await asyncio.create_task(middle("a task"), name="awaited")
    async with asyncio.TaskGroup() as group:
        group.create_task(middle("a task of a group"), name="grouped")
    await asyncio.gather(asyncio.create_task(middle("a task that is gathered"), name="gathered"))
    [*generator()]
    async for _ in async_generator():
        pass

    future = asyncio.get_running_loop().create_future()
    show("a future", asyncio.format_call_graph(future))
    task = asyncio.create_task(outer(future), name="waiting")
    await asyncio.sleep(0)
    show("a future that is awaited", asyncio.format_call_graph(future))
    show("who awaits it", asyncio.format_call_graph(task))
    graph = asyncio.capture_call_graph(task)
    print(type(graph).__name__, graph.future is task, graph.awaited_by)
    print([(type(call).__name__, call.frame.f_code.co_name) for call in graph.call_stack])

    group = asyncio.create_task(asyncio.wait([task]), name="in wait")
    await asyncio.sleep(0)
    show("with others behind it", asyncio.format_call_graph(future))
    await asyncio.sleep(0)
    other = asyncio.get_running_loop().create_future()
    asyncio.future_add_to_awaited_by(other, task)
    show("by word of mouth", asyncio.format_call_graph(other))
    asyncio.future_discard_from_awaited_by(other, task)
    show("no longer", asyncio.format_call_graph(other))
    future.set_result("done")
    print(await task, len((await group)[0]))

    asyncio.get_running_loop().call_soon(in_a_callback)
    await asyncio.sleep(0)
    for wrong in 5, "task":
        try:
            asyncio.capture_call_graph(wrong)
        except TypeError as error:
            print(error)


asyncio.run(main())
try:
    asyncio.capture_call_graph()
except RuntimeError as error:
    print(error)
