"""Calling a coroutine function only makes a coroutine."""


async def work():
    print("working")
    return "result"


coroutine = work()
print("made a", type(coroutine).__name__)
try:
    coroutine.send(None)
except StopIteration as stop:
    print("returned", stop.value)
