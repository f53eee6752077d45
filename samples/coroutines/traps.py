"""System calls in miniature: a coroutine yields requests, and the scheduler answers them."""

from collections import deque


class Request:
    def __init__(self, kind, *args):
        self.kind = kind
        self.args = args

    def __await__(self):
        return (yield self)


async def child(number):
    me = await Request("who")
    print(f"child {number} is task {me}")
    return number * 11


async def parent():
    print("parent is task", await Request("who"))
    tasks = [await Request("spawn", child(n)) for n in (1, 2)]
    print("started", tasks)
    for task in tasks:
        print("task", task, "returned", await Request("join", task))
    try:
        await Request("fly")
    except ValueError as error:
        print("refused:", error)


class Kernel:
    def __init__(self):
        self.ready = deque()
        self.results = {}
        self.waiting = {}
        self.last = 0

    def spawn(self, coroutine):
        self.last += 1
        self.ready.append((self.last, coroutine, coroutine.send, None))
        return self.last

    def run(self):
        while self.ready:
            task, coroutine, resume, value = self.ready.popleft()
            try:
                request = resume(value)
            except StopIteration as stop:
                self.results[task] = stop.value
                for waiter, waiting in self.waiting.pop(task, []):
                    self.ready.append((waiter, waiting, waiting.send, stop.value))
                continue
            match request.kind, request.args:
                case "who", ():
                    answer = coroutine.send, task
                case "spawn", (new,):
                    answer = coroutine.send, self.spawn(new)
                case "join", (other,) if other in self.results:
                    answer = coroutine.send, self.results[other]
                case "join", (other,):
                    self.waiting.setdefault(other, []).append((task, coroutine))
                    continue
                case kind, _:
                    answer = coroutine.throw, ValueError(f"no such request: {kind}")
            self.ready.append((task, coroutine, *answer))


kernel = Kernel()
kernel.spawn(parent())
kernel.run()
print(kernel.results)
