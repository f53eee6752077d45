"""How coroutines, callbacks and places show themselves in the texts of futures, tasks and handles."""

import sys


def short_repr(value):
    import reprlib

    return reprlib.repr(value)


def function_place(function):
    """File and first line of a function; of what wraps one, that of the function inside."""
    import functools
    import inspect

    function = inspect.unwrap(function)
    if inspect.isfunction(function):
        code = function.__code__
        return code.co_filename, code.co_firstlineno
    if isinstance(function, functools.partial):
        return function_place(function.func)
    if isinstance(function, functools.partialmethod):
        return function_place(function.func)
    return None


def callback_source(function, args, *, debug=False):
    """`f(1, 2) at FILE:LINE`; the arguments only in debug mode."""
    shown = callback_call(function, args, {} if debug else None, debug=debug)
    place = function_place(function)
    return f"{shown} at {place[0]}:{place[1]}" if place else shown


def callback_call(function, args, keywords, *, debug=False, suffix=""):
    import functools

    if isinstance(function, functools.partial):
        suffix = arguments(args, keywords, debug) + suffix
        return callback_call(function.func, function.args, function.keywords, debug=debug, suffix=suffix)
    name = getattr(function, "__qualname__", None) or getattr(function, "__name__", None) or repr(function)
    return name + arguments(args, keywords, debug) + suffix


def arguments(args, keywords, debug):
    if not debug:
        return "()"
    shown = [short_repr(arg) for arg in args or ()]
    shown += [f"{name}={short_repr(value)}" for name, value in (keywords or {}).items()]
    return f"({', '.join(shown)})"


def shown_coroutine(coro):
    """`f() running at FILE:LINE`"""
    name = getattr(coro, "__qualname__", None) or getattr(coro, "__name__", None)
    if not name:
        name = f"<{type(coro).__name__} without __name__>"
    name = f"{name}()"
    code = getattr(coro, "cr_code", None) or getattr(coro, "gi_code", None) or getattr(coro, "ag_code", None)
    running = getattr(coro, "cr_running", getattr(coro, "gi_running", False))
    if code is None:
        return f"{name} running" if running else name
    file = code.co_filename or "<empty co_filename>"
    frame = getattr(coro, "cr_frame", None) or getattr(coro, "gi_frame", None) or getattr(coro, "ag_frame", None)
    if frame is not None:
        return f"{name} running at {file}:{frame.f_lineno}"
    return f"{name} done, defined at {file}:{code.co_firstlineno}"


def extract_stack(limit=10):
    """Where the program stands, a traceback.StackSummary of few entries: in debug mode objects keep it."""
    import traceback

    # Frames of this module are hidden: the innermost that is seen is the caller's.
    frame = sys._getframe()
    while frame is not None and frame.f_globals.get("__name__", "").startswith("asyncio."):
        frame = frame.f_back
    stack = traceback.StackSummary.extract(traceback.walk_stack(frame), limit=limit, lookup_lines=False)
    stack.reverse()
    return stack
