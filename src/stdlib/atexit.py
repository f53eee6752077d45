"""Functions to be called at the end of the program."""

from _prelude import _unraisable

_registered = []


def register(func, /, *args, **kwargs):
    """Have a function called at the end; what was registered last is called first."""
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _registered.append((func, args, kwargs))
    return func


def unregister(func, /):
    """No longer, however often it was registered."""
    _registered[:] = [entry for entry in _registered if not func == entry[0]]


def _clear():
    """Forget what was registered."""
    _registered.clear()


def _ncallbacks():
    """How many functions are registered."""
    return len(_registered)


def _run_exitfuncs():
    """Call them now. What they register or unregister themselves makes no difference to this."""
    for func, args, kwargs in reversed(list(_registered)):
        failure = None
        try:
            func(*args, **kwargs)
        except BaseException as error:
            failure = error
        if failure is not None:
            _unraisable(failure, f"Exception ignored in atexit callback {func!r}")
    _registered.clear()
