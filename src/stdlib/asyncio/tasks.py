"""Tasks, and ways to wait for several of them."""

__all__ = (
    "Task",
    "create_task",
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "ALL_COMPLETED",
    "wait",
    "wait_for",
    "as_completed",
    "sleep",
    "gather",
    "shield",
    "ensure_future",
    "run_coroutine_threadsafe",
    "current_task",
    "all_tasks",
    "create_eager_task_factory",
    "eager_task_factory",
    "_register_task",
    "_unregister_task",
    "_enter_task",
    "_leave_task",
)

import functools
import inspect
import math
import types

import _asyncio
from _asyncio import (
    Task,
    _enter_task,
    _leave_task,
    _register_eager_task,
    _register_task,
    _swap_current_task,
    _unregister_eager_task,
    _unregister_task,
    create_task,
    current_task,
)

from . import coroutines, events, exceptions, futures

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

_get_running_loop = _asyncio.get_running_loop
_set_result_unless_cancelled = _asyncio._set_result_unless_cancelled


def all_tasks(loop=None):
    """The tasks of a loop that are not done."""
    if loop is None:
        loop = events.get_running_loop()
    return set(_asyncio._pending_tasks(loop))


# ---- sleeping


@types.coroutine
def _others_first():
    yield


async def sleep(delay, result=None):
    """Let a number of seconds pass, and then give the result."""
    if delay <= 0:
        await _others_first()
        return result
    if math.isnan(delay):
        raise ValueError("Invalid delay: NaN (not a number)")
    loop = _get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, _set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


# ---- from awaitables to futures


def ensure_future(coro_or_future, *, loop=None):
    """A future of something that can be awaited: itself, or a task that awaits it."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    mine = True
    if not coroutines.iscoroutine(coro_or_future):
        if not inspect.isawaitable(coro_or_future):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro_or_future = _wrap_awaitable(coro_or_future)
        mine = False
    if loop is None:
        loop = events.get_event_loop()
    try:
        return loop.create_task(coro_or_future)
    except RuntimeError:
        if mine:
            coro_or_future.close()
        raise


async def _wrap_awaitable(awaitable):
    return await awaitable


# ---- waiting for several


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait until some or all of the futures are done: those that are, and those that are not."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    # A set, but one that keeps their order.
    fs = dict.fromkeys(fs)
    if any(coroutines.iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = events.get_running_loop()
    return await _wait(fs, timeout, return_when, loop)


async def _wait(fs, timeout, return_when, loop):
    waiter = loop.create_future()
    timer = None if timeout is None else loop.call_later(timeout, _release, waiter)
    left = len(fs)

    def one_is_done(future):
        nonlocal left
        left -= 1
        enough = left <= 0 or return_when == FIRST_COMPLETED
        if not enough and return_when == FIRST_EXCEPTION:
            enough = not future.cancelled() and future.exception() is not None
        if enough:
            if timer is not None:
                timer.cancel()
            _release(waiter)

    for future in fs:
        future.add_done_callback(one_is_done)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(one_is_done)
    done, pending = set(), set()
    for future in fs:
        (done if future.done() else pending).add(future)
    return done, pending


def _release(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def wait_for(fut, timeout):
    """Wait for a future or coroutine no longer than a number of seconds; when they are over it is cancelled."""
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut)
        try:
            return fut.result()
        except exceptions.CancelledError as cancelled:
            raise TimeoutError from cancelled
    from . import timeouts

    async with timeouts.timeout(timeout):
        return await fut


async def _cancel_and_wait(future):
    waiter = events.get_running_loop().create_future()
    told = functools.partial(_release, waiter)
    future.add_done_callback(told)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(told)


class _GatheringFuture(futures.Future):
    """What `gather` gives: done when all its children are, cancelled by cancelling them."""

    def __init__(self, children, return_exceptions, loop):
        super().__init__(loop=loop)
        self._children = children
        self._return_exceptions = return_exceptions
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        any_cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                any_cancelled = True
        if any_cancelled:
            # The children come to an end first, and the last of them ends this.
            self._cancel_requested = True
        return any_cancelled

    def _all_are_done(self, last):
        results = []
        for child in self._children:
            if child.cancelled():
                message = child._cancel_message
                results.append(exceptions.CancelledError("" if message is None else message))
            else:
                failure = child.exception()
                results.append(child.result() if failure is None else failure)
        if self._cancel_requested:
            self.set_exception(last._make_cancelled_error())
        else:
            self.set_result(results)


def gather(*coros_or_futures, return_exceptions=False):
    """A future of the list of what all of them come to."""
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer
    loop = None
    known, children, done_already = {}, [], []
    left, outer = 0, None

    def child_is_done(future):
        nonlocal left
        left -= 1
        if outer is None or outer.done():
            if not future.cancelled():
                # Somebody has looked at it.
                future.exception()
            return
        if not return_exceptions:
            if future.cancelled():
                outer.set_exception(future._make_cancelled_error())
                return
            failure = future.exception()
            if failure is not None:
                outer.set_exception(failure)
                return
        if left == 0:
            outer._all_are_done(future)

    for given in coros_or_futures:
        future = known.get(given)
        if future is None:
            future = ensure_future(given, loop=loop)
            if loop is None:
                loop = futures._get_loop(future)
            if future is not given:
                future._log_destroy_pending = False
            left += 1
            known[given] = future
            if future.done():
                done_already.append(future)
            else:
                future.add_done_callback(child_is_done)
        children.append(future)
    outer = _GatheringFuture(children, return_exceptions, loop)
    for future in done_already:
        child_is_done(future)
    return outer


def shield(arg):
    """A future of what `arg` comes to, which can be cancelled without cancelling that."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    loop = futures._get_loop(inner)
    outer = loop.create_future()

    def inner_is_done(inner):
        if outer.cancelled():
            return
        if inner.cancelled():
            outer.cancel()
            return
        failure = inner.exception()
        if failure is not None:
            outer.set_exception(failure)
        else:
            outer.set_result(inner.result())

    def outer_is_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_is_done)
            # Nobody is left who would look at the exception.
            inner.remove_done_callback(_tell_of_exception)
            inner.add_done_callback(_tell_of_exception)

    inner.add_done_callback(inner_is_done)
    outer.add_done_callback(outer_is_done)
    return outer


def _tell_of_exception(future):
    if future.cancelled():
        return
    failure = future.exception()
    if failure is None:
        return
    context = {
        "message": f"{type(failure).__name__} exception in shielded future",
        "exception": failure,
        "future": future,
    }
    if future._source_traceback:
        context["source_traceback"] = future._source_traceback
    futures._get_loop(future).call_exception_handler(context)


class _AsCompleted:
    """Gives futures in the order in which they come to an end: to `for` as coroutines, to `async for` themselves."""

    def __init__(self, fs, timeout):
        from .queues import Queue

        self._done = Queue()
        self._timer = None
        loop = events.get_event_loop()
        self._waiting = dict.fromkeys([ensure_future(f, loop=loop) for f in dict.fromkeys(fs)])
        for future in self._waiting:
            future.add_done_callback(self._one_is_done)
        self._left = len(self._waiting)
        if self._waiting and timeout is not None:
            self._timer = loop.call_later(timeout, self._time_is_up)

    def __aiter__(self):
        return self

    def __iter__(self):
        return self

    async def __anext__(self):
        if not self._left:
            raise StopAsyncIteration
        self._left -= 1
        return await self._next()

    def __next__(self):
        if not self._left:
            raise StopIteration
        self._left -= 1
        return self._next(True)

    def _time_is_up(self):
        for future in self._waiting:
            future.remove_done_callback(self._one_is_done)
            self._done.put_nowait(None)
        self._waiting.clear()

    def _one_is_done(self, future):
        if not self._waiting:
            return
        del self._waiting[future]
        self._done.put_nowait(future)
        if not self._waiting and self._timer is not None:
            self._timer.cancel()

    async def _next(self, result=False):
        future = await self._done.get()
        if future is None:
            raise exceptions.TimeoutError
        return future.result() if result else future


def as_completed(fs, *, timeout=None):
    """Iterate over futures in the order in which they come to an end."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    return _AsCompleted(fs, timeout)


def run_coroutine_threadsafe(coro, loop):
    """Have a coroutine run in the loop of another thread."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    import concurrent.futures


# ---- eager tasks


def create_eager_task_factory(custom_task_constructor):
    """A task factory whose tasks begin at once."""

    def factory(loop, coro, *, eager_start=True, **kwargs):
        return custom_task_constructor(coro, loop=loop, eager_start=eager_start, **kwargs)

    return factory


eager_task_factory = create_eager_task_factory(Task)
