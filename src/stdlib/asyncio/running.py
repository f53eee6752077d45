"""The time during which a loop runs, and the async generators that begin in it."""

import sys
import _threads

from .events import _get_running_loop, _set_running_loop
from .tasks import gather


class Running:
    """From now until it is over the loop is the running one; nobody else's generators and coroutines are noticed after it."""

    def __init__(self, loop):
        self.loop = loop
        loop._check_closed()
        loop._check_running()
        loop._note_origins(loop._debug)
        self.hooks_before = sys.get_asyncgen_hooks()
        loop._runs, loop._thread_id = True, _threads.number()
        sys.set_asyncgen_hooks(loop._generators.begins, loop._generators.is_lost)
        self.lent = _get_running_loop()
        _set_running_loop(loop)

    def over(self):
        """It runs no longer."""
        loop = self.loop
        loop._stopping = loop._runs = False
        loop._thread_id = None
        _set_running_loop(self.lent)
        loop._note_origins(False)
        sys.set_asyncgen_hooks(*self.hooks_before)


class Generators:
    """The async generators of a loop that have begun and not ended."""

    def __init__(self, loop):
        self.loop, self.all_closed = loop, False
        # Weakly held; a loop that no generator began in has no set of them.
        self.open = ()

    def begins(self, generator):
        """One is iterated for the first time."""
        if self.all_closed:
            text = f"asynchronous generator {generator!r} was scheduled after loop.shutdown_asyncgens() call"
            from warnings import warn

            warn(text, ResourceWarning, source=self.loop)
        if not self.open:
            from weakref import WeakSet

            self.open = WeakSet()
        self.open.add(generator)

    def is_lost(self, generator):
        """Nobody refers to one any more that has not ended."""
        if self.open:
            self.open.discard(generator)
        loop = self.loop
        if not loop.is_closed():
            loop.call_soon_threadsafe(loop.create_task, generator.aclose())

    async def close(self):
        """Close all that are open, at the same time."""
        self.all_closed = True
        closing, self.open = list(self.open), ()
        if not closing:
            return
        outcomes = await gather(*(generator.aclose() for generator in closing), return_exceptions=True)
        for generator, outcome in zip(closing, outcomes):
            if isinstance(outcome, Exception):
                text = f"an error occurred during closing of asynchronous generator {generator!r}"
                self.loop.call_exception_handler(dict(message=text, exception=outcome, asyncgen=generator))
