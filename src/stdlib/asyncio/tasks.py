"""Tasks, and ways to wait for several of them."""

__all__ = (
    "Task", "create_task", "current_task", "all_tasks", "ensure_future", "sleep", "shield", "gather", "as_completed",
    "wait", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait_for", "run_coroutine_threadsafe",
    "create_eager_task_factory", "eager_task_factory", "_register_task", "_unregister_task", "_enter_task", "_leave_task",
)

from math import isnan

from _asyncio import Task, create_task, current_task, get_running_loop, _pending_tasks, _set_result_unless_cancelled
from _asyncio import _enter_task, _leave_task, _swap_current_task
from _asyncio import Gathering, _at_once, _install, _outcomes, _register_eager_task, _unregister_eager_task
from _functools import partial
from _prelude import _generator_based
from _types import CoroutineType

from .coroutines import iscoroutine
from .events import get_event_loop
from .exceptions import CancelledError
from .futures import Future, isfuture
from .futures import _get_loop as _loop_of

# What `wait` waits for.
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = _ENDS = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"


def all_tasks(loop=None):
    """The tasks of a loop that are not done."""
    loop = get_running_loop() if loop is None else loop
    pending = set(_pending_tasks(loop))
    pending.update(task for task in tuple(_of_others) if _loop_of(task) is loop and not task.done())
    return pending


# The tasks that are of a class of the program's own, weakly held; the loops know all the others.
_of_others = ()


def _register_task(task):
    """Count a task of a class of the program's own among all tasks."""
    global _of_others
    if not isinstance(task, Task):
        if not _of_others:
            from weakref import WeakSet

            _of_others = WeakSet()
        _of_others.add(task)


def _unregister_task(task):
    """No longer."""
    if _of_others:
        _of_others.discard(task)


# ---- sleeping


@_generator_based
def _others_first():
    yield


@_at_once
async def sleep(delay, result=None):
    """Let a number of seconds pass, and then give the result."""
    if delay <= 0:
        await _others_first()
        return result
    if isnan(delay):
        raise ValueError("Invalid delay: NaN (not a number)")
    loop = get_running_loop()
    morning = loop.create_future()
    alarm = loop.call_later(delay, _set_result_unless_cancelled, morning, result)
    try:
        return await morning
    finally:
        alarm.cancel()


# ---- from awaitables to futures


def ensure_future(coro_or_future, *, loop=None):
    """A future of something that can be awaited: itself, or a task that awaits it."""
    given = coro_or_future
    if isfuture(given):
        if loop is None or _loop_of(given) is loop:
            return given
        raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
    coro = _as_coroutine(given)
    home = get_event_loop() if loop is None else loop
    try:
        return home.create_task(coro)
    except RuntimeError:
        if coro is given:
            given.close()
        raise


def _as_coroutine(given):
    if iscoroutine(given):
        return given
    from inspect import isawaitable

    if isawaitable(given):
        return _wrap_awaitable(given)
    raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")


async def _wrap_awaitable(given):
    return await given


# ---- waiting for several


def _refuse_one(given, wanted):
    """Who gives one future where several are asked for means something else."""
    if isfuture(given) or iscoroutine(given):
        raise TypeError(f"{wanted}, not {type(given).__name__}")


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait until some or all of the futures are done: those that are, and those that are not."""
    _refuse_one(fs, "expect a list of futures")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in _ENDS:
        raise ValueError(f"Invalid return_when value: {return_when}")
    # Each once, in their order.
    awaited = list(dict.fromkeys(fs))
    for given in awaited:
        if iscoroutine(given):
            raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = get_running_loop()
    enough = loop.create_future()
    enough._children = awaited
    alarm = None if timeout is None else loop.call_later(timeout, _release, enough)
    left = len(awaited)

    def one_is_done(future):
        nonlocal left
        left -= 1
        if left > 0 and return_when != FIRST_COMPLETED:
            if return_when == ALL_COMPLETED or future.cancelled() or future.exception() is None:
                return
        if alarm is not None:
            alarm.cancel()
        _release(enough)

    one_is_done._stands_for = enough
    for future in awaited:
        future.add_done_callback(one_is_done)
    try:
        await enough
    finally:
        if alarm is not None:
            alarm.cancel()
        for future in awaited:
            future.remove_done_callback(one_is_done)
    return {future for future in awaited if future.done()}, {future for future in awaited if not future.done()}


def _release(waiter, *args):
    """Let go on who waits, if nothing else did."""
    if not waiter.done():
        waiter.set_result(None)


async def wait_for(fut, timeout):
    """Wait for a future or coroutine no longer than a number of seconds; when they are over it is cancelled."""
    at_once = timeout is not None and timeout <= 0
    if not at_once:
        from .timeouts import timeout as time_limit

        async with time_limit(timeout):
            return await fut
    # No time at all: only what is done already has a chance.
    future = ensure_future(fut)
    if future.done():
        return future.result()
    await _cancel_and_wait(future)
    try:
        return future.result()
    except CancelledError as cancelled:
        raise TimeoutError from cancelled


async def _cancel_and_wait(future):
    ended = get_running_loop().create_future()
    callback = partial(_release, ended)
    future.add_done_callback(callback)
    try:
        future.cancel()
        await ended
    finally:
        future.remove_done_callback(callback)


class _GatheringFuture(Future):
    """What `gather` gives: cancelling it cancels the children, and it ends with the last of them."""

    def __init__(self, gathering, loop):
        super().__init__(loop=loop)
        self._children, self._cancelled_by_us = gathering.children, False

    def cancel(self, msg=None):
        if not self.done():
            # All of them, not only up to the first that can be.
            heard = [child.cancel(msg=msg) for child in self._children]
            if any(heard):
                self._cancelled_by_us = True
                return True
        return False


def _child_is_done(gathering, child):
    """A child is done that failed, or is the last, or of which nobody wants to know."""
    gathering.left -= 1
    outer = gathering.outer
    if outer is None or outer.done():
        # Too late for its exception: it counts as looked at.
        if not child.cancelled():
            child.exception()
        return
    if not gathering.return_exceptions:
        failure = _failure_of(child)
        if failure is not None:
            outer.set_exception(failure)
            return
    if gathering.left == 0:
        _all_are_done(gathering.children, outer)


def _all_are_done(children, outer):
    if not outer._cancelled_by_us and (results := _outcomes(children)) is not None:
        outer.set_result(results)
        return
    results = []
    for child in children:
        if child.cancelled():
            # Not the child's own exception: its context and traceback are of no interest here.
            message = child._cancel_message
            results.append(CancelledError("" if message is None else message))
        else:
            failure = child.exception()
            results.append(child.result() if failure is None else failure)
    if outer._cancelled_by_us:
        # The last that was given tells why, not the last that was done.
        outer.set_exception(children[-1]._make_cancelled_error())
    else:
        outer.set_result(results)


def _failure_of(future):
    """What a future that is done raises."""
    return future._make_cancelled_error() if future.cancelled() else future.exception()


# The natives see to the children that come to a result while others are not done yet.
_install(child_is_done=_child_is_done)


def gather(*coros_or_futures, return_exceptions=False):
    """A future of the list of what all of them come to."""
    if not coros_or_futures:
        outer = get_event_loop().create_future()
        outer.set_result([])
        return outer
    gathering = Gathering(return_exceptions)
    children, child_is_done = gathering.children, gathering.child_is_done
    loop, first = None, coros_or_futures[0]
    if type(first) is CoroutineType:
        loop = get_event_loop()
    elif isfuture(first):
        loop = _loop_of(first)
    over = ()
    gathering.left = gathering.begin(coros_or_futures, loop, child_is_done)
    if gathering.left < len(coros_or_futures):
        loop, over = _gather_rest(coros_or_futures, gathering, loop)
    gathering.outer = _GatheringFuture(gathering, loop)
    for child in over:
        child_is_done(child)
    return gathering.outer


def _gather_rest(given, gathering, loop):
    """Take on what is left of the awaitables: those are done, or given twice, or not of a common kind.

    The loop of all of them, and the children that are done.
    """
    children, over = gathering.children, []
    once = dict(zip(given, children))
    for awaitable in given[len(children) :]:
        child = once.get(awaitable)
        if child is None:
            child = ensure_future(awaitable, loop=loop)
            loop = loop or _loop_of(child)
            once[awaitable] = child
            if child is not awaitable:
                child._log_destroy_pending = False
            if child.done():
                over.append(child)
            else:
                child.add_done_callback(gathering.child_is_done)
        children.append(child)
    gathering.left = len(once)
    return loop, over


def shield(arg):
    """A future of what `arg` comes to, which can be cancelled without cancelling that."""
    shielded = ensure_future(arg)
    if shielded.done():
        return shielded
    outside = _loop_of(shielded).create_future()
    outside._children = (shielded,)

    def _inner_done_callback(shielded):
        if not outside.cancelled():
            if shielded.cancelled():
                outside.cancel()
            elif (failure := shielded.exception()) is not None:
                outside.set_exception(failure)
            else:
                outside.set_result(shielded.result())

    def _outer_done_callback(outside):
        if not shielded.done():
            shielded.remove_done_callback(_inner_done_callback)
            # Nobody is left who would look at an exception; and it is to be told of once, however many shields there are.
            shielded.remove_done_callback(_tell_of_exception)
            shielded.add_done_callback(_tell_of_exception)

    _inner_done_callback._stands_for = current_task(_loop_of(shielded))
    shielded.add_done_callback(_inner_done_callback)
    outside.add_done_callback(_outer_done_callback)
    return outside


def _tell_of_exception(future):
    failure = None if future.cancelled() else future.exception()
    if failure is not None:
        text = f"{type(failure).__name__} exception in shielded future"
        context = dict(message=text, exception=failure, future=future)
        if origin := future._source_traceback:
            context["source_traceback"] = origin
        _loop_of(future).call_exception_handler(context)


class _AsCompletedIterator:
    """Gives futures in the order in which they come to an end: to `for` as coroutines, to `async for` themselves."""

    def __init__(self, fs, timeout):
        from .queues import Queue

        home = get_event_loop()
        # What came to an end and was not given yet; None for one whose time was up.
        self._ended, self._alarm = Queue(), None
        self._awaited = dict.fromkeys([ensure_future(f, loop=home) for f in dict.fromkeys(fs)])
        self._ended._children = self._awaited
        self._to_give = len(self._awaited)
        for future in self._awaited:
            future.add_done_callback(self._one_is_done)
        if self._awaited and timeout is not None:
            self._alarm = home.call_later(timeout, self._time_is_up)

    def __aiter__(self):
        return self

    __iter__ = __aiter__

    def __next__(self):
        if self._count_down():
            return self._result_of_next()
        raise StopIteration

    async def __anext__(self):
        if self._count_down():
            return await self._next()
        raise StopAsyncIteration

    def _count_down(self):
        more = self._to_give > 0
        self._to_give -= more
        return more

    def _time_is_up(self):
        given_up, self._awaited = self._awaited, {}
        for future in given_up:
            future.remove_done_callback(self._one_is_done)
            self._ended.put_nowait(None)

    def _one_is_done(self, future):
        if self._awaited:
            del self._awaited[future]
            self._ended.put_nowait(future)
            if self._alarm is not None and not self._awaited:
                self._alarm.cancel()

    async def _next(self):
        future = await self._ended.get()
        if future is None:
            raise TimeoutError
        return future

    async def _result_of_next(self):
        return (await self._next()).result()


def as_completed(fs, *, timeout=None):
    """Iterate over futures in the order in which they come to an end."""
    _refuse_one(fs, "expects an iterable of awaitables")
    return _AsCompletedIterator(fs, timeout)


def run_coroutine_threadsafe(coro, loop):
    """Have a coroutine run in the loop of another thread; a future of concurrent.futures, which can be waited for here."""
    if not iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    from concurrent.futures import Future as Elsewhere

    from .futures import _chain_future

    result = Elsewhere()

    def begin():
        try:
            _chain_future(ensure_future(coro, loop=loop), result)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            if result.set_running_or_notify_cancel():
                result.set_exception(failure)
            raise

    loop.call_soon_threadsafe(begin)
    return result


# ---- eager tasks


def create_eager_task_factory(custom_task_constructor):
    """A task factory whose tasks begin at once."""

    def factory(loop, coro, *, eager_start=True, **kwargs):
        return custom_task_constructor(coro, loop=loop, eager_start=eager_start, **kwargs)

    return factory


eager_task_factory = create_eager_task_factory(Task)

# CPython has these twice, in Python and in C, and its tests take both.
_PyTask = _CTask = Task
for _name in "current_task", "_enter_task", "_leave_task", "_register_task", "_unregister_task", "_swap_current_task":
    globals()[f"_py_{_name.lstrip('_')}"] = globals()[f"_c_{_name.lstrip('_')}"] = globals()[_name]
