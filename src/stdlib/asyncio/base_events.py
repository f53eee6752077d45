"""The loop: what is above its core, which is native."""

__all__ = ("BaseEventLoop",)

import sys

import _threads
from _asyncio import LoopCore

from . import coroutines
from .coroutines import _iscoroutinefunction, iscoroutine
from .events import AbstractEventLoop, _loop_in_the_way
from .executors import Executors
from .futures import _get_loop
from .reports import Reports, debug
from .running import Generators, Running
from .tasks import ensure_future

# So many frames are noted of the place where a coroutine was made, in debug mode.
_ORIGIN_DEPTH = 10


def _run_until_complete_cb(future):
    fatal = not future.cancelled() and isinstance(future.exception(), (SystemExit, KeyboardInterrupt))
    # What is fatal comes out of run_forever by itself.
    if not fatal:
        _get_loop(future).stop()


class BaseEventLoop(LoopCore, Reports, Executors, AbstractEventLoop):
    """A loop without descriptors."""

    # In debug mode, what takes as many seconds is told of.
    slow_callback_duration = 0.1

    # What it waits with, if that is not the poller of the machine.
    _selector = None

    def __init__(self):
        # The number of the thread that it runs in, while it does.
        self._runs, self._thread_id, self._running = False, None, None
        self._generators = Generators(self)
        # How deep origins of coroutines were noted before the loop ran in debug mode; None while it does not.
        self._depth_before = None
        self.set_debug(coroutines._is_debug_mode())

    def __repr__(self):
        state = f"running={self.is_running()} closed={self.is_closed()} debug={self.get_debug()}"
        return f"<{type(self).__name__} {state}>"

    # ---- running

    def is_running(self):
        """Is it running now?"""
        return self._runs

    def _check_thread(self):
        if self._thread_id is not None and self._thread_id != _threads.number():
            raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if _loop_in_the_way() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def run_forever(self):
        """Run until it is stopped."""
        self._run_forever_setup()
        try:
            if self._selector is None and _turns_by_itself(self):
                self._drive()
                return
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._run_forever_cleanup()

    # A loop that is run by another (that of a window system, say) goes turn by turn between these two.

    def _run_forever_setup(self):
        self._running = Running(self)

    def _run_forever_cleanup(self):
        running, self._running = self._running, None
        running.over()

    def _run_once(self):
        """One turn, where the clock or the selector is not the machine's."""
        now = self.time()
        if self._selector is None:
            self._wait(now)
        else:
            self._process_events(self._selector.select(self._patience(now)))
        self._run_ready(self.time() + self._clock_resolution)

    def _process_events(self, event_list):
        """What the selector gave."""
        raise NotImplementedError

    def run_until_complete(self, future):
        """Run until the future is done; its result."""
        self._check_closed()
        self._check_running()
        main = ensure_future(future, loop=self)
        ours = main is not future
        if ours:
            # Nobody else can wait for it, so nobody is to be told that it was lost.
            main._log_destroy_pending = False
        main.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except:
            if ours and main.done() and not main.cancelled():
                # It comes out here: it counts as looked at.
                main.exception()
            raise
        finally:
            main.remove_done_callback(_run_until_complete_cb)
        if main.done():
            return main.result()
        raise RuntimeError("Event loop stopped before Future completed.")

    def close(self):
        """Give up what waits, and the descriptors of the loop."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if not self.is_closed():
            if self._debug:
                debug("Close %r", self)
            self._close_core()
            self._drop_executor()

    def __del__(self, _warn=None):
        if self.is_closed():
            return
        if _warn is None:
            from warnings import warn as _warn
        _warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
        if not self.is_running():
            self.close()

    async def shutdown_asyncgens(self):
        """Close all async generators that are not finished."""
        await self._generators.close()

    # ---- tasks and callbacks

    def get_task_factory(self):
        """What makes tasks; None for the class Task."""
        return self._task_factory

    def set_task_factory(self, factory):
        """Have tasks made by `factory(loop, coro, **kwargs)`; with None by the class Task."""
        if not (factory is None or callable(factory)):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def _check_callback(self, callback, method):
        if iscoroutine(callback) or _iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    # ---- debug mode

    def set_debug(self, enabled):
        """Go into debug mode, or out of it."""
        self._debug = enabled
        # A loop that does not run has its coroutines noted as soon as it does.
        if self.is_running():
            self.call_soon_threadsafe(self._note_origins, enabled)

    def _note_origins(self, wanted):
        before = self._depth_before
        if wanted and before is None:
            self._depth_before = sys.get_coroutine_origin_tracking_depth()
            sys.set_coroutine_origin_tracking_depth(_ORIGIN_DEPTH)
        elif before is not None and not wanted:
            self._depth_before = None
            sys.set_coroutine_origin_tracking_depth(before)


def __getattr__(name):
    if name == "Server":
        from .servers import Server

        return Server
    if name == "logger":
        from .log import logger

        return logger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _turns_by_itself(loop):
    """Is there nothing of the program's own in the turns of the loop?"""
    return not loop._has_own_time and getattr(loop._run_once, "__func__", None) is BaseEventLoop._run_once
