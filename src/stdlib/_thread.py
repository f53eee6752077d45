"""Threads and locks, bare. (threading is what programs use.)"""

import _threads
from _prelude import _unraisable
from _threads import _ExceptHookArgs, lock

LockType = lock
allocate_lock = allocate = lock
error = RuntimeError
TIMEOUT_MAX = 9223372036.0


def get_ident():
    """A number that no other thread has."""
    return _threads.number()


get_native_id = get_ident


def start_new_thread(function, args, kwargs={}, /):
    """Call a function in a new thread; the thread's number."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    return _threads.start(_run, function, args, kwargs)


start_new = start_new_thread


def _run(function, args, kwargs):
    global _running
    _running += 1
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    except BaseException as failure:
        _unraisable(failure, f"Exception ignored in thread started by {function!r}")
    finally:
        _running -= 1
        for each in list(_locals):
            each._forget_thread(_threads.number())


_running = 0


def _count():
    return _running


def exit():
    """End this thread."""
    raise SystemExit


exit_thread = exit


def interrupt_main(signum=2, /):
    """As if a signal had arrived, in the program's first thread."""
    import _signal

    if _signal.getsignal(signum) not in (0, 1):
        _signal.raise_signal(signum)


def stack_size(size=0, /):
    """How much stack a new thread is to have. It is noted, and threads take what they need."""
    global _stack_size
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if 0 < size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    before, _stack_size = _stack_size, size
    return before


_stack_size = 0


class RLock:
    """A lock that the thread that has it can take again."""

    def __init__(self, *args, **kwargs):
        if args or kwargs:
            import warnings

            text = "Passing arguments to RLock is deprecated and will be removed in 3.15"
            warnings.warn(text, DeprecationWarning, stacklevel=2)
        self._block, self._owner, self._count = lock(), 0, 0

    def __repr__(self):
        state = "locked" if self._block.locked() else "unlocked"
        return (
            f"<{state} {type(self).__module__}.{type(self).__qualname__} object owner={self._owner}"
            f" count={self._count} at {id(self):#x}>"
        )

    def acquire(self, blocking=True, timeout=-1):
        """Take it once more, waiting while another thread has it."""
        me = _threads.number()
        if self._owner == me:
            self._count += 1
            return True
        got = self._block.acquire(blocking, timeout)
        if got:
            self._owner, self._count = me, 1
        return got

    __enter__ = acquire

    def release(self):
        """Give it back once."""
        if self._owner != _threads.number():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = 0
            self._block.release()

    def __exit__(self, *exc):
        self.release()

    def locked(self):
        """Has a thread taken it?"""
        return self._count > 0

    @property
    def _holder(self):
        return self._block._holder

    def _is_owned(self):
        return self._owner == _threads.number()

    def _recursion_count(self):
        return self._count if self._is_owned() else 0

    def _release_save(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        state = self._count, self._owner
        self._count = self._owner = 0
        self._block.release()
        return state

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state


class _local:
    """Attributes that each thread has of its own."""

    __slots__ = ("_of_threads", "_made_with", "__weakref__")

    def __new__(cls, /, *args, **kwargs):
        global _locals
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        made = object.__new__(cls)
        _set(made, "_of_threads", {_threads.number(): {}})
        _set(made, "_made_with", (args, kwargs))
        if _locals == ():
            from weakref import WeakSet

            _locals = WeakSet()
        _locals.add(made)
        return made

    def __getattribute__(self, name):
        if name in ("_forget_thread", "__class__", "__weakref__"):
            return _get(self, name)
        mine = _own(self)
        if name == "__dict__":
            return mine
        return mine[name] if name in mine else _get(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        mine = _own(self)
        if hasattr(type(getattr(type(self), name, None)), "__set__"):
            _set(self, name, value)
        else:
            mine[name] = value

    def __delattr__(self, name):
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        mine = _own(self)
        if name not in mine:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        del mine[name]

    def _forget_thread(self, number):
        _get(self, "_of_threads").pop(number, None)


_get, _set = object.__getattribute__, object.__setattr__
# Those that there are: a set once there are some.
_locals = ()


def _own(self):
    """The attributes of the running thread, which begin as those of the first did."""
    number = _threads.number()
    known = _get(self, "_of_threads")
    mine = known.get(number)
    if mine is None:
        known[number] = mine = {}
        args, kwargs = _get(self, "_made_with")
        type(self).__init__(self, *args, **kwargs)
    return mine
