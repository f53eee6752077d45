"""Blocks that take no longer than they may."""

__all__ = ("Timeout", "timeout", "timeout_at")


from .events import get_running_loop
from .exceptions import CancelledError
from .tasks import current_task


class Timeout:
    """Cancels the task in its block when time is up, and makes a TimeoutError of that cancellation.

    It is "created", then "active" in the block; "expiring" from the cancellation to the end of the block, and "expired"
    then; "finished" if the block ended in time.
    """

    # Nothing is to be derived from it: the mark that typing.final leaves.
    __final__ = True

    def __init__(self, when):
        self._deadline, self._stage = when, "created"
        self._timer = self._owner = None

    def __repr__(self):
        shown = f"[{self._stage}]"
        if self._stage == "active":
            deadline = self._deadline
            shown += f" when={deadline if deadline is None else round(deadline, 3)}"
        return f"<Timeout {shown}>"

    def when(self):
        """The deadline, or None."""
        return self._deadline

    def expired(self):
        """Is its time up?"""
        return self._stage.startswith("expir")

    def reschedule(self, when):
        """Have another deadline, or with None no deadline."""
        if self._stage == "created":
            raise RuntimeError("Timeout has not been entered")
        if self._stage != "active":
            raise RuntimeError(f"Cannot change state of {self._stage} Timeout")
        self._disarm()
        self._deadline = when
        if when is not None:
            loop = get_running_loop()
            late = when <= loop.time()
            self._timer = loop.call_soon(self._time_is_up) if late else loop.call_at(when, self._time_is_up)

    def _disarm(self):
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _time_is_up(self):
        self._timer = None
        self._stage = "expiring"
        self._owner.cancel()

    async def __aenter__(self):
        if self._stage != "created":
            raise RuntimeError("Timeout has already been entered")
        owner = current_task()
        if owner is None:
            raise RuntimeError("Timeout should be used inside a task")
        # So many others want the task cancelled already: that is not our doing.
        self._others = owner.cancelling()
        self._owner, self._stage = owner, "active"
        self.reschedule(self._deadline)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self._disarm()
        if self._stage == "active":
            self._stage = "finished"
        elif self._stage == "expiring":
            self._stage = "expired"
            ours_alone = self._owner.uncancel() <= self._others
            if ours_alone and exc_type is not None:
                if issubclass(exc_type, CancelledError):
                    raise TimeoutError from exc_val
                _reword_context(exc_val)
                if isinstance(exc_val, ExceptionGroup):
                    for member in exc_val.exceptions:
                        _reword_context(member)


def _reword_context(error):
    """Something else was raised while the block was cancelled: behind it there is to be a timeout."""
    while (behind := error.__context__) is not None:
        if isinstance(behind, CancelledError):
            error.__context__ = reworded = TimeoutError()
            reworded.__context__ = reworded.__cause__ = behind
            break
        error = behind


def timeout(delay):
    """A block that may take `delay` seconds; as long as it likes with None."""
    loop = get_running_loop()
    return Timeout(delay if delay is None else loop.time() + delay)


def timeout_at(when):
    """A block that may take until `when` on the loop's clock; as long as it likes with None."""
    return Timeout(when)
