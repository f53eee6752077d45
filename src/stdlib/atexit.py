"""Functions to be called at the end of the program."""

_registered = []


def register(func, /, *args, **kwargs):
    """Have a function called at the end; what was registered last is called first."""
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _registered.append((func, args, kwargs))
    return func


def unregister(func, /):
    """No longer, however often it was registered."""
    _registered[:] = [entry for entry in _registered if not entry[0] == func]


def _clear():
    _registered.clear()


def _ncallbacks():
    return len(_registered)


def _run_exitfuncs():
    import sys

    while _registered:
        func, args, kwargs = _registered.pop()
        try:
            func(*args, **kwargs)
        except BaseException as failure:
            print(f"Exception ignored in atexit callback {func!r}:", file=sys.stderr)
            sys.excepthook(type(failure), failure, failure.__traceback__)
