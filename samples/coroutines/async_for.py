"""`async for` awaits each item; StopAsyncIteration ends it."""


class Pause:
    def __init__(self, label):
        self.label = label

    def __await__(self):
        yield self.label


class Ticks:
    def __init__(self, count):
        self.count = count

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.count == 0:
            raise StopAsyncIteration
        await Pause(f"waiting for tick {self.count}")
        self.count -= 1
        return self.count


async def main():
    async for tick in Ticks(2):
        print("tick", tick)
    else:
        print("no more ticks")
    return [tick * 10 async for tick in Ticks(3) if tick != 1]


coroutine = main()
try:
    while True:
        print("suspended:", coroutine.send(None))
except StopIteration as stop:
    print(stop.value)
