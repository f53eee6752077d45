"""A task that fails hands its exception to whoever awaits it."""


class Future:
    def __init__(self):
        self.callbacks = []
        self.done = False

    def resolve(self, result=None, error=None):
        self.done = True
        self.value = result
        self.error = error
        for callback in self.callbacks:
            callback()

    def __await__(self):
        if not self.done:
            yield self
        if self.error is not None:
            raise self.error
        return self.value


class Task(Future):
    def __init__(self, coroutine):
        super().__init__()
        self.coroutine = coroutine
        self.step()

    def step(self):
        try:
            waited = self.coroutine.send(None)
        except StopIteration as stop:
            self.resolve(stop.value)
        except Exception as error:
            self.resolve(error=error)
        else:
            waited.callbacks.append(self.step)


signal = Future()


async def worker():
    await signal
    return 1 / 0


async def boss(task):
    try:
        await task
    except ZeroDivisionError as error:
        print("the worker failed:", error)
        return "recovered"


task = Task(worker())
supervised = Task(boss(task))
print(task.done, supervised.done)
signal.resolve()
print(task.done, supervised.done, supervised.value)
