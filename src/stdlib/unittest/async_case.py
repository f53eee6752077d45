"""Tests that are coroutine functions."""

import asyncio
from contextvars import copy_context
from inspect import iscoroutinefunction

from .case import TestCase

__unittest = True


class IsolatedAsyncioTestCase(TestCase):
    """A test each of whose parts may be a coroutine function; each test has a loop of its own, in which all its parts run."""

    # What makes the loop; None for the usual one.
    loop_factory = None
    _runner = None

    async def asyncSetUp(self):
        """Called after setUp, in the loop."""

    async def asyncTearDown(self):
        """Called before tearDown, in the loop."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        """Have a coroutine function called after tearDown, among the other cleanups."""
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        """Enter an asynchronous context, which is left at the end of the test."""
        cls = type(cm)
        try:
            enter, leave = cls.__aenter__, cls.__aexit__
        except AttributeError:
            name = f"{cls.__module__}.{cls.__qualname__}"
            raise TypeError(f"{name!r} object does not support the asynchronous context manager protocol") from None
        value = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return value

    # ---- the parts of a test, in the loop

    def _in_loop(self, function, /, *args, **kwargs):
        if iscoroutinefunction(function):
            return self._runner.run(function(*args, **kwargs), context=self._context)
        return self._context.run(function, *args, **kwargs)

    def _callSetUp(self):
        # Whoever asks for the loop is to find it there.
        self._runner.get_loop()
        self._in_loop(self.setUp)
        self._in_loop(self.asyncSetUp)

    def _callTestMethod(self, method):
        self._check_returned(method, self._in_loop(method))

    def _callTearDown(self):
        self._in_loop(self.asyncTearDown)
        self._in_loop(self.tearDown)

    def _callCleanup(self, function, /, *args, **kwargs):
        self._in_loop(function, *args, **kwargs)

    def _begin(self):
        assert self._runner is None, "asyncio runner is already initialized"
        self._runner, self._context = asyncio.Runner(debug=True, loop_factory=self.loop_factory), copy_context()

    def _end(self):
        runner, self._runner = self._runner, None
        runner.close()

    def run(self, result=None):
        """Run the test, in a loop of its own, and tell the result, which is returned."""
        self._begin()
        try:
            return super().run(result)
        finally:
            self._end()

    def debug(self):
        """Run the test; what it raises is not caught."""
        self._begin()
        super().debug()
        self._end()

    def __del__(self):
        if self._runner is not None:
            self._end()
