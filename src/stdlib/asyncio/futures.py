"""Futures: results that are not there yet."""

__all__ = ("Future", "wrap_future", "isfuture", "future_discard_from_awaited_by", "future_add_to_awaited_by")

import _asyncio
from _asyncio import Future

_PENDING, _CANCELLED, _FINISHED = "PENDING", "CANCELLED", "FINISHED"
_set_result_unless_cancelled = _asyncio._set_result_unless_cancelled


def isfuture(obj):
    """Is it a future? Whatever has the mark of one in its class is."""
    return hasattr(obj.__class__, "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def _get_loop(future):
    try:
        get_loop = future.get_loop
    except AttributeError:
        return future._loop
    return get_loop()


# Who waits for a future without awaiting it, as far as somebody has said so; made when that happens.
_told_of = None


def future_add_to_awaited_by(fut, waiter, /):
    """Note that a task waits for a future; what awaits directly is known without it."""
    global _told_of
    if isinstance(fut, Future) and isinstance(waiter, Future):
        if _told_of is None:
            from weakref import WeakKeyDictionary

            _told_of = WeakKeyDictionary()
        _told_of.setdefault(fut, {})[waiter] = None


def future_discard_from_awaited_by(fut, waiter, /):
    """The task waits no longer."""
    if _told_of is not None:
        _told_of.get(fut, {}).pop(waiter, None)


def _awaiting(future):
    """Who waits for a future: those who await it, those who await what its callbacks stand for, and who is said to."""
    waiting = dict.fromkeys(getattr(future, "_asyncio_awaited_by", None) or ())
    for callback, _ in getattr(future, "_callbacks", None) or ():
        # What a callback stands for is said by itself or, if it is a method, by its object.
        stands_for = getattr(getattr(callback, "__self__", callback), "_stands_for", None)
        if isinstance(stands_for, _asyncio.Task):
            waiting[stands_for] = None
        elif stands_for is not None:
            waiting.update(dict.fromkeys(_awaiting(stands_for)))
    if _told_of is not None:
        waiting.update(_told_of.get(future, ()))
    return waiting


def wrap_future(future, *, loop=None):
    """The future of concurrent.futures as one of asyncio, in which its result, and a cancellation of ours, are passed on."""
    if isfuture(future):
        return future
    from concurrent.futures import Future as Elsewhere

    assert isinstance(future, Elsewhere), f"concurrent.futures.Future is expected, got {future!r}"
    if loop is None:
        from .events import get_event_loop

        loop = get_event_loop()
    ours = loop.create_future()
    _chain_future(future, ours)
    return ours


def _chain_future(source, destination):
    """What becomes of the source becomes of the destination; who cancels that cancels the source. Either may be a future of
    concurrent.futures, whose callbacks come in any thread."""
    for end, name in (source, "source"), (destination, "destination"):
        if not isfuture(end):
            from concurrent.futures import Future as Elsewhere

            if not isinstance(end, Elsewhere):
                raise TypeError(f"A future is required for {name} argument")
    from_loop = _get_loop(source) if isfuture(source) else None
    to_loop = _get_loop(destination) if isfuture(destination) else None

    def pass_on(source):
        if destination.cancelled() and to_loop is not None and to_loop.is_closed():
            return
        if to_loop is None or to_loop is from_loop:
            _copy_state(source, destination)
        elif not to_loop.is_closed():
            to_loop.call_soon_threadsafe(_copy_state, source, destination)

    def call_off(destination):
        if not destination.cancelled():
            return
        if from_loop is None or from_loop is to_loop:
            source.cancel()
        else:
            from_loop.call_soon_threadsafe(source.cancel)

    destination.add_done_callback(call_off)
    source.add_done_callback(pass_on)


def _copy_state(source, destination):
    if destination.cancelled() or destination.done():
        return
    cancelled = source.cancelled()
    if cancelled:
        destination.cancel()
    if not isfuture(destination) and not destination.set_running_or_notify_cancel() or cancelled:
        return
    failure = source.exception()
    if failure is None:
        destination.set_result(source.result())
    else:
        destination.set_exception(_of_that_side(failure, destination))


def _of_that_side(failure, destination):
    """The two kinds of futures have exceptions of their own for the same things."""
    from concurrent import futures as elsewhere

    from . import exceptions as here

    fro, to = (elsewhere, here) if isfuture(destination) else (here, elsewhere)
    for name in "CancelledError", "InvalidStateError":
        if type(failure) is getattr(fro, name):
            return getattr(to, name)(*failure.args).with_traceback(failure.__traceback__)
    return failure


# CPython has a second class, written in C.
_PyFuture = _CFuture = Future
