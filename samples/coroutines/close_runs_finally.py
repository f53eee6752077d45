"""`close` ends a suspended coroutine from the inside out."""


class Pause:
    def __await__(self):
        yield


async def inner():
    try:
        await Pause()
    finally:
        print("inner finally")


async def outer():
    try:
        await inner()
    except GeneratorExit:
        print("outer is told")
        raise


coroutine = outer()
coroutine.send(None)
coroutine.close()
print("closed")
