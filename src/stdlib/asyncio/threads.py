"""Running a function in a thread, and awaiting it."""

__all__ = ("to_thread",)

from _contextvars import copy_context
from _functools import partial

from .events import get_running_loop


async def to_thread(func, /, *args, **kwargs):
    """Call a function in a thread of the default executor; what it comes to. It sees the context variables of the caller."""
    call = partial(copy_context().run, func, *args, **kwargs)
    return await get_running_loop().run_in_executor(None, call)
