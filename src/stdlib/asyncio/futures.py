"""Futures: results that are not there yet."""

__all__ = ("Future", "wrap_future", "isfuture", "future_discard_from_awaited_by", "future_add_to_awaited_by")

import _asyncio
from _asyncio import Future

_PENDING, _CANCELLED, _FINISHED = "PENDING", "CANCELLED", "FINISHED"
_set_result_unless_cancelled = _asyncio._set_result_unless_cancelled


def isfuture(obj):
    """Is it a future? Whatever has the mark of one in its class is."""
    return hasattr(type(obj), "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def _get_loop(future):
    try:
        get_loop = future.get_loop
    except AttributeError:
        return future._loop
    return get_loop()


def future_add_to_awaited_by(fut, waiter, /):
    """Note that a task waits for a future; what awaits directly is known without it."""


def future_discard_from_awaited_by(fut, waiter, /):
    """The task waits no longer."""


def wrap_future(future, *, loop=None):
    """The future of concurrent.futures as one of asyncio."""
    if isfuture(future):
        return future
    import concurrent.futures

    raise AssertionError(f"concurrent.futures.Future is expected, got {future!r}")
