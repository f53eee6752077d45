"""`async with` awaits on the way in and on the way out."""


class Pause:
    def __init__(self, label):
        self.label = label

    def __await__(self):
        yield self.label


class Connection:
    async def __aenter__(self):
        await Pause("connecting")
        return self

    async def __aexit__(self, kind, error, traceback):
        await Pause("disconnecting")
        print("exit saw", repr(error))
        return isinstance(error, ValueError)


async def main():
    async with Connection():
        print("inside")
    async with Connection():
        raise ValueError("swallowed")
    return "end"


coroutine = main()
try:
    while True:
        print("suspended:", coroutine.send(None))
except StopIteration as stop:
    print(stop.value)
