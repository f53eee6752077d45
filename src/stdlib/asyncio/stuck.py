"""What is said when nothing is ready in a loop, and nothing ever will be."""

import sys
from weakref import WeakSet

import _asyncio

from .format import shown_coroutine


# So many tasks are told of, and so many are named in a line.
_MOST_TOLD, _MOST_NAMED = 20, 6


class Deadlock(SystemExit):
    """How the program ends when its loop is stuck; the prompt goes on."""


def report(loop):
    """Say who waits for what and why that does not come, and end the program with status 3."""
    if loop in _told:
        # While the program ends it is stuck again: what waits now cannot even be cancelled. That was told of.
        for task in _asyncio._pending_tasks(loop):
            task._log_destroy_pending = False
        raise Deadlock(3)
    _told.add(loop)
    lines = ["Deadlock: nothing is ready to run, no timer is armed, and no descriptor is watched."]
    lines += told_of_all(loop)
    if (threading := sys.modules.get("threading")) is not None:
        lines += threading._told_of_others()
    sys.stdout.flush()
    print("\n".join(lines), file=sys.stderr, flush=True)
    raise Deadlock(3)


def told_of_all(loop):
    """The tasks that wait in a loop (or, with None, in any), and who waits for each other in a circle."""
    waiting = sorted(_asyncio._pending_tasks(loop), key=_number)
    by_id = {id(task): task for task in waiting}
    needs = {task: _needed(task, by_id) for task in waiting}
    lines = []
    for task in waiting[:_MOST_TOLD]:
        lines += told_of(task, by_id)
    if len(waiting) > _MOST_TOLD:
        lines.append(f"  and {len(waiting) - _MOST_TOLD} more tasks wait")
    return lines + _cycle(needs)


# The loops that were told of.
_told = WeakSet()


def forget(loop):
    """The loop goes on after all: what it is stuck in next is to be told of again."""
    _told.discard(loop)


def _number(task):
    name = task.get_name()
    head, _, number = name.rpartition("-")
    return (head, int(number), "") if number.isdigit() else (name, 0, name)


def told_of(task, by_id):
    """A task, who made it, the chain of coroutines it stands in, and what the innermost of them waits for."""
    made_at = getattr(task, "_made_at", None)
    lines = [f"  {task.get_name()} waits for {_what(task, by_id)}"]
    if made_at is not None:
        lines.append(f"    created at {made_at[0]}:{made_at[1]}")
    for coro, frame in _chain(task):
        if frame is not None and not frame.f_code.co_filename.startswith("<frozen "):
            lines.append(f"    in {shown_coroutine(coro)}")
            lines += _source_line(frame)
    return lines


def _chain(task):
    """What a task stands in, from the outside in: coroutines and async generators, each with its frame; at last what is awaited
    and is neither."""
    inner = task.get_coro()
    while inner is not None:
        if hasattr(inner, "cr_frame"):
            yield inner, inner.cr_frame
            inner = inner.cr_await
        elif hasattr(inner, "ag_frame"):
            yield inner, inner.ag_frame
            inner = inner.ag_await
        else:
            behind = _asyncio._generator_of_step(inner)
            if behind is None:
                yield inner, None
            inner = behind


def _source_line(frame):
    import linecache

    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
    return [f"      {line}"] if line else []


def _queue_or_lock(task):
    """The object of asyncio at whose method the task stands, if it stands at one; and the method's name."""
    found = None, None
    for inner, frame in _chain(task):
        if frame is not None and frame.f_code.co_filename.startswith("<frozen asyncio."):
            me = frame.f_locals.get("self")
            if hasattr(me, "_get_loop") and not isinstance(me, _asyncio.Future):
                # The outermost is the one that the program called.
                method = frame.f_code.co_name
                found = found if found[0] is not None else (me, "acquire" if method == "__aenter__" else method)
        elif found[0] is None and (owner := getattr(inner, "_owner", None)) is not None:
            # What stands in line natively.
            found = owner, inner._method
    return found


def _holder(lock, by_id):
    """The task that has a lock, as far as that is known."""
    held = getattr(lock, "_lock", lock)
    return by_id.get(getattr(held, "_taken", None))


_CLASS_WORDS = {
    ("Event", "wait"): "a set()", ("Condition", "wait"): "a notify()", ("Condition", "wait_for"): "a notify()",
    ("Semaphore", "acquire"): "a release()", ("BoundedSemaphore", "acquire"): "a release()",
    ("Barrier", "wait"): "more parties", ("Queue", "get"): "a put()", ("Queue", "put"): "a get()",
    ("PriorityQueue", "get"): "a put()", ("LifoQueue", "get"): "a put()", ("Queue", "join"): "a task_done()",
}


def _what(task, by_id):
    waiter = task._fut_waiter
    if waiter is None:
        return "nothing"
    owner, method = _queue_or_lock(task)
    if owner is not None and not isinstance(waiter, _asyncio.Task):
        shown = repr(owner)
        holder = _holder(owner, by_id) if method == "acquire" else None
        if holder is not None:
            return f"{shown}, which {holder.get_name()} has"
        children = getattr(owner, "_children", None)
        if children is not None:
            return f"the first of {_named(children)}"
        if method == "acquire" and getattr(owner, "_taken", False):
            return f"{shown}, which a task has that is over"
        missing = _CLASS_WORDS.get((type(owner).__name__, method))
        return shown if missing is None else f"{missing} of {shown}"
    return _future(waiter)


def _future(waiter):
    if isinstance(waiter, _asyncio.Task):
        return waiter.get_name()
    children = getattr(waiter, "_children", None)
    if children is not None:
        return _named(children)
    return "a future that nobody resolves"


def _named(futures):
    names = [_future(future) for future in futures if not future.done()]
    if len(names) > _MOST_NAMED:
        names[_MOST_NAMED - 1 :] = [f"{len(names) - _MOST_NAMED + 1} more"]
    head = ", ".join(names[:-1])
    return f"{head} and {names[-1]}" if head else "".join(names)


def _needed(task, by_id):
    """The tasks without which it cannot go on, as far as that is known."""
    waiter = task._fut_waiter
    if isinstance(waiter, _asyncio.Task):
        return [waiter]
    children = getattr(waiter, "_children", None)
    if children is not None:
        return [child for child in children if isinstance(child, _asyncio.Task) and not child.done()]
    owner, method = _queue_or_lock(task)
    holder = _holder(owner, by_id) if method == "acquire" else None
    return [] if holder is None else [holder]


def _cycle(needs):
    """Who waits for each other in a circle."""
    for start in needs:
        way, task = [], start
        while task is not None and task not in way:
            way.append(task)
            task = next(iter(needs.get(task, ())), None)
        if task is start:
            names = [task.get_name() for task in (*way, start)]
            return [f"  They wait for each other: {' -> '.join(names)}"]
    return []
