# oracle: 3.13
# The clock and the selector of a loop are the program's: time jumps to what is due next, and a selector counts.

import asyncio
import selectors
import time


class Jumping(asyncio.SelectorEventLoop):
    """Nothing takes time in it."""

    def __init__(self):
        self.now = 1000.0
        super().__init__()

    def time(self):
        return self.now

    def _run_once(self):
        super()._run_once()
        if not self._ready and self._scheduled:
            self.now = max(self.now, min(timer.when() for timer in self._scheduled))


class Counting(selectors.SelectSelector):
    """Knows how often it was asked, and what it watches."""

    asked = 0

    def select(self, timeout=None):
        Counting.asked += 1
        return super().select(timeout)


class Skipping(selectors.DefaultSelector):
    """Waits no time at all: the clock goes on by as much."""

    skipped = 0.0

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready and timeout:
            Skipping.skipped += timeout
        return ready


class Clocked(asyncio.SelectorEventLoop):
    def time(self):
        return Skipping.skipped


async def sleeper(name, seconds):
    await asyncio.sleep(seconds)
    print(name, "at", asyncio.get_running_loop().time())


async def naps():
    await asyncio.gather(sleeper("long", 3600), sleeper("short", 60), sleeper("none", 0))
    try:
        async with asyncio.timeout(10):
            await asyncio.sleep(20)
    except TimeoutError:
        print("timed out at", asyncio.get_running_loop().time())
    timer = asyncio.get_running_loop().call_later(5, print, "never")
    timer.cancel()
    asyncio.get_running_loop().call_later(5, print, "later")
    await asyncio.sleep(6)


async def echo(reader, writer):
    writer.write(await reader.readline())
    await writer.drain()
    writer.close()


async def talk():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"hello\n")
    print(await reader.read())
    writer.close()
    await writer.wait_closed()
    server.close()
    # A thread wakes the loop while that waits in the selector.
    print(await asyncio.to_thread(lambda: time.sleep(0.02) or "from a thread"))
    await asyncio.get_running_loop().shutdown_default_executor()


began = time.monotonic()
for loop, main in (Jumping(), naps), (Clocked(Skipping()), naps), (asyncio.SelectorEventLoop(Counting()), talk):
    loop.run_until_complete(main())
    loop.close()
    print(loop.is_closed())
print(Counting.asked > 5, time.monotonic() - began < 30)
