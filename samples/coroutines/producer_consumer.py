"""Producer and consumer as coroutines that meet at a queue of limited size."""

from collections import deque


class Switch:
    def __await__(self):
        yield


class Queue:
    def __init__(self, size):
        self.size = size
        self.items = deque()

    async def put(self, item):
        while len(self.items) == self.size:
            print("  queue is full")
            await Switch()
        self.items.append(item)

    async def get(self):
        while not self.items:
            print("  queue is empty")
            await Switch()
        return self.items.popleft()


async def produce(queue):
    for number in range(1, 6):
        await queue.put(number)
        print("produced", number)
    await queue.put(None)


async def consume(queue):
    while (item := await queue.get()) is not None:
        print("consumed", item)


queue = Queue(2)
ready = deque([produce(queue), consume(queue)])
while ready:
    current = ready.popleft()
    try:
        current.send(None)
        ready.append(current)
    except StopIteration:
        pass
