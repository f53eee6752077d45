"""Functions to be called at given times."""

import heapq
import threading
import time
from collections import namedtuple
from itertools import count

__all__ = ["scheduler"]

_FIELDS = "time, priority, sequence, action, argument, kwargs"
Event = namedtuple("Event", _FIELDS)
Event.time.__doc__ = "Numeric type compatible with the return value of the timefunc function passed to the constructor."
_NONE = object()


class scheduler:
    """Calls to be made, by time and then by priority."""

    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self._queue = []
        self._lock = threading.RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._numbers = count()

    def enterabs(self, time, priority, action, argument=(), kwargs=_NONE):
        """Plan a call for a time; the event, by which it can be cancelled."""
        event = Event(time, priority, next(self._numbers), action, argument, {} if kwargs is _NONE else kwargs)
        with self._lock:
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_NONE):
        """Plan a call for so much later."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Take an event out; ValueError if it is not there."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        """Is nothing planned?"""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Make the calls as they fall due, until none is left."""
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                now = self.timefunc()
                wait = event.time - now
                if event.time <= now:
                    heapq.heappop(self._queue)
            if event.time > now:
                if not blocking:
                    return wait
                self.delayfunc(wait)
            else:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)

    @property
    def queue(self):
        """The events, in order."""
        with self._lock:
            return sorted(self._queue)
