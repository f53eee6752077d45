"""Call graphs: where a task stands, who waits for it, where those stand, and who waits for them."""

__all__ = (
    "capture_call_graph", "format_call_graph", "print_call_graph", "FrameCallGraphEntry", "FutureCallGraph",
)

import sys
from dataclasses import dataclass
from types import FrameType

from .events import _get_running_loop
from .futures import Future, _awaiting, isfuture
from .tasks import Task, current_task


@dataclass(frozen=True, slots=True)
class FrameCallGraphEntry:
    """One call: its frame."""

    frame: FrameType


@dataclass(frozen=True, slots=True)
class FutureCallGraph:
    """A future or task, the calls it stands in, innermost first, and the graphs of those who await it."""

    future: Future
    call_stack: tuple["FrameCallGraphEntry", ...]
    awaited_by: tuple["FutureCallGraph", ...]


def capture_call_graph(future=None, /, *, depth=1, limit=None):
    """The graph of a future, or of the running task as `depth` callers up see it; None where no task runs.

    A positive limit keeps that many outermost calls of each, a negative one so many innermost.
    """
    loop = _get_running_loop()
    running = None if loop is None else current_task(loop)
    if future is None:
        if loop is None:
            raise RuntimeError(
                "capture_call_graph() is called outside of a running event loop"
                " and no *future* to introspect was provided"
            )
        if running is None:
            return None
    elif future is not running:
        return _graph_of(future, limit)
    calls = _limited(_running_calls(sys._getframe(depth)), limit)
    return FutureCallGraph(running, calls, _graphs_of_awaiting(running, limit))


def _running_calls(frame):
    """The calls from here to the task's own; where no coroutine is met, all there are."""
    while frame is not None:
        yield frame
        outer = frame.f_back
        if frame.f_generator is not None and (outer is None or outer.f_generator is None):
            return
        frame = outer


def _suspended_calls(coro):
    """The calls that a suspended coroutine stands in, outermost first."""
    while coro is not None:
        for kind in "cr", "ag", "gi":
            frame = getattr(coro, f"{kind}_frame", None)
            if frame is not None:
                yield frame
                coro = getattr(coro, f"{kind}_{'yieldfrom' if kind == 'gi' else 'await'}", None)
                break
        else:
            return


def _limited(frames, limit):
    calls = tuple(FrameCallGraphEntry(frame) for frame in frames)
    if limit is None:
        return calls
    if limit > 0:
        return calls[-limit:]
    return calls[:-limit]


def _graph_of(future, limit):
    if not isfuture(future):
        raise TypeError(f"{future!r} object does not appear to be compatible with asyncio.Future")
    get_coro = getattr(future, "get_coro", None)
    frames = () if get_coro is None else reversed([*_suspended_calls(get_coro())])
    return FutureCallGraph(future, _limited(frames, limit), _graphs_of_awaiting(future, limit))


def _graphs_of_awaiting(future, limit):
    return tuple(_graph_of(awaiting, limit) for awaiting in _awaiting(future))


def format_call_graph(future=None, /, *, depth=1, limit=None):
    """The graph as text; see capture_call_graph."""
    graph = capture_call_graph(future, depth=depth + 1, limit=limit)
    return "" if graph is None else "\n".join(_lines(graph, ""))


def _lines(graph, indent):
    future = graph.future
    if isinstance(future, Task):
        yield f"{indent}* Task(name={future.get_name()!r}, id={id(future):#x})"
    else:
        yield f"{indent}* Future(id={id(future):#x})"
    if graph.call_stack:
        yield f"{indent}  + Call stack:"
        for call in graph.call_stack:
            yield f"{indent}  |   {_shown(call.frame)}"
    if graph.awaited_by:
        yield f"{indent}  + Awaited by:"
        for awaiting in graph.awaited_by:
            yield from _lines(awaiting, indent + "    ")


# What the attributes of coroutines and generators begin with, and what these are called.
_KINDS = {"cr": "async ", "ag": "async generator ", "gi": "generator "}


def _shown(frame):
    code, kind, body = frame.f_code, "", frame.f_generator
    for prefix in _KINDS:
        if hasattr(body, f"{prefix}_code"):
            kind = _KINDS[prefix]
    return f"File {code.co_filename!r}, line {frame.f_lineno}, in {kind}{code.co_qualname}()"


def print_call_graph(future=None, /, *, file=None, depth=1, limit=None):
    """Print the graph; see capture_call_graph."""
    print(format_call_graph(future, depth=depth, limit=limit), file=file)
