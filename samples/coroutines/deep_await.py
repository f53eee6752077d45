"""A value sent in and a result handed back through three hundred coroutines."""


class Ask:
    def __await__(self):
        return (yield "how deep?")


async def level(depth):
    if depth == 0:
        return await Ask()
    return 1 + await level(depth - 1)


coroutine = level(300)
print(coroutine.send(None))
try:
    coroutine.send(0)
except StopIteration as stop:
    print(stop.value)
