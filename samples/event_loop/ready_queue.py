"""A loop with a ready queue: callbacks run in the order in which they were put there, one turn at a time."""

from collections import deque


class Loop:
    def __init__(self):
        self.ready = deque()

    def call_soon(self, callback, *args):
        self.ready.append((callback, args))

    def run(self):
        turn = 0
        while self.ready:
            turn += 1
            print("turn", turn)
            # Only what is ready now: what these callbacks add has to wait for the next turn.
            for _ in range(len(self.ready)):
                callback, args = self.ready.popleft()
                callback(*args)


loop = Loop()


def spark(name, generation):
    print(" ", name, generation)
    if generation < 3:
        loop.call_soon(spark, name, generation + 1)


loop.call_soon(spark, "a", 1)
loop.call_soon(spark, "b", 2)
loop.run()
