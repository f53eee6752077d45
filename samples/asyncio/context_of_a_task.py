"""Each task has a copy of the context in which it was made; callbacks run in the one in which they were asked for."""
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="nothing")


async def child(name):
    print(name, "finds", var.get())
    var.set(name)
    await asyncio.sleep(0)
    print(name, "keeps", var.get())


async def main():
    loop = asyncio.get_running_loop()
    var.set("main")
    tasks = [asyncio.create_task(child(name)) for name in "ab"]
    loop.call_soon(lambda: print("callback finds", var.get()))
    var.set("changed")
    await asyncio.gather(*tasks)
    print("main keeps", var.get())
    context = contextvars.copy_context()
    task = asyncio.create_task(child("in a context"), context=context)
    print(task.get_context() is context)
    await task
    print(context[var], var.get())
    task.add_done_callback(lambda done: print("told in", var.get()), context=context)
    await asyncio.sleep(0)


asyncio.run(main())
print(var.get())
