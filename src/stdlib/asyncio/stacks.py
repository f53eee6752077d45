"""Where a task stands."""

def task_frames(task, limit):
    """The frames of its coroutine, outermost first; those of its exception's traceback if it has ended with one."""
    coro = task.get_coro()
    frame = getattr(coro, "cr_frame", None) or getattr(coro, "gi_frame", None) or getattr(coro, "ag_frame", None)
    frames = []
    if frame is not None:
        while frame is not None:
            frames.append(frame)
            frame = frame.f_back
        if limit is not None:
            del frames[limit:]
        frames.reverse()
    elif task._exception is not None:
        entry = task._exception.__traceback__
        while entry is not None and (limit is None or len(frames) < limit):
            frames.append(entry.tb_frame)
            entry = entry.tb_next
    return frames


def print_task_stack(task, limit, file):
    """The same as text, as tracebacks are shown."""
    import linecache
    import traceback

    places = []
    for frame in task.get_stack(limit=limit):
        code = frame.f_code
        linecache.checkcache(code.co_filename)
        line = linecache.getline(code.co_filename, frame.f_lineno, frame.f_globals)
        places.append((code.co_filename, frame.f_lineno, code.co_name, line))
    failure = task._exception
    if not places:
        print(f"No stack for {task!r}", file=file)
    elif failure is not None:
        print(f"Traceback for {task!r} (most recent call last):", file=file)
    else:
        print(f"Stack for {task!r} (most recent call last):", file=file)
    traceback.print_list(places, file=file)
    if failure is not None:
        for line in traceback.format_exception_only(type(failure), failure):
            print(line, file=file, end="")
