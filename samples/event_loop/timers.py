"""Sleeping coroutines on a clock of our own: time jumps to the next deadline, and equal ones keep their order."""


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds

    def __await__(self):
        return (yield self.seconds)


class Loop:
    def __init__(self):
        self.now = 0.0
        self.timers = []
        self.sequence = 0

    def wake_at(self, deadline, coroutine, value):
        self.sequence += 1
        self.timers.append((deadline, self.sequence, coroutine, value))
        self.timers.sort(key=lambda timer: timer[:2])

    def run(self, *coroutines):
        for coroutine in coroutines:
            self.wake_at(self.now, coroutine, None)
        while self.timers:
            self.now, _, coroutine, value = self.timers.pop(0)
            try:
                seconds = coroutine.send(value)
            except StopIteration:
                continue
            self.wake_at(self.now + seconds, coroutine, self.now + seconds)


async def clock(name, period, times):
    for _ in range(times):
        now = await Sleep(period)
        print(f"{now:4.1f} {name}")


loop = Loop()
loop.run(clock("tick", 1.0, 4), clock("tock", 1.5, 2), clock("boom", 3.0, 1))
print("ended at", loop.now)
