"""The four states of a coroutine."""

import inspect


class Pause:
    def __await__(self):
        yield


async def observed():
    print("while it runs:", inspect.getcoroutinestate(coroutine))
    await Pause()


coroutine = observed()
print("before:", inspect.getcoroutinestate(coroutine))
coroutine.send(None)
print("at the await:", inspect.getcoroutinestate(coroutine))
try:
    coroutine.send(None)
except StopIteration:
    print("after:", inspect.getcoroutinestate(coroutine))
