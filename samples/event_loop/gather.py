"""Waiting for several tasks at once, and for the first of several."""

from collections import deque

ready = deque()


class Future:
    def __init__(self):
        self.done = False
        self.callbacks = []

    def resolve(self, value):
        if not self.done:
            self.done, self.value = True, value
            ready.extend(self.callbacks)

    def when_done(self, callback):
        if self.done:
            ready.append(callback)
        else:
            self.callbacks.append(callback)

    def __await__(self):
        while not self.done:
            yield self
        return self.value


class Task(Future):
    def __init__(self, coroutine):
        super().__init__()
        self.coroutine = coroutine
        ready.append(self.step)

    def step(self):
        try:
            self.coroutine.send(None).when_done(self.step)
        except StopIteration as stop:
            self.resolve(stop.value)


async def turns(name, count):
    for number in range(count):
        pause = Future()
        ready.append(lambda: pause.resolve(None))
        await pause
        print(name, number)
    return f"{name} took {count}"


async def gather(*coroutines):
    tasks = [Task(coroutine) for coroutine in coroutines]
    return [await task for task in tasks]


async def first(*coroutines):
    winner = Future()
    for coroutine in coroutines:
        task = Task(coroutine)
        task.when_done(lambda task=task: winner.resolve(task.value))
    return await winner


async def main():
    print(await gather(turns("x", 2), turns("y", 1), turns("z", 3)))
    print("first:", await first(turns("hare", 4), turns("tortoise", 2)))


end = Task(main())
while ready and not end.done:
    ready.popleft()()
print("end", end.done)
