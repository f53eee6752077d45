"""An exception comes out of `await` as out of a call, and can be caught there."""


class Pause:
    def __await__(self):
        yield


async def fails():
    await Pause()
    raise LookupError("nothing found")


async def careful():
    try:
        await fails()
    except LookupError as error:
        return f"handled {error}"
    finally:
        print("finally in careful")


coroutine = careful()
coroutine.send(None)
try:
    coroutine.send(None)
except StopIteration as stop:
    print(stop.value)
