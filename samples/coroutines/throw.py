"""`throw` raises at the innermost await."""


class Pause:
    def __await__(self):
        yield "paused"


async def inner():
    try:
        await Pause()
    except TimeoutError as error:
        return f"gave up: {error}"


async def outer():
    return await inner()


coroutine = outer()
print(coroutine.send(None))
try:
    coroutine.throw(TimeoutError("too slow"))
except StopIteration as stop:
    print(stop.value)
