# oracle: 3.13
"""Threads, and what they wait for each other with."""

import _thread
import queue
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

count, lock = 0, threading.Lock()


def increments():
    global count
    for _ in range(5000):
        with lock:
            count += 1


threads = [threading.Thread(target=increments) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count, threads[0].is_alive())

line = queue.Queue(maxsize=2)


def producer():
    for n in range(6):
        line.put(n)
    line.shutdown()


threading.Thread(target=producer).start()
got = []
try:
    while True:
        got.append(line.get())
        line.task_done()
except queue.ShutDown:
    print(got)
line.join()
try:
    queue.Queue().get(timeout=0.01)
except queue.Empty:
    print("empty")

ready, go = threading.Condition(), threading.Event()
order = []


def waits(name):
    with ready:
        order.append(name)
        ready.notify()
    go.wait()
    order.append(name + " goes")


for name in "a", "b":
    with ready:
        threading.Thread(target=waits, args=(name,)).start()
        ready.wait_for(lambda: name in order)
go.set()
for thread in threading.enumerate():
    if thread is not threading.current_thread():
        thread.join()
print(order[:2], sorted(order[2:]))

barrier, numbers = threading.Barrier(3, action=lambda: print("all there")), []
for n in range(3):
    threading.Thread(target=lambda: numbers.append(barrier.wait())).start()
while len(numbers) < 3:
    time.sleep(0.001)
print(sorted(numbers))

own = threading.local()
own.value = "main"
seen = []
thread = threading.Thread(target=lambda: (seen.append(hasattr(own, "value")), setattr(own, "value", "other")))
thread.start()
thread.join()
print(seen, own.value)

with ThreadPoolExecutor(max_workers=2, thread_name_prefix="pool") as pool:
    print(list(pool.map(pow, range(5), [2] * 5)))
    futures = [pool.submit(int, text) for text in ("1", "x", "3")]
    print(sorted(repr(future.exception()) for future in as_completed(futures)))
    done, not_done = wait(futures)
    print(len(done), len(not_done), futures[0].result(), futures[1].cancel())
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)
for wrong in lambda: threads[0].start(), lambda: threading.Thread().join(), lambda: lock.release():
    try:
        wrong()
    except RuntimeError as error:
        print(error)
print(threading.main_thread().name, threading.active_count())

# A thread has its first turn before its starter goes on.
order = []
thread = threading.Thread(target=order.append, args=("the thread",))
thread.start()
order.append("its starter")
thread.join()
print(order)
print(threading.Lock().acquire(timeout=threading.TIMEOUT_MAX))


class Result:
    """What nobody keeps goes at once."""


with ThreadPoolExecutor(2) as pool:
    for result in pool.map(lambda n: Result(), range(3)):
        gone = weakref.ref(result)
        del result
        time.sleep(0.01)
        print(gone() is None)
    futures = [pool.submit(time.sleep, 0) for _ in range(3)]
    for future in as_completed(futures):
        futures.remove(future)
        gone = weakref.ref(future)
        del future
        time.sleep(0.01)
        print(gone() is None)
pool = ThreadPoolExecutor(2)
results, workers = pool.map(abs, range(-2, 2)), pool._threads
# The threads of a pool that is gone come to an end.
del pool
for worker in workers:
    worker.join()
print(*results)


def fails():
    raise ValueError("in a bare thread")


def told(unraisable):
    print(unraisable.err_msg.partition("<")[0], repr(unraisable.exc_value), unraisable.object)
    over.set()


over, sys.unraisablehook = threading.Event(), told
_thread.start_new_thread(fails, ())
over.wait()
sys.unraisablehook = sys.__unraisablehook__
print(threading.stack_size(262144), threading.stack_size(0))


def late():
    time.sleep(0.02)
    threading.main_thread().join()
    print("the program waits for it", threading.main_thread().is_alive())


threading.Thread(target=late).start()

# What futures say to those who use them wrongly.
import logging
from concurrent.futures import Future, wait

logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message).7s")
future = Future()
future.set_result(1)
try:
    future.set_running_or_notify_cancel()
except RuntimeError as error:
    print(error)
print(len(wait([future], return_when="huh").done))
try:
    wait([Future()], return_when="huh")
except ValueError as error:
    print(error)
print(queue.Empty, queue.Full, queue.ShutDown if hasattr(queue, "ShutDown") else None)
