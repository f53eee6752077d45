"""Blocks that take no longer than they may."""

__all__ = ("Timeout", "timeout", "timeout_at")

import enum
from types import TracebackType
from typing import final

from . import events, exceptions, tasks


class _State(enum.Enum):
    CREATED = "created"
    ENTERED = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    EXITED = "finished"


@final
class Timeout:
    """Cancels the block when its time is up, and makes a TimeoutError of that cancellation."""

    def __init__(self, when):
        self._state = _State.CREATED
        self._timer = None
        self._task = None
        self._when = when

    def when(self):
        """The deadline, or None."""
        return self._when

    def reschedule(self, when):
        """Have another deadline, or with None no deadline."""
        if self._state is not _State.ENTERED:
            if self._state is _State.CREATED:
                raise RuntimeError("Timeout has not been entered")
            raise RuntimeError(f"Cannot change state of {self._state.value} Timeout")
        self._when = when
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if when is None:
            return
        loop = events.get_running_loop()
        if when <= loop.time():
            self._timer = loop.call_soon(self._on_timeout)
        else:
            self._timer = loop.call_at(when, self._on_timeout)

    def expired(self):
        """Is its time up?"""
        return self._state in (_State.EXPIRING, _State.EXPIRED)

    def __repr__(self):
        parts = [f"[{self._state.value}]"]
        if self._state is _State.ENTERED:
            parts.append(f"when={None if self._when is None else round(self._when, 3)}")
        else:
            parts.append("")
        return f"<Timeout {parts[0]} {parts[1]}>" if parts[1] else f"<Timeout {parts[0]}>"

    async def __aenter__(self):
        if self._state is not _State.CREATED:
            raise RuntimeError("Timeout has already been entered")
        task = tasks.current_task()
        if task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._state = _State.ENTERED
        self._task = task
        self._cancelling = task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._state is _State.ENTERED:
            self._state = _State.EXITED
            return None
        if self._state is not _State.EXPIRING:
            return None
        self._state = _State.EXPIRED
        # Only if nobody else wants the task cancelled is it our cancellation that came.
        if self._task.uncancel() <= self._cancelling and exc_type is not None:
            if issubclass(exc_type, exceptions.CancelledError):
                raise TimeoutError from exc_val
            _tell_in_context(exc_val)
            if isinstance(exc_val, ExceptionGroup):
                for inner in exc_val.exceptions:
                    _tell_in_context(inner)
        return None

    def _on_timeout(self):
        self._task.cancel()
        self._state = _State.EXPIRING
        self._timer = None


def _tell_in_context(exception):
    """Where a cancellation is the context of an exception, it was a timeout."""
    while exception.__context__ is not None:
        if isinstance(exception.__context__, exceptions.CancelledError):
            told = TimeoutError()
            told.__context__ = told.__cause__ = exception.__context__
            exception.__context__ = told
            return
        exception = exception.__context__


def timeout(delay):
    """A block that may take `delay` seconds; as long as it likes with None."""
    loop = events.get_running_loop()
    return Timeout(None if delay is None else loop.time() + delay)


def timeout_at(when):
    """A block that may take until `when` on the loop's clock; as long as it likes with None."""
    return Timeout(when)
