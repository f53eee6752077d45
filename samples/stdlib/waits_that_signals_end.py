# oracle: 3.13
"""Who waits for nothing else waits for a signal's handler: on an event, a lock, a queue, in a thread and in a loop."""

import asyncio
import queue
import signal
import threading
import time


def arrives(handler):
    """In a moment, once."""
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.03)


stop = threading.Event()
arrives(lambda number, frame: stop.set())
print("event", stop.wait())

lock = threading.Lock()
lock.acquire()
arrives(lambda number, frame: lock.release())
print("lock", lock.acquire())

items = queue.Queue()
arrives(lambda number, frame: items.put("item"))
print("queue", items.get())

thread = threading.Thread(target=lambda: print("thread", items.get()))
thread.start()
arrives(lambda number, frame: items.put("item"))
thread.join()


async def main():
    loop = asyncio.get_running_loop()
    happened = asyncio.Event()
    arrives(lambda number, frame: loop.call_soon_threadsafe(happened.set))
    print("loop", await happened.wait())
    # And among threads that wait themselves.
    happened.clear()
    thread = threading.Thread(target=items.get)
    thread.start()
    arrives(lambda number, frame: loop.call_soon_threadsafe(happened.set))
    print("loop among threads", await happened.wait())
    items.put(None)
    thread.join()


asyncio.run(main())


class Quit(Exception):
    pass


def quits(number, frame):
    raise Quit


for wait in threading.Event().wait, items.get, signal.pause:
    arrives(quits)
    try:
        wait()
    except Quit:
        print("quit")

# Others run while a signal is waited for, and no longer than was said.
turns, done = [], threading.Event()


def counts():
    while not done.is_set():
        turns.append(1)
        time.sleep(0.002)


signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
thread = threading.Thread(target=counts)
thread.start()
began = time.monotonic()
print(signal.sigtimedwait([signal.SIGUSR2], 0.1), 0.1 <= time.monotonic() - began < 0.5, len(turns) > 3)
print(signal.sigtimedwait([signal.SIGUSR2], 0))
done.set()
thread.join()


class Shown:
    def __call__(self, number, frame):
        pass

    def __repr__(self):
        raise AssertionError("nobody shows a handler")


shown = Shown()
signal.signal(signal.SIGUSR1, shown)
print(signal.getsignal(signal.SIGUSR1) is shown, signal.signal(signal.SIGUSR1, signal.SIG_DFL) is shown)
print(signal.strsignal(signal.SIGRTMIN + 1), signal.strsignal(64), signal.strsignal(33))
for call in (lambda: signal.getitimer(9), lambda: signal.setitimer(signal.ITIMER_REAL, -1), lambda: signal.set_wakeup_fd(5000)):
    try:
        call()
    except OSError as error:
        print(type(error).__name__, error)
