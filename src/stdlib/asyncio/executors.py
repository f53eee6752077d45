"""The part of a loop that has functions called in threads."""

from .futures import wrap_future


class Executors:
    """A loop's default executor, and calls in any."""

    _default_executor, _takes_work = None, True

    def run_in_executor(self, executor, func, *args):
        """Call a function in a thread of the executor, or (None) of the default one; a future of the result."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, "run_in_executor")
        if executor is None:
            if not self._takes_work:
                raise RuntimeError("Executor shutdown has been called")
            executor = self._default_executor
            if executor is None:
                from concurrent.futures import ThreadPoolExecutor

                executor = self._default_executor = ThreadPoolExecutor(thread_name_prefix="asyncio")
        return wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        """Use this executor where none is named."""
        from concurrent.futures import ThreadPoolExecutor

        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Wait for the threads of the default executor, at most so many seconds."""
        self._takes_work = False
        executor = self._default_executor
        if executor is None:
            return
        import threading

        if threading._given_up():
            # Its threads are among those that wait for each other: there is no end to wait for.
            return

        over = self.create_future()
        waiting = threading.Thread(target=self._shut_down, args=(executor, over))
        waiting.start()
        try:
            from .timeouts import timeout as within

            async with within(timeout):
                await over
        except TimeoutError:
            import warnings

            text = f"The executor did not finishing joining its threads within {timeout} seconds."
            warnings.warn(text, RuntimeWarning, stacklevel=2)
            executor.shutdown(wait=False)
        else:
            waiting.join()

    def _shut_down(self, executor, over):
        from .futures import _set_result_unless_cancelled

        try:
            executor.shutdown(wait=True)
            call, value = _set_result_unless_cancelled, None
        except Exception as failure:
            call, value = type(over).set_exception, failure
        if not self.is_closed():
            self.call_soon_threadsafe(call, over, value)

    def _drop_executor(self):
        executor, self._default_executor, self._takes_work = self._default_executor, None, False
        if executor is not None:
            executor.shutdown(wait=False)
