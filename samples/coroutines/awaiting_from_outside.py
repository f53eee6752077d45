"""`cr_await` is what a suspended coroutine waits for."""


class Pause:
    def __await__(self):
        yield


async def inner():
    await Pause()


async def outer():
    await inner()


coroutine = outer()
print(coroutine.cr_await, coroutine.cr_running)
coroutine.send(None)
print(coroutine.cr_await.__name__, type(coroutine.cr_await.cr_await).__name__)
coroutine.close()
print(coroutine.cr_await, coroutine.cr_frame)
