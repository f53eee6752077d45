"""Futures of calls that are made elsewhere, and what waits for them."""

from collections import deque, namedtuple
from threading import Condition, Event
from time import monotonic
from weakref import ref

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
PENDING, RUNNING, CANCELLED, FINISHED = "PENDING", "RUNNING", "CANCELLED", "FINISHED"
# Cancelled, and its executor knows it.
CANCELLED_AND_NOTIFIED = "CANCELLED_AND_NOTIFIED"

_CALLED_OFF = CANCELLED, CANCELLED_AND_NOTIFIED
_OVER = *_CALLED_OFF, FINISHED


class Error(Exception):
    """What goes wrong with futures."""


class CancelledError(Error):
    """The call was called off."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """A future is told what it knows already."""


class BrokenExecutor(RuntimeError):
    """The executor cannot call anything any more."""


class Future:
    """The result of a call that may not have been made yet."""

    def __init__(self):
        self._condition = Condition()
        self._state, self._result, self._exception = PENDING, None, None
        # Functions to be called at the end; and those among the waiting that want to know (see `wait`).
        self._done_callbacks, self._waiters = [], []

    def __repr__(self):
        with self._condition:
            state = {CANCELLED_AND_NOTIFIED: "cancelled"}.get(self._state, self._state.lower())
            came_to = ""
            if self._state == FINISHED:
                failed = self._exception is not None
                of = self._exception if failed else self._result
                came_to = f" {'raised' if failed else 'returned'} {type(of).__name__}"
            return f"<{type(self).__name__} at {id(self):#x} state={state}{came_to}>"

    # ---- for whoever wants the result

    def cancel(self):
        """Call it off; False if it has begun already."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state == PENDING:
                self._state = CANCELLED
                self._condition.notify_all()
            else:
                return True
        self._call_back()
        return True

    def cancelled(self):
        """Was it called off?"""
        return self._state in _CALLED_OFF

    def running(self):
        """Has it begun, and not ended?"""
        return self._state == RUNNING

    def done(self):
        """Is it over, or called off?"""
        return self._state in _OVER

    def add_done_callback(self, fn):
        """Have `fn(future)` called when it is over: at once, if it is."""
        with self._condition:
            if self._state not in _OVER:
                self._done_callbacks.append(fn)
                return
        self._call_one(fn)

    def _call_back(self):
        for fn in self._done_callbacks:
            self._call_one(fn)

    def _call_one(self, fn):
        try:
            fn(self)
        except Exception:
            import logging

            logging.getLogger("concurrent.futures").exception("exception calling callback for %r", self)

    def result(self, timeout=None):
        """What the call returned; waits for it, at most so many seconds. What it raised is raised."""
        failure = self.exception(timeout)
        if failure is None:
            return self._result
        try:
            raise failure
        finally:
            # The traceback would hold the future, which holds the exception.
            self = failure = None

    def exception(self, timeout=None):
        """What the call raised, or None; waits for it, at most so many seconds."""
        with self._condition:
            if not self._condition.wait_for(lambda: self._state in _OVER, timeout):
                raise TimeoutError
            if self._state in _CALLED_OFF:
                raise CancelledError
            return self._exception

    # ---- for executors

    def set_running_or_notify_cancel(self):
        """It begins. False if it was called off."""
        with self._condition:
            if self._state == PENDING:
                self._state = RUNNING
                return True
            if self._state != CANCELLED:
                import logging

                logger = logging.getLogger("concurrent.futures")
                logger.critical("Future %s in unexpected state: %s", id(self), self._state)
                raise RuntimeError("Future in unexpected state")
            self._state = CANCELLED_AND_NOTIFIED
            self._tell_waiting()
            return False

    def set_result(self, result):
        """It has returned this."""
        self._finish(result, None)

    def set_exception(self, exception):
        """It has raised this."""
        self._finish(None, exception)

    def _finish(self, result, exception):
        with self._condition:
            if self._state in _OVER:
                raise InvalidStateError(f"{self._state}: {self!r}")
            self._result, self._exception, self._state = result, exception, FINISHED
            self._tell_waiting()
            self._condition.notify_all()
        self._call_back()

    def _tell_waiting(self):
        for waiter in self._waiters:
            waiter.tell(self)

    __class_getitem__ = classmethod(lambda cls, item: __import__("types").GenericAlias(cls, item))


class Executor:
    """Something that makes calls."""

    def submit(self, fn, /, *args, **kwargs):
        """Have it called; a future of the result."""
        raise NotImplementedError

    def map(self, fn, *iterables, timeout=None, chunksize=1, buffersize=None):
        """The results of all calls, in order."""
        if buffersize is not None and not isinstance(buffersize, int):
            raise TypeError("buffersize must be an integer or None")
        if buffersize is not None and buffersize < 1:
            raise ValueError("buffersize must be None or > 0")
        deadline = None if timeout is None else monotonic() + timeout
        calls = zip(*iterables)
        futures = []
        for args in calls:
            futures.append(self.submit(fn, *args))
            if len(futures) == buffersize:
                break
        return _in_order(ref(self), fn, futures, calls, deadline)

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Make no more calls."""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.shutdown(wait=True)
        return False


def _taken(future, timeout):
    try:
        return future.result(timeout)
    finally:
        future.cancel()


# ---- waiting for several


def _in_order(executor_ref, fn, futures, calls, deadline):
    """What the calls come to. It keeps neither the executor nor what it has given."""
    futures = deque(futures)
    try:
        while futures:
            executor = executor_ref()
            if executor is not None:
                for args in calls:
                    futures.append(executor.submit(fn, *args))
                    break
            del executor
            yield _taken(futures.popleft(), None if deadline is None else deadline - monotonic())
    finally:
        for future in futures:
            future.cancel()


class _Waiting:
    """Somebody who waits for several futures, and is told of each that is over."""

    def __init__(self, enough):
        self.over, self.event, self.enough = [], Event(), enough

    def tell(self, future):
        self.over.append(future)
        if self.enough(self.over):
            self.event.set()


def _is_over(future):
    return future._state in (CANCELLED_AND_NOTIFIED, FINISHED)


def _told_of(futures, waiting):
    """From now on it is told; those that are over already."""
    over = set()
    for future in futures:
        with future._condition:
            if _is_over(future):
                over.add(future)
            else:
                future._waiters.append(waiting)
    return over


def _no_longer_told(futures, waiting):
    for future in futures:
        with future._condition:
            if waiting in future._waiters:
                future._waiters.remove(waiting)


DoneAndNotDoneFutures = namedtuple("DoneAndNotDoneFutures", ("done", "not_done"))


def _failed(future):
    return not future.cancelled() and future._exception is not None


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait for some, or all, or for so many seconds: which are over, and which are not."""
    fs = set(fs)
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED) and not all(map(_is_over, fs)):
        raise ValueError(f"Invalid return condition: {return_when!r}")

    def enough(over):
        if return_when == FIRST_COMPLETED and over:
            return True
        if return_when == FIRST_EXCEPTION and any(map(_failed, over)):
            return True
        return len(over) == missing

    missing = -1
    waiting = _Waiting(lambda over: enough(over))
    done = _told_of(fs, waiting)
    missing = len(fs) - len(done)
    if not (missing == 0 or done and enough(list(done)) or enough(waiting.over)):
        waiting.event.wait(timeout)
    _no_longer_told(fs, waiting)
    done.update(waiting.over)
    return DoneAndNotDoneFutures(done, fs - done)


def _let_go(ready, futures):
    future = ready.pop()
    futures.discard(future)
    return future


def as_completed(fs, timeout=None):
    """The futures, each as soon as it is over."""
    deadline = None if timeout is None else monotonic() + timeout
    fs = set(fs)
    total = len(fs)
    waiting = _Waiting(bool)
    ready = list(_told_of(fs, waiting))
    try:
        given = 0
        while given < total:
            while ready:
                given += 1
                yield _let_go(ready, fs)
            if given == total:
                break
            left = None if deadline is None else deadline - monotonic()
            if not (waiting.over or waiting.event.wait(left)):
                raise TimeoutError(f"{total - given} (of {total}) futures unfinished")
            ready, waiting.over = waiting.over[::-1], []
            waiting.event.clear()
    finally:
        _no_longer_told(fs, waiting)
