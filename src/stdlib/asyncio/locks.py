"""What tasks keep out of each other's way with, or wait for each other at."""

__all__ = ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier")

from _collections import deque

from _asyncio import LockState, _at_once, _install, _who

from .exceptions import BrokenBarrierError, CancelledError
from .mixins import _LoopBoundMixin as Bound
from .waiting import wake, wake_head


class _ContextManagerMixin(Bound):
    """Something that a task can have for the time of a block."""

    @_at_once
    async def __aenter__(self):
        await self.acquire()

    @_at_once
    async def __aexit__(self, exc_type, exc, tb):
        self.release()


def _shown(thing, state, line):
    """The usual repr, with the state, and how many wait."""
    waiters = f", waiters:{len(line)}" if line else ""
    return f"<{object.__repr__(thing)[1:-1]} [{state}{waiters}]>"


def _still_wanted(line):
    """Does anybody in line still want it?"""
    for place in line:
        if not place.cancelled():
            return True
    return False


class Lock(LockState, _ContextManagerMixin):
    """At most one task has it at a time; who waits gets it in turn."""

    # The state is native: while it is taken, `_taken` is the number of the task that has it.
    def __init__(self):
        pass

    def __repr__(self):
        return _shown(self, "locked" if self._taken else "unlocked", self._waiters)

    @_at_once
    async def acquire(self):
        """Wait until it is free, and take it."""
        line = self._waiters
        # It may be free and not to be had: when it was released for somebody who has not run since.
        if self._taken or line and _still_wanted(line):
            place = self._stand_in(line)
            try:
                await place
            except BaseException as interruption:
                line.remove(place)
                if not self._taken and isinstance(interruption, CancelledError):
                    wake_head(line)
                raise
            line.remove(place)
        self._taken = _who()
        return True


# Its blocks are the lock's own where the class is this one.
_install(Lock=Lock)


class Event(Bound):
    """Something that happens, and those who wait for it."""

    def __init__(self):
        self._happened = False
        self._waiters = deque()

    def __repr__(self):
        return _shown(self, "set" if self._happened else "unset", self._waiters)

    def is_set(self):
        """Has it happened?"""
        return self._happened

    def set(self):
        """It has happened: everybody who waits is woken."""
        before, self._happened = self._happened, True
        if self._waiters and not before:
            wake(self._waiters, len(self._waiters))

    def clear(self):
        """It has not happened (again)."""
        self._happened = False

    async def wait(self):
        """Wait until it has happened."""
        if not self._happened:
            place = self._stand_in(self._waiters)
            try:
                await place
            finally:
                self._waiters.remove(place)
        return True


class Condition(_ContextManagerMixin):
    """A lock, and tasks that wait until somebody who has it notifies them."""

    def __init__(self, lock=None):
        self._waiters = deque()
        self._lock = lock = Lock() if lock is None else lock
        self.locked, self.acquire, self.release = lock.locked, lock.acquire, lock.release

    def __repr__(self):
        return _shown(self, "locked" if self.locked() else "unlocked", self._waiters)

    async def wait(self):
        """Release the lock, wait to be notified, take the lock again."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        line = self._waiters
        place = self._get_loop().create_future()
        self.release()
        # In line only once the lock could be released.
        line.append(place)
        try:
            try:
                await place
            finally:
                line.remove(place)
                await self._acquire_at_last()
        except BaseException:
            # Perhaps it had been notified before: then another one must be.
            wake(line, 1)
            raise
        return True

    async def _acquire_at_last(self):
        """Acquire it, however often that is cancelled; the last cancellation comes out afterwards."""
        late = None
        while True:
            try:
                await self.acquire()
            except CancelledError as cancelled:
                late = cancelled
            else:
                break
        try:
            if late is not None:
                raise late
        finally:
            # No cycle of the exception and this frame.
            late = None

    async def wait_for(self, predicate):
        """Wait until the predicate is true."""
        while not (answer := predicate()):
            await self.wait()
        return answer

    def notify(self, n=1):
        """Wake as many of those who wait."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        if self._waiters:
            wake(self._waiters, n)

    def notify_all(self):
        """Wake all who wait."""
        self.notify(len(self._waiters))


class Semaphore(_ContextManagerMixin):
    """At most so many tasks have it at a time."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._value, self._waiters = value, deque()

    def __repr__(self):
        return _shown(self, "locked" if self.locked() else f"unlocked, value:{self._value}", self._waiters)

    def locked(self):
        """Would acquiring it have to wait?"""
        return self._value == 0 or _still_wanted(self._waiters)

    async def acquire(self):
        """Wait until it can be had, and take it."""
        line = self._waiters
        if self._value and not line or not self.locked():
            self._value -= 1
            return True
        place = self._stand_in(line)
        try:
            try:
                await place
            finally:
                line.remove(place)
        except CancelledError:
            if place.done() and not place.cancelled():
                # Whoever wakes somebody has taken it for him: it was not needed.
                self._value += 1
            raise
        finally:
            # What was released while nobody could be woken.
            while self._value > 0 and self._hand_over():
                pass
        return True

    def release(self):
        """Give it back."""
        self._value += 1
        if self._waiters:
            self._hand_over()

    def _hand_over(self):
        """Take it for the first who waits, if anybody does."""
        woken = wake(self._waiters, 1)
        self._value -= woken
        return woken


class BoundedSemaphore(Semaphore):
    """A semaphore that cannot be released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._bound_value = value

    def release(self):
        if self._value < self._bound_value:
            self._value += 1
            if self._waiters:
                self._hand_over()
        else:
            raise ValueError("BoundedSemaphore released too many times")


class Barrier(Bound):
    """Tasks wait here for each other, until there are enough of them.

    It is "filling" until the last one comes, then "draining" until the last one has gone. "resetting" is draining without
    anything having been achieved, and from "broken" only a reset leads back.
    """

    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be >= 1")
        self._parties, self._count = parties, 0
        self._stage = "filling"
        self._change = Condition()

    def __repr__(self):
        waiting = "" if self.broken else f", waiters:{self.n_waiting}/{self._parties}"
        return _shown(self, self._stage + waiting, None)

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *args):
        pass

    async def wait(self):
        """Wait for the others; each gets a number of its own."""
        async with self._change:
            await self._change.wait_for(self._may_enter)
            if self._stage == "broken":
                raise BrokenBarrierError("Barrier aborted")
            number = self._count
            self._count = number + 1
            try:
                if self._count == self._parties:
                    self._turn("draining")
                else:
                    await self._change.wait_for(self._may_leave)
                    if self._stage != "draining":
                        raise BrokenBarrierError("Abort or reset of barrier")
                return number
            finally:
                self._count -= 1
                if self._count == 0:
                    self._turn("broken" if self._stage == "broken" else "filling")

    def _may_enter(self):
        return self._stage in ("filling", "broken")

    def _may_leave(self):
        return self._stage != "filling"

    def _turn(self, stage):
        """Another stage, of which everybody hears."""
        self._stage = stage
        self._change.notify_all()

    async def reset(self):
        """Send away who waits, and begin anew."""
        async with self._change:
            self._turn("resetting" if self._count else "filling")

    async def abort(self):
        """Send away who waits, and whoever comes."""
        async with self._change:
            self._turn("broken")

    @property
    def parties(self):
        """How many tasks it takes."""
        return self._parties

    @property
    def n_waiting(self):
        """How many are waiting."""
        return self._count if self._stage == "filling" else 0

    @property
    def broken(self):
        """Was it aborted?"""
        return self._stage == "broken"
