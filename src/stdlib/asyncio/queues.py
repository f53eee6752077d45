"""Queues between tasks: one class, and three ways to keep what is in it."""

__all__ = ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty", "QueueShutDown")

from _collections import deque
from _generic import GenericAlias
from _heapq import heappop, heappush

from _asyncio import QueueState, _at_once, _install

from .locks import Event
from .mixins import _LoopBoundMixin as Bound
from .waiting import dismiss, leave, serve


class QueueEmpty(Exception):
    """There is nothing in the queue."""


class QueueFull(Exception):
    """There is no room in the queue."""


class QueueShutDown(Exception):
    """The queue was shut down."""


class Queue(QueueState, Bound):
    """What comes first goes first; with `maxsize` there is room for so many.

    The state is native, and so is the common way in and out: of a queue with no methods of a derived class to be asked, where
    nobody has to wait.
    """

    def __init__(self, maxsize=0):
        self._maxsize, self._unfinished_tasks, self._is_shutdown = maxsize, 0, False
        # Set while nobody waits for it to happen.
        self._finished = Event()
        self._finished.set()
        self._init(maxsize)
        self._plain = type(maxsize) is int and _has_no_ideas(type(self))

    __class_getitem__ = classmethod(GenericAlias)

    # ---- what derived classes do otherwise

    def _init(self, maxsize):
        self._queue = deque()

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.popleft()

    def _wakeup_next(self, waiters):
        serve(waiters)

    # ---- what there is in it

    @property
    def maxsize(self):
        """How many there is room for; 0 for as many as one likes."""
        return self._maxsize

    def qsize(self):
        """How many items there are."""
        return len(self._queue)

    def empty(self):
        """Is there nothing?"""
        return not self._queue

    def full(self):
        """Is there no room?"""
        endless = self._maxsize <= 0
        return not endless and self.qsize() >= self._maxsize

    # ---- putting

    @_at_once
    async def put(self, item):
        """Put an item in, when there is room."""
        while self.full():
            if self._is_shutdown:
                raise QueueShutDown
            place = self._stand_in(self._putters)
            try:
                await place
            except:
                if self._gave_up(self._putters, place) and not self.full():
                    self._wakeup_next(self._putters)
                raise
        return self.put_nowait(item)

    # ---- getting

    @_at_once
    async def get(self):
        """Take an item out, when there is one."""
        while self.empty():
            if self._is_shutdown:
                raise QueueShutDown
            place = self._stand_in(self._getters)
            try:
                await place
            except:
                if self._gave_up(self._getters, place) and not self.empty():
                    self._wakeup_next(self._getters)
                raise
        return self.get_nowait()

    def _gave_up(self, line, place):
        """Somebody waits no longer. Had it been woken before, it owes that to the next one in line."""
        place.cancel()
        leave(line, place)
        return not place.cancelled()

    # ---- what was taken out, and is worked on

    def task_done(self):
        """What was taken out is done with."""
        if not self._count_down():
            raise ValueError("task_done() called too many times")

    async def join(self):
        """Wait until everything that was put in is done with."""
        if self._unfinished_tasks > 0:
            self._finished.clear()
            await self._finished.wait()

    def _count_down(self):
        """One less to wait for, if there is any."""
        left = self._unfinished_tasks - 1
        if left < 0:
            return False
        self._unfinished_tasks = left
        if not left:
            self._finished.set()
        return True

    # ---- the end

    def shutdown(self, immediate=False):
        """Let nothing more in; with `immediate`, forget what is in it too."""
        self._is_shutdown = True
        if immediate:
            while not self.empty():
                self._get()
                self._count_down()
        dismiss(self._getters)
        dismiss(self._putters)

    # ---- texts

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x} {self._format()}>"

    def __str__(self):
        return f"<{type(self).__name__} {self._format()}>"

    def _format(self):
        text = f"maxsize={self._maxsize!r}"
        if getattr(self, "_queue", None):
            text += f" _queue={list(self._queue)!r}"
        for name in "_getters", "_putters":
            if line := getattr(self, name):
                text += f" {name}[{len(line)}]"
        if self._unfinished_tasks:
            text += f" tasks={self._unfinished_tasks}"
        return f"{text} shutdown" if self._is_shutdown else text


def _put_nowait(self, item):
    if self._is_shutdown:
        raise QueueShutDown
    if self.full():
        raise QueueFull
    self._put(item)
    self._unfinished_tasks += 1
    self._wakeup_next(self._getters)


def _get_nowait(self):
    if self.empty():
        raise QueueShutDown if self._is_shutdown else QueueEmpty
    item = self._get()
    self._wakeup_next(self._putters)
    return item


# What the natives leave to Python.
_install(queue_put_nowait=_put_nowait, queue_get_nowait=_get_nowait, QueueShutDown=QueueShutDown)

_HOOKS = "_init", "_put", "_get", "_wakeup_next", "qsize", "empty", "full", "put_nowait", "get_nowait"


def _has_no_ideas(cls):
    """Does a class do all of that as Queue does?"""
    return cls is Queue or all(getattr(cls, name) is getattr(Queue, name) for name in _HOOKS)


class LifoQueue(Queue):
    """What comes last goes first."""

    def _init(self, maxsize):
        self._queue = []

    def _get(self):
        return self._queue.pop()


class PriorityQueue(Queue):
    """The least item goes first."""

    _init = LifoQueue._init

    def _put(self, item):
        heappush(self._queue, item)

    def _get(self):
        return heappop(self._queue)
