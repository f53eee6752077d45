"""A suspended coroutine that nobody holds is closed at once, like a generator."""


class Pause:
    def __await__(self):
        yield


async def holder():
    try:
        await Pause()
    finally:
        print("let go")


coroutine = holder()
coroutine.send(None)
print("holding")
coroutine = None
print("after the drop")
