"""A scheduler in ten lines: a queue of coroutines, each run to its next pause."""

from collections import deque


class Pause:
    def __await__(self):
        yield


async def worker(name, steps):
    for step in range(1, steps + 1):
        print(f"{name}: step {step} of {steps}")
        await Pause()
    print(f"{name}: done")


def run(*coroutines):
    ready = deque(coroutines)
    while ready:
        current = ready.popleft()
        try:
            current.send(None)
        except StopIteration:
            continue
        ready.append(current)


run(worker("A", 2), worker("B", 3), worker("C", 1))
