"""What is said when nothing is ready in a loop, and nothing ever will be."""

import sys

import _asyncio

from .format import shown_coroutine


def report(loop):
    """Say who waits for what, and end the program with status 3."""
    lines = ["Deadlock: nothing is ready to run, no timer is armed, and no descriptor is watched."]
    waiting = sorted(_asyncio._pending_tasks(loop), key=_number)
    for task in waiting:
        lines += told_of(task)
    sys.stdout.flush()
    print("\n".join(lines), file=sys.stderr, flush=True)
    raise SystemExit(3)


def _number(task):
    name = task.get_name()
    head, _, number = name.rpartition("-")
    return (head, int(number), "") if number.isdigit() else (name, 0, name)


def told_of(task):
    """A task, the chain of coroutines it stands in, and what the innermost of them waits for."""
    lines = [f"  {task.get_name()} waits for {_what(task._fut_waiter)}"]
    coro = task.get_coro()
    while coro is not None and hasattr(coro, "cr_frame"):
        if coro.cr_frame is not None and not coro.cr_code.co_filename.startswith("<frozen "):
            lines.append(f"    in {shown_coroutine(coro)}")
        coro = coro.cr_await
    return lines


def _what(waiter):
    if waiter is None:
        return "nothing"
    if isinstance(waiter, _asyncio.Task):
        return waiter.get_name()
    children = getattr(waiter, "_children", None)
    if children is not None:
        names = [_what(child) for child in children if not child.done()]
        return f"all of {', '.join(names)}"
    return "a future that nobody resolves"
