"""What the natives of asyncio leave to Python: whatever calls the program back, and texts.

Its frames are hidden from tracebacks: where CPython has something of this in C, nothing of it is seen there either.
"""

import _asyncio

from . import exceptions
from .format import callback_source, extract_stack, shown_coroutine, short_repr


# ---- futures


def future_init(self):
    from . import events

    _asyncio.Future.__init__(self, loop=events.get_event_loop())


def note_origin(self):
    self._source_traceback = extract_stack()


def note_origin_if_debug(self):
    if self._loop.get_debug():
        note_origin(self)


def tell(loop, future, waiting, value=None):
    for callback, context in waiting:
        loop.call_soon(callback, future, context=context)
    return value


def set_result_unless_cancelled(future, result):
    if not future.cancelled():
        future.set_result(result)


def set_exception_class(self, exception):
    if isinstance(exception, type):
        exception = exception()
    if not isinstance(exception, BaseException):
        raise TypeError("invalid exception object")
    _asyncio.Future.set_exception(self, exception)


def remove_done_callback(self, fn):
    kept, removed = [], 0
    for callback, context in self._callbacks or ():
        if callback == fn:
            removed += 1
        else:
            kept.append((callback, context))
    for callback, _ in self._callbacks or ():
        _asyncio.Future.remove_done_callback(self, callback)
    for callback, context in kept:
        self.add_done_callback(callback, context=context)
    return removed


def throw(typ, *more):
    if more:
        from types import TracebackType
        from warnings import warn

        text = "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead."
        warn(text, DeprecationWarning, stacklevel=1)
        if not (more[-1] is None or len(more) == 1 or isinstance(more[1], TracebackType)):
            raise TypeError("throw() third argument must be a traceback")
    value, traceback = (*more, None, None)[:2]
    if isinstance(typ, type) and issubclass(typ, BaseException):
        if value is None:
            raised = typ()
        elif isinstance(value, typ):
            raised = value
        else:
            raised = typ(*value) if isinstance(value, tuple) else typ(value)
    elif not isinstance(typ, BaseException):
        raise TypeError("exceptions must be classes deriving BaseException or instances of such a class")
    elif value is not None:
        raise TypeError("instance exception may not have a separate value")
    else:
        raised = typ
    raise raised if traceback is None else raised.with_traceback(traceback)


def as_set(items):
    return set(items)


_being_shown = set()


def state_parts(future):
    parts = [future._state.lower()]
    if future._state == "FINISHED":
        if future._exception is not None:
            parts.append(f"exception={future._exception!r}")
        else:
            parts.append(f"result={short_repr(future._result)}")
    callbacks = future._callbacks
    if callbacks:
        parts.append(shown_callbacks([callback for callback, _ in callbacks]))
    origin = future._source_traceback
    if origin:
        parts.append(f"created at {origin[-1][0]}:{origin[-1][1]}")
    return parts


def shown_callbacks(callbacks):
    shown = [callback_source(callback, ()) for callback in callbacks]
    if len(shown) > 2:
        shown = [shown[0], f"<{len(shown) - 2} more>", shown[-1]]
    return f"cb=[{', '.join(shown)}]"


def shown_once(future, parts_of):
    """It may be what it has come to itself, by whatever way."""
    key = id(future)
    if key in _being_shown:
        return "..."
    _being_shown.add(key)
    try:
        return f"<{type(future).__name__} {' '.join(parts_of(future))}>"
    finally:
        _being_shown.discard(key)


def future_repr(self):
    return shown_once(self, state_parts)


def task_repr(self):
    return shown_once(self, task_parts)


def task_parts(self):
    parts = state_parts(self)
    if self.cancelling() and not self.done():
        parts[0] = "cancelling"
    parts.insert(1, f"name={self.get_name()!r}")
    if self._fut_waiter is not None:
        parts.insert(2, f"wait_for={self._fut_waiter!r}")
    coro = self.get_coro()
    if coro is not None:
        parts.insert(2, f"coro=<{shown_coroutine(coro)}>")
    return parts


def never_retrieved(self, exception):
    context = {
        "message": f"{type(self).__name__} exception was never retrieved",
        "exception": exception,
        "future": self,
    }
    if self._source_traceback:
        context["source_traceback"] = self._source_traceback
    self._loop.call_exception_handler(context)


def destroyed(self):
    context = {"task": self, "message": "Task was destroyed but it is pending!"}
    if self._source_traceback:
        context["source_traceback"] = self._source_traceback
    self._loop.call_exception_handler(context)


# ---- tasks


def task_init(self, coro, loop, name, context, eager_start):
    from . import events

    _asyncio.Task.__init__(
        self, coro, loop=events.get_event_loop(), name=name, context=context, eager_start=eager_start or False
    )


def task_of_other(self, coro, loop=None, name=None, context=None, eager_start=None):
    from .coroutines import iscoroutine

    if not iscoroutine(coro):
        raise TypeError(f"a coroutine was expected, got {coro!r}")
    _asyncio._install(checked=coro)
    try:
        _asyncio.Task.__init__(self, coro, loop=loop, name=name, context=context, eager_start=eager_start or False)
    finally:
        _asyncio._install(checked=None)


def task_with_odd_name(self, coro, loop, name, context, eager_start):
    _asyncio.Task.__init__(
        self, coro, loop=loop, name=str(name), context=context, eager_start=eager_start or False
    )


def finish_task(self, eager):
    if self._loop.get_debug():
        note_origin(self)
    if eager and self._loop.is_running():
        self._start_eagerly()
    else:
        self._loop.call_soon(self.task_step, context=self._context)


def step_soon(loop, task, context):
    loop.call_soon(task.task_step, context=context)


def already_done(task, error):
    raise exceptions.InvalidStateError(f"__step(): already done: {task!r}, {error!r}")


def yielded(task, value):
    """A task yielded what is no future that the natives know."""
    blocking = getattr(value, "_asyncio_future_blocking", None)
    if blocking is not None:
        if not yielded_badly(task, value):
            value._asyncio_future_blocking = False
            value.add_done_callback(task.task_wakeup, context=task._context)
            if task._wait_for(value):
                cancel_waiter(task, value)
        return
    if hasattr(value, "gi_frame"):
        text = f"yield was used instead of yield from for generator in task {task!r} with {value!r}"
    else:
        text = f"Task got bad yield: {value!r}"
    task._throw_soon(RuntimeError(text))


def yielded_badly(task, value):
    if value is task:
        text = f"Task cannot await on itself: {task!r}"
    elif getattr(value, "_loop", task._loop) is not task._loop:
        text = f"Task {task!r} got Future {value!r} attached to a different loop"
    elif not value._asyncio_future_blocking:
        text = f"yield was used instead of yield from in task {task!r} with {value!r}"
    else:
        return False
    task._throw_soon(RuntimeError(text))
    return True


def cancel_waiter(task, waiter):
    if waiter.cancel(msg=task._cancel_message):
        task._cancel_granted()


def woken(task, future):
    try:
        future.result()
    except BaseException as error:
        failure = error
    else:
        return task.task_step()
    return task.task_step(failure)


def cancel_by_method(task, waiter, message):
    if waiter.cancel(msg=message):
        return True
    return task._request_cancel(message)


def set_name(task, name):
    task.set_name(str(name))


def get_stack(task, limit):
    from .stacks import task_frames

    return task_frames(task, limit)


def print_stack(task, limit, file):
    from .stacks import print_task_stack

    print_task_stack(task, limit, file)


def cannot_enter(task, current):
    raise RuntimeError(
        f"Cannot enter into task {task!r} while another task {current!r} is being executed."
    )


def cannot_leave(task, current):
    raise RuntimeError(f"Leaving task {task!r} does not match the current task {current!r}.")


# ---- handles and loops


def handle_repr(self):
    if self._repr is not None:
        return self._repr
    parts = [type(self).__name__]
    if self._cancelled:
        parts.append("cancelled")
    if isinstance(self, _asyncio.TimerHandle):
        parts.append(f"when={self._when}")
    if self._callback is not None:
        parts.append(callback_source(self._callback, self._args, debug=self._loop.get_debug()))
    if self._source_traceback:
        parts.append(f"created at {self._source_traceback[-1][0]}:{self._source_traceback[-1][1]}")
    return f"<{' '.join(parts)}>"


def cancel_in_debug(handle):
    handle._repr = repr(handle)


def cancel_elsewhere(handle):
    loop = handle._loop
    handle._repr = repr(handle) if loop is not None and loop.get_debug() else None
    if isinstance(handle, _asyncio.TimerHandle):
        loop._timer_handle_cancelled(handle)


def soon_in_debug(loop, callback, args, context, method):
    if method != "call_soon_threadsafe":
        loop._check_thread()
    loop._check_callback(callback, method)
    handle = loop._call_soon(callback, args, context)
    handle._source_traceback = extract_stack()
    return handle


def at_in_debug(loop, when, callback, args, context):
    loop._check_thread()
    loop._check_callback(callback, "call_at")
    handle = loop._call_at(when, callback, args, context)
    handle._source_traceback = extract_stack()
    return handle


def handle_failed(handle, exception):
    _being_handled(exception, _tell_of_handle, handle)


def _being_handled(exception, tell, about):
    """Tell of an exception as from the handler of a `try`: what else fails there has it in its context."""
    traceback = exception.__traceback__
    try:
        raise exception
    except BaseException:
        exception.__traceback__ = traceback
        tell(about, exception)


def _tell_of_handle(handle, exception):
    source = callback_source(handle._callback, handle._args, debug=handle._loop.get_debug())
    context = {"message": f"Exception in callback {source}", "exception": exception, "handle": handle}
    if handle._source_traceback:
        context["source_traceback"] = handle._source_traceback
    handle._loop.call_exception_handler(context)


def step_failed(loop, task, exception):
    _being_handled(exception, _tell_of_step, (loop, task))


def _tell_of_step(about, exception):
    loop, task = about
    message = f"Exception in callback {callback_source(task.task_step, ())}"
    loop.call_exception_handler({"message": message, "exception": exception})


def run_handle(handle):
    try:
        handle._context.run(handle._callback, *handle._args)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        _tell_of_handle(handle, error)


def run_in_debug(handle):
    loop = handle._loop
    loop._current_handle = handle
    try:
        began = loop.time()
        run_handle(handle)
        took = loop.time() - began
        if took >= loop.slow_callback_duration:
            from .base_events import logger

            logger.warning("Executing %s took %.3f seconds", shown_handle(handle), took)
    finally:
        loop._current_handle = None


def shown_handle(handle):
    task = getattr(handle._callback, "__self__", None)
    return repr(task) if isinstance(task, _asyncio.Task) else str(handle)


def call_later(loop, delay, callback, args, context):
    return loop.call_at(loop.time() + delay, callback, *args, context=context)


def create_task(loop, coro, name, context, given, keywords):
    if given[0]:
        keywords["name"] = name
    if given[1]:
        keywords["context"] = context
    factory = loop._task_factory
    if factory is not None:
        return factory(loop, coro, **keywords)
    return _asyncio.Task(coro, loop=loop, **keywords)


def wake_head(line):
    from .waiting import wake_head

    wake_head(line)


def stuck(loop):
    from .stuck import report

    report(loop)


_asyncio._install(
    CancelledError=exceptions.CancelledError,
    InvalidStateError=exceptions.InvalidStateError,
    future_init=future_init,
    note_origin=note_origin,
    note_origin_if_debug=note_origin_if_debug,
    tell=tell,
    set_result_unless_cancelled=set_result_unless_cancelled,
    set_exception_class=set_exception_class,
    remove_done_callback=remove_done_callback,
    throw=throw,
    as_set=as_set,
    future_repr=future_repr,
    task_repr=task_repr,
    never_retrieved=never_retrieved,
    destroyed=destroyed,
    task_init=task_init,
    task_of_other=task_of_other,
    finish_task=finish_task,
    task_with_odd_name=task_with_odd_name,
    step_soon=step_soon,
    already_done=already_done,
    yielded=yielded,
    yielded_badly=yielded_badly,
    cancel_waiter=cancel_waiter,
    woken=woken,
    cancel_by_method=cancel_by_method,
    set_name=set_name,
    get_stack=get_stack,
    print_stack=print_stack,
    cannot_enter=cannot_enter,
    cannot_leave=cannot_leave,
    handle_repr=handle_repr,
    cancel_elsewhere=cancel_elsewhere, cancel_in_debug=cancel_in_debug,
    soon_in_debug=soon_in_debug,
    at_in_debug=at_in_debug,
    handle_failed=handle_failed,
    step_failed=step_failed,
    run_handle=run_handle,
    run_in_debug=run_in_debug,
    call_later=call_later,
    create_task=create_task,
    stuck=stuck,
    wake_head=wake_head,
)
