"""Queues between threads."""

__all__ = ("Empty", "Full", "ShutDown", "Queue", "PriorityQueue", "LifoQueue", "SimpleQueue")

from _generic import GenericAlias
from collections import deque
from heapq import heappop, heappush
from threading import Condition, Lock
from time import monotonic


class Empty(Exception):
    """There is nothing to be got now."""

    # Tracebacks name it so.
    __module__ = "_queue"


class Full(Exception):
    """There is no room now."""


class ShutDown(Exception):
    """The queue was shut down."""


class Queue:
    """What is put first is got first."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = Lock()
        self.not_empty, self.not_full = Condition(self.mutex), Condition(self.mutex)
        self.all_tasks_done = Condition(self.mutex)
        self.unfinished_tasks, self.is_shutdown = 0, False

    # How items are kept is for derived classes to say.

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    def qsize(self):
        """How many items there are."""
        with self.mutex:
            return self._qsize()

    def empty(self):
        """Is there none?"""
        return not self.qsize()

    def full(self):
        """Is there no room?"""
        return 0 < self.maxsize <= self.qsize()

    def _wait(self, condition, ready, failure, block, timeout):
        """Wait, with the lock taken, until it is ready; the queue may be shut down meanwhile."""
        if not block:
            if not ready():
                raise failure
            return
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        deadline = None if timeout is None else monotonic() + timeout
        while not ready():
            left = None if deadline is None else deadline - monotonic()
            if left is not None and left <= 0:
                raise failure
            condition.wait(left)

    def put(self, item, block=True, timeout=None):
        """Put an item, waiting until there is room; Full if there is none in time."""
        with self.mutex:
            if self.is_shutdown:
                raise ShutDown
            if self.maxsize > 0:
                self._wait(
                    self.not_full, lambda: self.is_shutdown or self._qsize() < self.maxsize, Full, block, timeout
                )
                if self.is_shutdown:
                    raise ShutDown
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        """Get an item, waiting until there is one; Empty if there is none in time."""
        with self.mutex:
            if self.is_shutdown and not self._qsize():
                raise ShutDown
            self._wait(self.not_empty, lambda: self.is_shutdown or self._qsize(), Empty, block, timeout)
            if not self._qsize():
                raise ShutDown
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        """Put an item, if there is room now."""
        self.put(item, False)

    def get_nowait(self):
        """Get an item, if there is one now."""
        return self.get(False)

    def task_done(self):
        """An item that was got is dealt with."""
        with self.mutex:
            if self.unfinished_tasks <= 0:
                raise ValueError("task_done() called too many times")
            self._finish_task()

    def _finish_task(self):
        self.unfinished_tasks -= 1
        if not self.unfinished_tasks:
            self.all_tasks_done.notify_all()

    def join(self):
        """Wait until every item that was put is dealt with."""
        with self.mutex:
            self.all_tasks_done.wait_for(lambda: not self.unfinished_tasks)

    def shutdown(self, immediate=False):
        """Take no more; with `immediate`, forget what is there."""
        with self.mutex:
            self.is_shutdown = True
            if immediate:
                while self._qsize():
                    self._get()
                    if self.unfinished_tasks > 0:
                        self.unfinished_tasks -= 1
                self.all_tasks_done.notify_all()
            self.not_empty.notify_all()
            self.not_full.notify_all()


class PriorityQueue(Queue):
    """The least is got first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)


class LifoQueue(Queue):
    """What is put last is got first."""

    def _init(self, maxsize):
        self.queue = []

    def _get(self):
        return self.queue.pop()


class SimpleQueue:
    """A queue without bounds and without tasks."""

    __module__ = "_queue"
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self):
        self._queue = Queue()

    def put(self, item, block=True, timeout=None):
        """Put an item; there is always room."""
        self._queue.put(item)

    def get(self, block=True, timeout=None):
        """Get an item, waiting until there is one; Empty if there is none in time."""
        return self._queue.get(block, timeout)

    def put_nowait(self, item):
        """Put an item."""
        self._queue.put(item)

    def get_nowait(self):
        """Get an item, if there is one now."""
        return self._queue.get(False)

    def empty(self):
        """Is there none?"""
        return self._queue.empty()

    def qsize(self):
        """How many items there are."""
        return self._queue.qsize()


# CPython has a second class, written in C.
_PySimpleQueue = SimpleQueue
