"""Functions to be called at given times."""

import threading
import time
from collections import namedtuple
from heapq import heapify, heappop, heappush
from itertools import count

__all__ = ["scheduler"]

# Events of the same time and priority are told apart by `sequence`: what comes behind it is never compared.
Event = namedtuple("Event", ["time", "priority", "sequence", "action", "argument", "kwargs"])
_NO_KEYWORDS = object()


class scheduler:
    """Calls to be made, by time and then by priority."""

    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self.timefunc, self.delayfunc = timefunc, delayfunc
        self._sequence = count()
        self._heap, self._guard = [], threading.RLock()

    def enter(self, delay, priority, action, argument=(), kwargs=_NO_KEYWORDS):
        """Plan a call for so much later."""
        due = self.timefunc() + delay
        return self.enterabs(due, priority, action, argument, kwargs)

    def enterabs(self, time, priority, action, argument=(), kwargs=_NO_KEYWORDS):
        """Plan a call for a time; the event, by which it can be cancelled."""
        if kwargs is _NO_KEYWORDS:
            kwargs = {}
        with self._guard:
            planned = Event(time, priority, next(self._sequence), action, argument, kwargs)
            heappush(self._heap, planned)
        return planned

    def cancel(self, event):
        """Take an event out; ValueError if it is not there."""
        with self._guard:
            self._heap.remove(event)
            heapify(self._heap)

    def empty(self):
        """Is nothing planned?"""
        return not self._heap

    @property
    def queue(self):
        """The events, in order."""
        with self._guard:
            return sorted(self._heap)

    def _turns(self):
        """The planned events by and by: each as `(event, None)` when it is due, and till then as `(None, wait)`."""
        while True:
            with self._guard:
                if not self._heap:
                    return
                due, now = self._heap[0].time, self.timefunc()
                turn = (None, due - now) if due > now else (heappop(self._heap), None)
            # The events that the caller makes or cancels in between count for the next turn.
            yield turn

    def run(self, blocking=True):
        """Make the calls as they fall due, until none is left; not blocking, how long it is to the next."""
        for event, wait in self._turns():
            if event is not None:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)
            elif blocking:
                self.delayfunc(wait)
            else:
                return wait
