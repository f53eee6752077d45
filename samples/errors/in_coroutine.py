"""A traceback through `await` shows each coroutine."""


async def inner():
    return int("not a number")


async def outer():
    return await inner() + 1


outer().send(None)
