"""The loop: what is above its core, which is native."""

__all__ = ("BaseEventLoop", "Server")

import sys
import weakref

import _asyncio

from . import coroutines, events, exceptions, futures, tasks
from .servers import Server


def _stop_when_done(future):
    if not future.cancelled() and isinstance(future.exception(), (SystemExit, KeyboardInterrupt)):
        # It comes out of run_forever by itself.
        return
    futures._get_loop(future).stop()


class BaseEventLoop(_asyncio.LoopCore, events.AbstractEventLoop):
    """A loop without descriptors."""

    def __init__(self):
        self._running = False
        self._exception_handler = None
        self._current_handle = None
        self._asyncgens = weakref.WeakSet()
        self._asyncgens_shutdown_called = False
        self._default_executor = None
        self._executor_shutdown_called = False
        self._coroutine_origin_tracking_enabled = False
        self._coroutine_origin_tracking_saved_depth = None
        self.slow_callback_duration = 0.1
        self.set_debug(_debug_wanted())

    def __repr__(self):
        return (
            f"<{type(self).__name__} running={self.is_running()} "
            f"closed={self.is_closed()} debug={self.get_debug()}>"
        )

    # ---- running

    def is_running(self):
        """Is it running now?"""
        return self._running

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def _run_forever_setup(self):
        self._check_closed()
        self._check_running()
        self._track_coroutine_origins(self._debug)
        self._old_hooks = sys.get_asyncgen_hooks()
        self._running = True
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_begins, finalizer=self._asyncgen_lost)
        events._set_running_loop(self)

    def _run_forever_cleanup(self):
        self._stopping = False
        self._running = False
        events._set_running_loop(None)
        self._track_coroutine_origins(False)
        if self._old_hooks is not None:
            sys.set_asyncgen_hooks(*self._old_hooks)
            self._old_hooks = None

    def run_forever(self):
        """Run until stop() is called."""
        self._run_forever_setup()
        try:
            self._drive()
        finally:
            self._run_forever_cleanup()

    def run_until_complete(self, future):
        """Run until the future is done; its result."""
        self._check_closed()
        self._check_running()
        made_here = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if made_here:
            # Nobody else can wait for it, so nobody is to be told that it was lost.
            future._log_destroy_pending = False
        future.add_done_callback(_stop_when_done)
        try:
            self.run_forever()
        except:
            if made_here and future.done() and not future.cancelled():
                # What it raised has come out already.
                future.exception()
            raise
        finally:
            future.remove_done_callback(_stop_when_done)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def close(self):
        """Give up what waits, and the descriptors of the loop."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        self._close_core()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def __del__(self, _warn=None):
        if not self.is_closed():
            if _warn is None:
                from warnings import warn as _warn
            _warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not self.is_running():
                self.close()

    # ---- what is asked of it

    def set_task_factory(self, factory):
        """Have tasks made by `factory(loop, coro, **kwargs)`; with None by the class Task."""
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        """What makes tasks; None for the class Task."""
        return self._task_factory

    def set_debug(self, enabled):
        """Go into debug mode, or out of it."""
        self._debug = enabled
        if self.is_running():
            self.call_soon_threadsafe(self._track_coroutine_origins, enabled)

    def _track_coroutine_origins(self, enabled):
        enabled = bool(enabled)
        if enabled == self._coroutine_origin_tracking_enabled:
            return
        if enabled:
            self._coroutine_origin_tracking_saved_depth = sys.get_coroutine_origin_tracking_depth()
            sys.set_coroutine_origin_tracking_depth(10)
        else:
            sys.set_coroutine_origin_tracking_depth(self._coroutine_origin_tracking_saved_depth)
        self._coroutine_origin_tracking_enabled = enabled

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines._iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    def run_in_executor(self, executor, func, *args):
        """Run a function on a thread of an executor."""
        self._check_closed()
        import concurrent.futures

    def set_default_executor(self, executor):
        """Use this executor where none is named."""
        import concurrent.futures

    # ---- exceptions that nobody takes

    def get_exception_handler(self):
        """What is told of exceptions that nobody takes; None for the default."""
        return self._exception_handler

    def set_exception_handler(self, handler):
        """Have `handler(loop, context)` told of exceptions that nobody takes."""
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Log it."""
        lines = [context.get("message") or "Unhandled exception in event loop"]
        exception = context.get("exception")
        handle = self._current_handle
        if "source_traceback" not in context and handle is not None and handle._source_traceback:
            context["handle_traceback"] = handle._source_traceback
        for key in sorted(context):
            if key in ("message", "exception"):
                continue
            value = context[key]
            if key in ("source_traceback", "handle_traceback"):
                import traceback

                what = "Object" if key == "source_traceback" else "Handle"
                stack = "".join(traceback.format_list(value)).rstrip()
                value = f"{what} created at (most recent call last):\n{stack}"
            else:
                value = repr(value)
            lines.append(f"{key}: {value}")
        from .log import logger

        info = False if exception is None else (type(exception), exception, exception.__traceback__)
        logger.error("\n".join(lines), exc_info=info)

    def call_exception_handler(self, context):
        """Tell the handler of an exception that nobody takes."""
        if self._exception_handler is None:
            return self._tell_default_handler(context, "Exception in default exception handler")
        try:
            self._in_context_of(context, self._exception_handler, self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._tell_default_handler(
                {"message": "Unhandled error in exception handler", "exception": failure, "context": context},
                "Exception in default exception handler while handling an unexpected error in custom exception handler",
            )

    def _in_context_of(self, context, function, *args):
        """The handler runs in the context of the task, future or handle that it is about."""
        about = context.get("task") or context.get("future") or context.get("handle")
        get_context = getattr(about, "get_context", None)
        inside = get_context() if get_context is not None else None
        if inside is not None and hasattr(inside, "run"):
            inside.run(function, *args)
        else:
            function(*args)

    def _tell_default_handler(self, context, if_that_fails):
        try:
            self.default_exception_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            from .log import logger

            logger.error(if_that_fails, exc_info=True)

    # ---- async generators

    def _asyncgen_begins(self, generator):
        if self._asyncgens_shutdown_called:
            import warnings

            warnings.warn(
                f"asynchronous generator {generator!r} was scheduled after loop.shutdown_asyncgens() call",
                ResourceWarning,
                source=self,
            )
        self._asyncgens.add(generator)

    def _asyncgen_lost(self, generator):
        self._asyncgens.discard(generator)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, generator.aclose())

    async def shutdown_asyncgens(self):
        """Close all async generators that are not finished."""
        self._asyncgens_shutdown_called = True
        if not len(self._asyncgens):
            return
        closing = list(self._asyncgens)
        self._asyncgens.clear()
        results = await tasks.gather(*[generator.aclose() for generator in closing], return_exceptions=True)
        for result, generator in zip(results, closing):
            if isinstance(result, Exception):
                self.call_exception_handler(
                    {
                        "message": f"an error occurred during closing of asynchronous generator {generator!r}",
                        "exception": result,
                        "asyncgen": generator,
                    }
                )

    async def shutdown_default_executor(self, timeout=None):
        """Wait for the threads of the default executor."""
        self._executor_shutdown_called = True


def _debug_wanted():
    import os

    return bool(os.environ.get("PYTHONASYNCIODEBUG")) or getattr(sys.flags, "dev_mode", False)
