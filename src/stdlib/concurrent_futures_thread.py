"""An executor that makes its calls in threads."""

import os
import queue
import threading
from weakref import ref

from ._base import BrokenExecutor, Executor, Future

_made = 0
# The executors that have threads, and are to be ended before the program is.
_open = {}


class BrokenThreadPool(BrokenExecutor):
    """What prepares the threads has failed."""


class ThreadPoolExecutor(Executor):
    """Calls functions in threads: as many at the same time as there are workers."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=(), **ctxkwargs):
        global _made
        if max_workers is None:
            max_workers = min(32, (getattr(os, "cpu_count", lambda: 1)() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        if not thread_name_prefix:
            thread_name_prefix = f"ThreadPoolExecutor-{_made}"
            _made += 1
        self._max_workers, self._prefix = max_workers, thread_name_prefix
        self._prepare = initializer, initargs
        self._work_queue, self._threads = queue.SimpleQueue(), set()
        self._idle = threading.Semaphore(0)
        self._shutdown, self._broken = False, None

    def submit(self, fn, /, *args, **kwargs):
        """Have it called in a thread; a future of the result."""
        if self._broken is not None:
            raise BrokenThreadPool(self._broken)
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if _ended:
            raise RuntimeError("cannot schedule new futures after interpreter shutdown")
        future = Future()
        self._work_queue.put((future, fn, args, kwargs))
        if not self._idle.acquire(False) and len(self._threads) < self._max_workers:
            name = f"{self._prefix}_{len(self._threads)}"
            # An executor that nobody has any more ends its threads.
            me = ref(self, lambda _, work=self._work_queue: work.put(None))
            thread = threading.Thread(target=_work, args=(me, self._work_queue, self._prepare), name=name)
            thread.start()
            self._threads.add(thread)
            _open[thread] = self._work_queue
        return future

    def _fail(self, reason):
        self._broken = reason
        while not self._work_queue.empty():
            work = self._work_queue.get()
            if work is not None:
                work[0].set_exception(BrokenThreadPool(reason))

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Make no more calls; wait for those that were begun or submitted, or call these off."""
        self._shutdown = True
        if cancel_futures:
            while not self._work_queue.empty():
                work = self._work_queue.get()
                if work is not None:
                    work[0].cancel()
        self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()


def _work(executor_ref, work_queue, prepare):
    initializer, initargs = prepare
    try:
        if initializer is not None:
            try:
                initializer(*initargs)
            except BaseException:
                import logging

                logging.getLogger("concurrent.futures").critical("Exception in initializer:", exc_info=True)
                executor = executor_ref()
                if executor is not None:
                    executor._fail("A thread initializer failed, the thread pool is not usable anymore")
                return
        while True:
            if work_queue.empty():
                executor = executor_ref()
                if executor is not None:
                    executor._idle.release()
                del executor
            work = work_queue.get()
            if work is None:
                # The next thread is to see it too.
                work_queue.put(None)
                return
            _make(*work)
            del work
    finally:
        _open.pop(threading.current_thread(), None)


def _make(future, fn, args, kwargs):
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = fn(*args, **kwargs)
    except BaseException as failure:
        future.set_exception(failure)
    else:
        future.set_result(result)


_ended = False


def _end():
    global _ended
    _ended = True
    for thread, work_queue in list(_open.items()):
        work_queue.put(None)
    for thread in list(_open):
        thread.join()


threading._register_atexit(_end)
