# Collections happen by themselves, and cycles made over and over take no more and more memory.
import gc
import weakref


class Node:
    alive = 0

    def __init__(self):
        self.me = self
        Node.alive += 1

    def __del__(self):
        Node.alive -= 1


most = 0
for _ in range(100_000):
    Node()
    most = max(most, Node.alive)
print(most < 90_000)
gc.collect()
print(Node.alive)


def generator():
    me = yield
    yield me


def coroutine_cycle():
    async def waits(box):
        await Pause()

    class Pause:
        def __await__(self):
            yield

    box = []
    box.append(waits(box))
    box[0].send(None)


class Failure(Exception):
    pass


def exception_cycle():
    try:
        raise Failure
    except Failure as error:
        kept = error
        return weakref.ref(kept)


def generator_cycle():
    made = generator()
    next(made)
    made.send(made)
    return weakref.ref(made)


for make in generator_cycle, exception_cycle:
    watchers = [make() for _ in range(20_000)]
    print(make.__name__, any(watcher() is None for watcher in watchers))
    gc.collect()
    print(sum(watcher() is not None for watcher in watchers))
for _ in range(300):
    coroutine_cycle()

gc.disable()
watchers = [generator_cycle() for _ in range(20_000)]
print(sum(watcher() is None for watcher in watchers))
gc.enable()
gc.collect()
print(sum(watcher() is not None for watcher in watchers))
