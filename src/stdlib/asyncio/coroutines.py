"""What is a coroutine."""

__all__ = ("iscoroutinefunction", "iscoroutine")

import sys

from _types import CoroutineType

_is_coroutine = object()


def iscoroutinefunction(func):
    """Does calling it make a coroutine? (Deprecated: use inspect.iscoroutinefunction.)"""
    import warnings

    warnings._deprecated(
        "asyncio.iscoroutinefunction",
        f"{warnings._DEPRECATED_MSG}; use inspect.iscoroutinefunction() instead",
        remove=(3, 16),
    ) if hasattr(warnings, "_deprecated") else warnings.warn(
        "'asyncio.iscoroutinefunction' is deprecated and slated for removal in Python 3.16;"
        " use inspect.iscoroutinefunction() instead",
        DeprecationWarning,
        stacklevel=2,
    )
    return _iscoroutinefunction(func)


def _iscoroutinefunction(func):
    import inspect

    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


def iscoroutine(obj):
    """Is it a coroutine, or of a class that is as good as one?"""
    if isinstance(obj, CoroutineType):
        return True
    from collections.abc import Coroutine

    return isinstance(obj, Coroutine)


def _is_debug_mode():
    """Are loops in debug mode from the beginning?"""
    # What `os.environ` shows, without loading `os` for it.
    from posix import environ

    heeded = not sys.flags.ignore_environment
    return heeded and bool(environ.get("PYTHONASYNCIODEBUG")) or getattr(sys.flags, "dev_mode", False)
