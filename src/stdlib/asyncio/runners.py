"""Running a program's coroutine in a loop of its own."""

__all__ = ("Runner", "run")

import _signal
from _contextvars import copy_context

from . import constants
from .events import _loop_in_the_way, new_event_loop, set_event_loop
from .exceptions import CancelledError
from .tasks import _as_coroutine, all_tasks, gather



class Runner:
    """A loop and a context that several coroutines can be run in, one after the other.

    It is "new", "open" from the first use on, and "closed" at the end; only an open one has a loop.
    """

    def __init__(self, *, debug=None, loop_factory=None):
        self._stage = "new"
        self._debug, self._loop_factory = debug, loop_factory
        # Has it told the policy of a loop? Of the program's own factory's it does not.
        self._announced = False

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def _open(self):
        """The loop, which is made if this is the first time."""
        if self._stage == "new":
            if self._loop_factory is not None:
                loop = self._loop_factory()
            else:
                loop = new_event_loop()
                if not self._announced:
                    set_event_loop(loop)
                    self._announced = True
            if self._debug is not None:
                loop.set_debug(self._debug)
            self._loop, self._context, self._stage = loop, copy_context(), "open"
        elif self._stage == "closed":
            raise RuntimeError("Runner is closed")
        return self._loop

    def get_loop(self):
        """The loop."""
        return self._open()

    def run(self, coro, *, context=None):
        """Run a coroutine; what it comes to."""
        if _loop_in_the_way() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        loop = self._open()
        coro = _as_coroutine(coro)
        if context is None:
            context = self._context
        main = loop.create_task(coro, context=context)
        with _Interrupts(main) as interrupts:
            try:
                return loop.run_until_complete(main)
            except CancelledError:
                # It was cancelled for that, and nobody else wanted it.
                if interrupts.count and getattr(main, "uncancel", lambda: 1)() == 0:
                    raise KeyboardInterrupt
                raise

    def close(self):
        """Cancel what is left, and close the loop."""
        if self._stage == "open":
            loop = self._loop
            try:
                _end_tasks(loop)
                for last_act in loop.shutdown_asyncgens, lambda: loop.shutdown_default_executor(constants.THREAD_JOIN_TIMEOUT):
                    loop.run_until_complete(last_act())
            finally:
                if self._announced:
                    set_event_loop(None)
                loop.close()
                self._loop, self._stage = None, "closed"


class _Interrupts:
    """While a task runs, Ctrl-C cancels it, so that it can tidy up; the second time it is KeyboardInterrupt at once.

    Only where Ctrl-C would be KeyboardInterrupt anyway, and this is the program's first thread.
    """

    def __init__(self, task):
        self.task, self.count, self.installed = task, 0, False

    def __enter__(self):
        if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
            try:
                _signal.signal(_signal.SIGINT, self._arrived)
                _signal._unexpected(_signal.SIGINT)
                self.installed = True
            except ValueError:
                # Another thread is not asked.
                pass
        return self

    def __exit__(self, *raised):
        if self.installed and _signal.getsignal(_signal.SIGINT) == self._arrived:
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)

    def _arrived(self, signum, frame):
        self.count += 1
        if self.count > 1 or self.task.done():
            raise KeyboardInterrupt
        self.task.cancel()


def run(main, *, debug=None, loop_factory=None):
    """Run a coroutine in a new loop, which is closed at the end; what it comes to."""
    # The runner would say it of itself, and this is about the function that was called.
    if _loop_in_the_way() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


def _end_tasks(loop):
    """Cancel the tasks that are not done, and report those that fail over it."""
    left = all_tasks(loop)
    if left:
        for task in left:
            try:
                task.cancel()
            except RecursionError:
                # It waits for itself, by way of others.
                pass
        loop.run_until_complete(gather(*left, return_exceptions=True))
    for task in left:
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            text = "unhandled exception during asyncio.run() shutdown"
            loop.call_exception_handler(dict(message=text, exception=failure, task=task))
