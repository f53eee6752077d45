"""`await` is an expression: it fits in arithmetic, calls, comprehensions, conditions and f-strings."""


class Give:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield "asked for " + repr(self.value)
        return self.value


async def main():
    total = await Give(1) + await Give(2) * 10
    if await Give(True) and not await Give(False):
        numbers = [await Give(n) for n in (3, 4)]
    print(total, numbers, f"{await Give('text'):>6}", max(await Give(7), await Give(5)))
    return await Give(await Give(0))


coroutine = main()
try:
    while True:
        print(coroutine.send(None))
except StopIteration as stop:
    print("returned", stop.value)
