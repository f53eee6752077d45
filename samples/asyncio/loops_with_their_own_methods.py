# oracle: 3.13
# What a loop or its class is given in the place of a method is asked from then on, and what is taken away no longer.
import asyncio
import contextvars
import logging
import time as clock

NAMES = "call_soon", "create_task", "create_future", "call_later", "call_at"


def noted(loop, name, calls):
    before = getattr(loop, name)

    def method(*args, **kwargs):
        calls.append(name)
        return before(*args, **kwargs)

    setattr(loop, name, method)


async def child(result):
    await asyncio.sleep(0)
    return result


async def main():
    loop = asyncio.get_running_loop()
    calls = []

    def show(what):
        print(f"{what}: {' '.join(calls)}")
        calls.clear()

    for name in NAMES:
        noted(loop, name, calls)
    show(f"create_task {await asyncio.create_task(child(1))}")
    show(f"loop.create_task {await loop.create_task(child(2))}")
    await asyncio.sleep(0)
    show("a turn")
    await asyncio.sleep(0.001)
    show("sleep")
    show(f"gather {await asyncio.gather(child(3), child(4))}")
    future = loop.create_future()
    loop.call_later(0.001, future.set_result, 5)
    show(f"future {await future}")

    lock = asyncio.Lock()

    async def hold():
        async with lock:
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        group.create_task(hold())
        group.create_task(hold())
    show("a lock")
    queue = asyncio.Queue(1)

    async def fill():
        for number in range(3):
            await queue.put(number)

    filling = asyncio.create_task(fill())
    show(f"a queue {[await queue.get() for _ in range(3)]}")
    await filling
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(1)
    except TimeoutError:
        show("timeout")
    show(f"wait_for {await asyncio.wait_for(child(6), 1)}")
    for name in NAMES:
        delattr(loop, name)
    await asyncio.create_task(child(7))
    await asyncio.sleep(0.001)
    show("no longer")


asyncio.run(main())


def refused(*args, **kwargs):
    raise ValueError("no")


loop = asyncio.new_event_loop()
loop.call_soon = refused
loop.set_exception_handler(lambda loop, context: print(context["message"]))
coroutine = child(1)
try:
    asyncio.Task(coroutine, loop=loop)
except ValueError as error:
    print("a task:", error)
coroutine.close()
loop.close()


# ---- a class that is changed later, and one that always had its own

class Loop(asyncio.SelectorEventLoop):
    pass


async def later():
    calls = []

    def call_soon(self, *args, **kwargs):
        calls.append("soon")
        return super(Loop, self).call_soon(*args, **kwargs)

    Loop.call_soon = call_soon
    print(await asyncio.create_task(child(8)), calls)
    del Loop.call_soon
    calls.clear()
    print(await asyncio.create_task(child(9)), calls)


with asyncio.Runner(loop_factory=Loop) as runner:
    runner.run(later())

place = contextvars.ContextVar("place", default="none")


class Own(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        return super().call_soon(callback, *args, context=context)


async def waits(future, name):
    place.set(name)
    print(name, "gets", await future, "in", place.get())
    future.add_done_callback(lambda _: print("late", place.get()))


async def contexts():
    # Each goes on in its own context, whoever ends what it waits for.
    place.set("main")
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(print)
    tasks = [asyncio.create_task(waits(future, name)) for name in ("a", "b")]
    await asyncio.sleep(0)
    print(future.remove_done_callback(print))
    future.set_result(1)
    await asyncio.gather(*tasks)
    await asyncio.sleep(0)
    print(place.get())


with asyncio.Runner(loop_factory=Own) as runner:
    runner.run(contexts())

# ---- a clock that is put on the loop

loop = asyncio.new_event_loop()
ahead = 0


def time():
    global ahead
    ahead += 7200
    return clock.monotonic() + ahead


async def an_hour():
    await asyncio.sleep(3600)
    print("an hour")


loop.time = time
loop.run_until_complete(an_hour())
loop.close()

# ---- debug mode: what may not be queued is not

async def debug():
    loop = asyncio.get_running_loop()

    def elsewhere():
        for method, args in ("call_soon", ()), ("call_later", (0,)), ("call_at", (0,)):
            try:
                getattr(loop, method)(*args, print, "never")
            except RuntimeError as error:
                print(method, error)
        loop.call_soon_threadsafe(print, "from elsewhere")

    await asyncio.to_thread(elsewhere)
    for wrong in child, 5, None:
        for method, args in ("call_soon", ()), ("call_soon_threadsafe", ()), ("call_later", (0,)), ("call_at", (0,)):
            try:
                getattr(loop, method)(*args, wrong)
            except TypeError as error:
                print(str(error).partition(" at 0x")[0])
    await asyncio.sleep(0.01)
    # Every step is timed.
    passed = 0
    loop.time = lambda: clock.monotonic() + passed
    loop.slow_callback_duration = 1000
    passed += 2000
    await asyncio.sleep(0)
    passed += 2000
    await asyncio.sleep(0)
    print(loop.call_at(5, print).when(), loop.call_at(5.0, print).when())


class Kept(logging.Handler):
    def emit(self, record):
        words = record.getMessage().split()
        print(record.levelname, words[0], *words[1:3], record.args and type(record.args[-1]).__name__)


logging.getLogger("asyncio").addHandler(Kept())
logging.getLogger("asyncio").setLevel(logging.DEBUG)
logging.getLogger("asyncio").propagate = False
asyncio.run(debug(), debug=True)

# ---- a loop that is run turn by turn by another

loop = asyncio.new_event_loop()
loop.call_soon(print, "first turn")
loop.call_soon(lambda: loop.call_soon(print, "second turn"))
loop._run_forever_setup()
try:
    print(loop.is_running(), asyncio.get_running_loop() is loop)
    loop._run_once()
    print("between")
    loop._run_once()
finally:
    loop._run_forever_cleanup()
print(loop.is_running(), asyncio._get_running_loop())
loop.close()
