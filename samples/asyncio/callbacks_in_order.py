"""Callbacks of a loop run by hand: the older way."""
import asyncio

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.is_running(), loop.is_closed())


def note(*what):
    print(*what)


def twice(n):
    note("twice", n)
    if n:
        loop.call_soon(twice, n - 1)


loop.call_later(0.02, note, "late")
loop.call_later(0.01, note, "early")
loop.call_soon(note, "soon", 1)
loop.call_soon(twice, 2)
handle = loop.call_soon(note, "never")
handle.cancel()
print(handle.cancelled())
loop.call_later(0.03, loop.stop)
loop.run_forever()
print("stopped")
loop.call_soon(note, "in the last turn")
loop.stop()
loop.run_forever()


async def answer():
    await asyncio.sleep(0)
    return 42


print(loop.run_until_complete(answer()), asyncio.get_event_loop() is loop)
future = loop.create_future()
loop.call_soon(loop.stop)
try:
    loop.run_until_complete(future)
except RuntimeError as error:
    print(error)
loop.close()
print(loop.is_closed())
try:
    loop.call_soon(note)
except RuntimeError as error:
    print(error)
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
