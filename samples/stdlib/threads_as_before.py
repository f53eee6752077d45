# oracle: 3.13
"""What threading has for programs that were written long ago, and for threads that it has not made itself."""

import _thread
import threading
import warnings

# Old names warn.
thread, condition, event = threading.Thread(), threading.Condition(), threading.Event()
calls = {
    "isDaemon": thread.isDaemon,
    "setDaemon": lambda: thread.setDaemon(True),
    "getName": thread.getName,
    "setName": lambda: thread.setName("named"),
    "currentThread": lambda: threading.currentThread(),
    "activeCount": lambda: threading.activeCount(),
    "isSet": lambda: event.isSet(),
    "notifyAll": lambda: condition.notifyAll(),
}
with condition:
    for name, call in calls.items():
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            call()
        print(name, [(str(one.message), one.category.__name__) for one in told])
print(thread.name, thread.daemon)

# Nobody traces threads.
print(threading.gettrace(), threading.getprofile(), threading.settrace(None), threading.setprofile(None))

# One that threading has not made.
met, gone = [], threading.Lock()


def stranger():
    try:
        met.append(threading.current_thread())
    finally:
        gone.release()


gone.acquire()
_thread.start_new_thread(stranger, ())
gone.acquire()
print(type(met[0]).__name__, met[0].daemon)
try:
    met[0].join()
except RuntimeError as error:
    print(error)
print(threading.Thread().daemon)
