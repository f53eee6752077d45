"""Threads: several lines of execution in one program, and what they wait for each other with.

They are control stacks of one machine that take turns, so a program with threads does the same at each run as far as its input
does.
"""

__all__ = (
    "Barrier", "BoundedSemaphore", "BrokenBarrierError", "Condition", "Event", "ExceptHookArgs", "Lock", "RLock",
    "Semaphore", "TIMEOUT_MAX", "Thread", "ThreadError", "Timer", "active_count", "current_thread", "enumerate",
    "excepthook", "get_ident", "get_native_id", "getprofile", "gettrace", "local", "main_thread", "setprofile",
    "setprofile_all_threads", "settrace", "settrace_all_threads", "stack_size",
)

import _thread
import sys
from _thread import TIMEOUT_MAX, RLock, _ExceptHookArgs as ExceptHookArgs, get_ident, get_native_id, lock as Lock, stack_size, _local as local
from collections import deque
from time import monotonic as _time
from weakref import WeakSet as _WeakSet

ThreadError = RuntimeError

# All that have been started and not ended, by number; and all that somebody still has.
_active, _dangling = {}, _WeakSet()
_numbers = {"Thread": 0, "Dummy": 0}


def _deprecated(name, instead):
    import warnings

    warnings.warn(f"{name}() is deprecated, {instead} instead", DeprecationWarning, stacklevel=3)


def _next_name(kind="Thread"):
    _numbers[kind] += 1
    return f"{kind}-{_numbers[kind]}"


class Thread:
    """Something that runs on its own."""

    _initialized = False
    _ident = None
    _stage = "initial"

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None, context=None):
        assert group is None, "group argument must be None for now"
        if name is None:
            name = _next_name()
            called = getattr(target, "__name__", None)
            if called is not None:
                name += f" ({called})"
        self._name = str(name)
        self._target, self._args, self._kwargs = target, args, {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else bool(daemon)
        self._context, self._stderr = context, sys.stderr
        # Taken as long as it runs.
        self._done = Lock()
        self._initialized = True
        _dangling.add(self)

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        parts = [self._stage]
        if self._daemonic:
            parts.append("daemon")
        if self._ident is not None:
            parts.append(str(self._ident))
        return f"<{type(self).__name__}({self._name}, {' '.join(parts)})>"

    def start(self):
        """Let it run beside the others."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._stage != "initial":
            raise RuntimeError("threads can only be started once")
        # Where it comes from, should everybody wait for ever.
        caller = sys._getframe(1)
        self._origin = caller.f_code.co_filename, caller.f_lineno
        self._done.acquire()
        self._stage = "started"
        self._has_begun = has_begun = Lock()
        has_begun.acquire()
        self._ident = _thread.start_new_thread(self._begin, ())
        _active[self._ident] = self
        # It has its first turn before its starter goes on.
        has_begun.acquire()

    def _begin(self):
        self._has_begun.release()
        try:
            if _traced_by is not None:
                sys.settrace(_traced_by)
            if _profiled_by is not None:
                sys.setprofile(_profiled_by)
            if self._context is None:
                self.run()
            else:
                self._context.run(self.run)
        except BaseException as failure:
            _tell(failure, self)
        finally:
            self._stage = "stopped"
            _active.pop(self._ident, None)
            self._done.release()

    def run(self):
        """What it does: call the target."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # They may refer to the thread.
            del self._target, self._args, self._kwargs

    def join(self, timeout=None):
        """Wait until it has ended, or for so many seconds."""
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._stage == "initial":
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if self._done.acquire(True, -1 if timeout is None else max(timeout, 0)):
            self._done.release()

    def is_alive(self):
        """Has it been started, and not ended?"""
        assert self._initialized, "Thread.__init__() not called"
        return self._stage == "started"

    @property
    def name(self):
        """What it is called; it need not be the only one."""
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, "Thread.__init__() not called"
        self._name = str(name)

    @property
    def ident(self):
        """Its number; None before it is started."""
        assert self._initialized, "Thread.__init__() not called"
        return self._ident

    native_id = ident

    @property
    def daemon(self):
        """Is it nobody's concern whether it ends before the program?"""
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._stage != "initial":
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        """See daemon. (Deprecated.)"""
        _deprecated("isDaemon", "get the daemon attribute")
        return self.daemon

    def setDaemon(self, daemonic):
        """See daemon. (Deprecated.)"""
        _deprecated("setDaemon", "set the daemon attribute")
        self.daemon = daemonic

    def getName(self):
        """See name. (Deprecated.)"""
        _deprecated("getName", "get the name attribute")
        return self.name

    def setName(self, name):
        """See name. (Deprecated.)"""
        _deprecated("setName", "set the name attribute")
        self.name = name


class _MainThread(Thread):
    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self._adopt(_FIRST)

    def _adopt(self, number):
        self._done.acquire()
        self._stage, self._ident = "started", number
        _active[number] = self


class _DummyThread(_MainThread):
    def __init__(self):
        Thread.__init__(self, name=_next_name("Dummy"), daemon=True)
        self._adopt(get_ident())

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


class Timer(Thread):
    """Calls a function after some time, unless it is cancelled."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval, self.function = interval, function
        self.args, self.kwargs = [] if args is None else args, {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        """Do not call it."""
        self.finished.set()

    def run(self):
        cancelled = self.finished.wait(self.interval)
        if not cancelled:
            self.function(*self.args, **self.kwargs)
        self.cancel()


def current_thread():
    """The thread that runs."""
    known = _active.get(get_ident())
    return _DummyThread() if known is None else known


def main_thread():
    """The thread that the program began in."""
    return _main


def enumerate():
    """All threads that have been started and not ended."""
    return list(_active.values())


def active_count():
    """How many those are."""
    return len(_active)



def currentThread():
    """See current_thread. (Deprecated.)"""
    _deprecated("currentThread", "use current_thread()")
    return current_thread()


def activeCount():
    """See active_count. (Deprecated.)"""
    _deprecated("activeCount", "use active_count()")
    return active_count()


_traced_by = None


def settrace(func):
    """Have sys.settrace(func) called in each new thread, before its run()."""
    global _traced_by
    _traced_by = func


def gettrace():
    """What settrace was given."""
    return _traced_by


def settrace_all_threads(func):
    """As settrace; other threads that run already are not traced."""
    if func is not None and len(_active) > 1:
        raise NotImplementedError("threads that run already cannot be traced: call threading.settrace() before they start")
    settrace(func)
    sys.settrace(func)


_profiled_by = None


def setprofile(func):
    """Have sys.setprofile(func) called in each new thread, before its run()."""
    global _profiled_by
    _profiled_by = func


def getprofile():
    """What setprofile was given."""
    return _profiled_by


def setprofile_all_threads(func):
    """As setprofile; other threads that run already are not profiled."""
    if func is not None and len(_active) > 1:
        raise NotImplementedError("threads that run already cannot be profiled: call threading.setprofile() before they start")
    setprofile(func)
    sys.setprofile(func)


def excepthook(args, /):
    """Say what a thread has ended with. Programs may put a function of their own in the place of this."""
    if type(args) is not ExceptHookArgs:
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    if args.exc_type is SystemExit:
        return
    # A program may have taken away its sys.stderr since the thread was made.
    stderr = sys.stderr
    if stderr is None and args.thread is not None:
        stderr = args.thread._stderr
    if stderr is None:
        return
    import traceback

    name = get_ident() if args.thread is None else args.thread.name
    print(f"Exception in thread {name}:", file=stderr, flush=True)
    traceback._print_uncaught(args.exc_type, args.exc_value, args.exc_traceback, stderr)
    stderr.flush()


__excepthook__ = excepthook


def _tell(failure, thread):
    try:
        excepthook(ExceptHookArgs((type(failure), failure, failure.__traceback__, thread)))
    except BaseException as worse:
        # What the hook was told of is not why it failed.
        worse.__suppress_context__ = True
        print("Exception in threading.excepthook:", file=sys.stderr)
        sys.excepthook(type(worse), worse, worse.__traceback__)


# ---- what threads wait for each other with


class Condition:
    """A lock, and a line of those that wait until somebody says that something has changed."""

    def __init__(self, lock=None):
        self._lock = lock = RLock() if lock is None else lock
        self.acquire, self.release = lock.acquire, lock.release
        # A plain lock does not know how often it was taken, nor by whom.
        for name in "_release_save", "_acquire_restore", "_is_owned":
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        # Each place is a taken lock; to serve it is to free the lock.
        self._line = deque()

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._line)})>"

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc):
        return self._lock.__exit__(*exc)

    def locked(self):
        """Has a thread taken the lock?"""
        return self._lock.locked()

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        free = self._lock.acquire(False)
        if free:
            self._lock.release()
        return not free

    def wait(self, timeout=None):
        """Free the lock, wait to be notified, take it again; False if that did not come within so many seconds."""
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        place = Lock()
        place.acquire()
        self._line.append(place)
        state, served = self._release_save(), False
        try:
            if timeout is None or timeout > 0:
                served = place.acquire(True, -1 if timeout is None else timeout)
            else:
                served = place.acquire(False)
            return served
        finally:
            self._acquire_restore(state)
            if not served and place in self._line:
                self._line.remove(place)

    def wait_for(self, predicate, timeout=None):
        """Wait until the predicate is true; its last value."""
        deadline = None if timeout is None else _time() + timeout
        while not (value := predicate()):
            left = None if deadline is None else deadline - _time()
            if left is not None and left <= 0:
                break
            self.wait(left)
        return value

    def notify(self, n=1):
        """Wake so many of those that wait."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        while n > 0 and self._line:
            self._line.popleft().release()
            n -= 1

    def notify_all(self):
        """Wake all that wait."""
        self.notify(len(self._line))

    def notifyAll(self):
        """See notify_all. (Deprecated.)"""
        _deprecated("notifyAll", "use notify_all()")
        self.notify_all()


class Semaphore:
    """A number of permits."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value, self._cond = value, Condition(Lock())

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        """Take a permit, waiting until there is one; False if there was none in time."""
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if blocking:
                self._cond.wait_for(lambda: self._value > 0, timeout)
            got = self._value > 0
            if got:
                self._value -= 1
            return got

    __enter__ = acquire

    def __exit__(self, *exc):
        self.release()

    def release(self, n=1):
        """Give permits back."""
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._check_release(n)
            self._value += n
            self._cond.notify(n)

    def _check_release(self, n):
        """Any number may be given back."""


class BoundedSemaphore(Semaphore):
    """One to which no more can be given back than were taken."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        return f"{super().__repr__()[:-1]}/{self._initial_value}>"

    def _check_release(self, n):
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")


class Event:
    """A flag to wait for."""

    def __init__(self):
        self._cond, self._flag = Condition(Lock()), False

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: {'set' if self._flag else 'unset'}>"

    def is_set(self):
        """Is it up?"""
        return self._flag

    def isSet(self):
        """See is_set. (Deprecated.)"""
        _deprecated("isSet", "use is_set()")
        return self.is_set()

    def set(self):
        """Raise it, and wake all that wait."""
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        """Lower it."""
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until it is up, or for so many seconds; is it?"""
        with self._cond:
            return self._flag or self._cond.wait(timeout)


class BrokenBarrierError(RuntimeError):
    """Nobody waits any longer at a barrier that was aborted or reset."""


class Barrier:
    """A place where so many threads wait for each other, again and again."""

    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be >= 1")
        self._cond, self._parties, self._action, self._timeout = Condition(Lock()), parties, action, timeout
        # "filling" while threads come, "draining" while they go, "resetting", "broken".
        self._phase, self._count = "filling", 0

    def __repr__(self):
        cls = type(self)
        head = f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: "
        return head + ("broken>" if self.broken else f"waiters={self.n_waiting}/{self.parties}>")

    def wait(self, timeout=None):
        """Wait for the others; a number from 0 on that is different for each."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            self._cond.wait_for(lambda: self._phase in ("filling", "broken"))
            if self._phase == "broken":
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    self._open()
                else:
                    self._stand(timeout)
                return index
            finally:
                self._count -= 1
                if not self._count and self._phase in ("draining", "resetting"):
                    self._go_into("filling")

    def _go_into(self, phase):
        self._phase = phase
        self._cond.notify_all()

    def _open(self):
        try:
            if self._action is not None:
                self._action()
        except:
            self._go_into("broken")
            raise
        self._go_into("draining")

    def _stand(self, timeout):
        if not self._cond.wait_for(lambda: self._phase != "filling", timeout):
            self._go_into("broken")
            raise BrokenBarrierError
        if self._phase != "draining":
            raise BrokenBarrierError

    def reset(self):
        """Send away those that wait, and begin anew."""
        with self._cond:
            if self._count:
                if self._phase != "draining":
                    self._go_into("resetting")
            else:
                self._go_into("filling")

    def abort(self):
        """Send away those that wait, and all that come."""
        with self._cond:
            self._go_into("broken")

    @property
    def parties(self):
        """How many wait for each other."""
        return self._parties

    @property
    def n_waiting(self):
        """How many wait now."""
        return self._count if self._phase == "filling" else 0

    @property
    def broken(self):
        """Was it aborted?"""
        return self._phase == "broken"


# ---- the end of the program


_at_end = []


def _register_atexit(func, *args, **kwargs):
    """Have a function called before the program waits for its threads."""
    _at_end.append(lambda: func(*args, **kwargs))


def _shutdown():
    while _at_end:
        _at_end.pop()()
    if current_thread() is _main and _main.is_alive():
        # It has done all it does, and whoever waits for its end has waited long enough.
        _main._stage = "stopped"
        _main._done.release()
    for thread in enumerate():
        if not (thread.daemon or thread is _main or thread is current_thread()):
            thread.join()


# For what the other threads waited when it was told that they do so for ever.
_told = set()


def _waits_of_others(waits):
    return {(number, id(key)) for number, key in waits if number != get_ident()}


def _given_up():
    """Was it told that other threads wait for ever, and do those still wait?"""
    return bool(_told) and _told <= _waits_of_others(_thread._threads.waits()[0])


def _all_wait(waits, stands):
    """Every thread waits for another: say who for whom, and end the program with status 3."""
    if not _given_up():
        lines = ["Deadlock: every thread waits, and none that could go on is left."]
        lines += _told_of(enumerate(), waits, stands) + _tasks()
        sys.stdout.flush()
        print("\n".join(lines), file=sys.stderr, flush=True)
    # While the program ends it waits for them again, and that need not be told.
    raise SystemExit(3)


def _told_of_others():
    """The event loop of this thread is stuck, and so are the others: what they wait for."""
    others = [thread for thread in enumerate() if thread is not current_thread()]
    return _told_of(others, *_thread._threads.waits())


def _told_of(threads, waits, stands):
    global _told
    _told = _waits_of_others(waits)
    keys, stands, needs, lines = dict(waits), dict(stands), {}, []
    for thread in threads:
        bodies = stands.get(thread.ident, ())
        what, needs[thread] = _awaited(keys.get(thread.ident), bodies)
        lines.append(f"  {thread.name} waits for {what}")
        origin = getattr(thread, "_origin", None)
        if origin is not None and not origin[0].startswith("<frozen "):
            lines.append(f"    started at {origin[0]}:{origin[1]}")
        for body in reversed(bodies):
            lines += _told_of_body(*body)
    return lines + _circle(needs)


# What those who wait in these methods are waiting for.
_AWAITED = {
    ("Event", "wait"): "a set() of", ("Condition", "wait"): "a notify() of", ("Condition", "wait_for"): "a notify() of",
    ("Semaphore", "acquire"): "a release() of", ("BoundedSemaphore", "acquire"): "a release() of",
    ("Barrier", "wait"): "more parties of", ("Queue", "get"): "a put() of", ("Queue", "put"): "a get() of",
    ("PriorityQueue", "get"): "a put() of", ("LifoQueue", "get"): "a put() of", ("SimpleQueue", "get"): "a put() of",
    ("Queue", "join"): "a task_done() of", ("Future", "result"): "the result of", ("Future", "exception"): "the result of",
}


def _awaited(key, bodies):
    """What a thread waits for, in words, and the thread that could give it, as far as the library's calls tell in which it is."""
    what, giver = None, None
    for file, _, name, me in bodies:
        if not file.startswith("<frozen "):
            break
        method = name.rpartition(".")[2]
        if (words := _AWAITED.get((type(me).__name__, method))) is not None:
            what, giver = f"{words} {me!r}", None
        elif isinstance(me, Thread) and method == "join":
            what, giver = f"the end of {me.name}", me
        elif isinstance(me, RLock):
            what, giver = _lock(me._owner)
        elif file.startswith("<frozen asyncio.") and method in ("run_forever", "run_until_complete"):
            what, giver = "something to happen in its event loop", None
    if what is None:
        what, giver = ("nothing", None) if key is None else _lock(getattr(key, "_holder", 0))
    return what, giver


def _lock(number):
    holder = _active.get(number)
    return ("a lock that nobody frees" if holder is None else f"a lock that {holder.name} has"), holder


def _told_of_body(file, line, name, _):
    if file.startswith("<frozen "):
        return []
    import linecache

    source = linecache.getline(file, line).strip()
    named = name if name.startswith("<") else name + "()"
    return [f"    in {named} at {file}:{line}", *([f"      {source}"] if source else [])]


def _tasks():
    """What is to be told of the tasks of event loops."""
    if "asyncio" not in sys.modules:
        return []
    from asyncio.stuck import told_of_all

    return told_of_all(None)


def _circle(needs):
    """Who waits for each other in a circle."""
    for start in needs:
        way, thread = [], start
        while thread is not None and thread not in way:
            way.append(thread)
            thread = needs.get(thread)
        if thread is start:
            return [f"  They wait for each other: {' -> '.join(thread.name for thread in (*way, start))}"]
    return []


_FIRST = 1
_main = _MainThread()
