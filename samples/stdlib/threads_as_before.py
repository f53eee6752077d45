# oracle: 3.13
"""What threading has for programs that were written long ago, and for threads that it has not made itself."""

import _thread
import sys
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


# One whose own __init__ forgets that of Thread.
class Forgetful(threading.Thread):
    def __init__(self):
        pass


def refused(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except (AssertionError, RuntimeError, TypeError, ValueError) as error:
        print(type(error).__name__, error)


for name in "name", "daemon", "ident", "native_id":
    refused(getattr, Forgetful(), name)
refused(setattr, Forgetful(), "name", "x")
refused(setattr, Forgetful(), "daemon", True)
refused(repr, Forgetful())
for method in "start", "join", "is_alive":
    refused(getattr(Forgetful(), method))

# What locks are made of.
refused(threading.Lock, 1)
refused(threading.Lock, 1, 2)
refused(threading.Lock, a=1)
refused(_thread.start_new_thread, print, (), 3)

# What a thread ends with is told to the hook, also SystemExit; and what the hook itself ends with.
threading.excepthook = lambda args: print("hook", args.exc_type.__name__, args.exc_value, args.thread.name)


def exit_with(status):
    raise SystemExit(status)


for target in lambda: 1 / 0, lambda: exit_with(3):
    thread = threading.Thread(target=target, name="T")
    thread.start()
    thread.join()


def failing_hook(args):
    raise KeyError("hook")


def told(kind, error, traceback):
    print("told", kind.__name__, error, error.__suppress_context__, type(error.__context__).__name__)


sys.excepthook, sys.stderr = told, sys.stdout
threading.excepthook = failing_hook
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
threading.excepthook = threading.__excepthook__
refused(threading.excepthook, 3)
try:
    threading.local().missing
except AttributeError as error:
    print(error)
