"""COUNT timers of asyncio are armed in a random order; every fourth is cancelled, the others go off: task_timers.py COUNT."""

import asyncio
import sys


async def main(count):
    loop = asyncio.get_running_loop()
    done, fired = loop.create_future(), 0
    expected = count - len(range(0, count, 4))

    def goes_off():
        nonlocal fired
        fired += 1
        if fired == expected:
            done.set_result(None)

    began = loop.time()
    timers = [loop.call_at(began + number * 7919 % count * 1e-7, goes_off) for number in range(count)]
    for timer in timers[::4]:
        timer.cancel()
    await done
    print(fired)


asyncio.run(main(int(sys.argv[1])))
