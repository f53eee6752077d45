"""Groups of tasks that come to an end together."""

__all__ = ("TaskGroup",)

from .events import get_running_loop
from .exceptions import CancelledError
from .tasks import current_task

# These end the program: they come out by themselves, not in a group.
_FATAL = SystemExit, KeyboardInterrupt


class TaskGroup:
    """Waits at the end of its block for the tasks made in it; when one fails, the others are cancelled."""

    def __init__(self):
        self._loop = self._parent = None
        # A dict, for the order in which they were made.
        self._tasks, self._failures, self._fatal = {}, [], None
        self._inside = self._at_the_end = self._giving_up = False
        # Was it the group that cancelled its parent?
        self._woke_parent = False
        # While the end of the block waits for the tasks: the future it waits for.
        self._all_gone = None

    def __repr__(self):
        words = ["TaskGroup"]
        if self._tasks:
            words.append(f"tasks={len(self._tasks)}")
        if self._failures:
            words.append(f"errors={len(self._failures)}")
        if self._giving_up or self._inside:
            words.append("cancelling" if self._giving_up else "entered")
        return f"<{' '.join(words)}>"

    @property
    def _stands_for(self):
        return self._parent

    async def __aenter__(self):
        if self._inside:
            raise RuntimeError(f"TaskGroup {self!r} has already been entered")
        self._loop = self._loop or get_running_loop()
        self._parent = current_task(self._loop)
        if self._parent is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the parent task")
        self._inside = True
        return self

    async def __aexit__(self, et, exc, tb):
        try:
            return await self._finish(exc)
        finally:
            # What was raised must not be found through the group, nor through this frame: both are in its traceback.
            del exc, tb
            self._parent = self._failures = self._fatal = None

    async def _finish(self, exc):
        self._at_the_end = True
        cancelled = None
        try:
            if exc is not None:
                if isinstance(exc, CancelledError):
                    cancelled = exc
                self._note_if_fatal(exc)
                self._give_up()
            while self._tasks:
                try:
                    await self._tasks_to_go()
                except CancelledError as interruption:
                    # From outside, unless it is the group itself that wanted its parent's attention.
                    if not self._giving_up:
                        cancelled = interruption
                        self._give_up()
            if self._fatal is not None:
                raise self._fatal
            if self._woke_parent and self._parent.uncancel() == 0:
                cancelled = None
            if cancelled is not None and not self._failures:
                raise cancelled
            if exc is not None and not isinstance(exc, CancelledError):
                self._failures.append(exc)
            if self._failures:
                if self._parent.cancelling():
                    # Somebody else wants the parent cancelled: it will be at its next step, after the failures were told.
                    self._parent.uncancel()
                    self._parent.cancel()
                raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._failures) from None
        finally:
            del exc, cancelled

    def _tasks_to_go(self):
        """A future for the moment at which no task is left."""
        self._all_gone = self._loop.create_future()
        # Told of if they never go.
        self._all_gone._children = self._tasks
        return self._all_gone

    def create_task(self, coro, **kwargs):
        """A task of this group."""
        if not self._inside:
            trouble = "has not been entered"
        elif self._at_the_end and not self._tasks:
            trouble = "is finished"
        elif self._giving_up:
            trouble = "is shutting down"
        else:
            task = self._loop.create_task(coro, **kwargs)
            try:
                if task.done():
                    self._on_task_done(task)
                else:
                    self._tasks[task] = None
                    task.add_done_callback(self._on_task_done)
                return task
            finally:
                # A task that fails must not find itself in its own traceback.
                del task
        coro.close()
        raise RuntimeError(f"TaskGroup {self!r} {trouble}")

    def _give_up(self):
        """Have all tasks cancelled, once."""
        if not self._giving_up:
            self._giving_up = True
            for task in [*self._tasks]:
                if not task.done():
                    task.cancel()

    def _note_if_fatal(self, failure):
        if self._fatal is None and isinstance(failure, _FATAL):
            self._fatal = failure

    def _on_task_done(self, task):
        self._tasks.pop(task, None)
        waiter = self._all_gone
        if waiter is not None and not self._tasks and not waiter.done():
            waiter.set_result(None)
        failure = None if task.cancelled() else task.exception()
        if failure is None:
            return
        self._failures.append(failure)
        self._note_if_fatal(failure)
        if self._parent.done():
            # Too late to raise anything there.
            text = f"Task {task!r} has errored out but its parent task {self._parent} is already completed"
            self._loop.call_exception_handler(dict(message=text, exception=failure, task=task))
        elif not self._giving_up and not self._woke_parent:
            self._give_up()
            self._woke_parent = True
            self._parent.cancel()
