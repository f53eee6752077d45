"""The exceptions of asyncio."""

__all__ = (
    "CancelledError", "InvalidStateError", "TimeoutError", "BrokenBarrierError",
    "IncompleteReadError", "LimitOverrunError", "SendfileNotAvailableError",
)

TimeoutError = TimeoutError


class CancelledError(BaseException):
    """What is raised in a task that is to end, and comes of a future that nobody needs any more."""


class InvalidStateError(Exception):
    """A future is asked for what it has not got yet, or told what it knows already."""


class BrokenBarrierError(RuntimeError):
    """Nobody waits any longer at a barrier that was aborted or reset."""


class SendfileNotAvailableError(RuntimeError):
    """The system cannot send this file through this socket by itself."""


class IncompleteReadError(EOFError):
    """A stream ended too early; `partial` is what came of the `expected` bytes."""

    def __init__(self, partial, expected):
        self.partial, self.expected = partial, expected
        wanted = "undefined" if expected is None else repr(expected)
        super().__init__(f"{len(partial)} bytes read on a total of {wanted} expected bytes")

    def __reduce__(self):
        return type(self), (self.partial, self.expected)


class LimitOverrunError(Exception):
    """No separator among as many bytes as are looked at; `consumed` is how many those are."""

    def __init__(self, message, consumed):
        self.consumed = consumed
        super().__init__(message)

    def __reduce__(self):
        return type(self), (*self.args, self.consumed)
