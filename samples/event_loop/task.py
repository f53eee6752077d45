"""A Task drives a coroutine: whenever the future it waits for is done, it takes the next step."""


class Future:
    def __init__(self):
        self.callbacks = []
        self.result = None

    def resolve(self, result):
        self.result = result
        for callback in self.callbacks:
            callback()

    def __await__(self):
        yield self
        return self.result


class Task(Future):
    def __init__(self, name, coroutine):
        super().__init__()
        self.name = name
        self.coroutine = coroutine
        self.step()

    def step(self):
        print(f"[{self.name} takes a step]")
        try:
            future = self.coroutine.send(None)
        except StopIteration as stop:
            print(f"[{self.name} is done]")
            self.resolve(stop.value)
        else:
            future.callbacks.append(self.step)


key = Future()
door = Future()


async def visitor():
    print("waiting for the key")
    print("got", await key)
    print("opened", await door)
    return "home"


async def family(visit):
    print("the visitor is", await visit)


visit = Task("visitor", visitor())
Task("family", family(visit))
print("-- nothing more happens until somebody resolves a future")
key.resolve("a rusty key")
print("-- and again")
door.resolve("a green door")
