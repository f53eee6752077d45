"""What the prompt does in Python: it runs what awaits, lets the loop have its turns while a line is read, and describes things."""

import sys

# The loop of the prompt: one runner for all inputs, made when asyncio is first wanted.
_runner = None


def _loop():
    global _runner
    if _runner is None:
        from asyncio import Runner

        _runner = Runner()
    return _runner.get_loop()


def begin(wanted):
    """An input begins. Where asyncio is in use (or wanted), the loop counts as running, so that tasks can be made."""
    if wanted or _runner is not None or "asyncio" in sys.modules:
        loop = _loop()
        from asyncio.events import _lend

        _lend(loop)


def end():
    """The input is over: the loop is nobody's."""
    if _runner is not None:
        from asyncio.events import _lend

        _lend(None)


def run(coro, context):
    """Run what an input awaits in the context of all inputs, and the tasks beside it. `None`, or the exception that came of it."""
    loop = _loop()
    end()
    from asyncio.stuck import Deadlock, forget

    try:
        _runner.run(coro, context=context)
    except Deadlock:
        # It has been told; what waits for what never comes is given up.
        forget(loop)
        _give_up(loop, coro)
        return None
    except KeyboardInterrupt:
        # Where it came from is the loop.
        return KeyboardInterrupt()
    except BaseException as exception:
        exception.__traceback__ = _from_the_input(exception.__traceback__)
        return exception


def _give_up(loop, coro):
    from asyncio import all_tasks, gather

    ours = [task for task in all_tasks(loop) if task.get_coro() is coro]
    for task in ours:
        task.cancel()
    loop.run_until_complete(gather(*ours, return_exceptions=True))


def _from_the_input(entry):
    """The traceback from the input on, without what runs it."""
    start = entry
    while start is not None and start.tb_frame.f_code.co_filename.startswith("<frozen "):
        start = start.tb_next
    return entry if start is None else start


def wait(fd):
    """Come back when something can be read from `fd`; tasks and threads go on meanwhile."""
    if _runner is None:
        import select

        select.select([fd], [], [])
        return
    loop = _loop()
    loop.add_reader(fd, loop.stop)
    try:
        loop.run_forever()
    finally:
        loop.remove_reader(fd)


def close():
    """The end: tasks that are left are cancelled."""
    global _runner
    if _runner is not None:
        runner, _runner = _runner, None
        runner.close()


def mark(goes_on):
    """What stands before an input, or before a line of it that goes on: the program may have changed it."""
    try:
        return str(sys.ps2 if goes_on else sys.ps1)
    except Exception:
        return ""


def with_text(error, source):
    """An error of an input, with the line where it is."""
    if type(error) is SyntaxError and error.msg.startswith("multiple statements found"):
        # That is what `compile` says; of a line that does not belong to the block before it the prompt says less.
        error.msg = "invalid syntax"
        error.args = (error.msg, *error.args[1:])
    if type(error) is SyntaxError and not error.text and error.lineno is not None:
        lines = source.splitlines()
        if error.lineno <= len(lines):
            error.text = lines[error.lineno - 1]
    return error


# ---- describing


def describe(thing, with_source):
    """What `thing?` shows; `thing??` its source, too."""
    import inspect

    def row(title, text):
        print(f"{title + ':':<11} {text}")

    if callable(thing):
        try:
            name = getattr(thing, "__name__", type(thing).__name__)
            row("Signature", f"{name}{inspect.signature(thing)}")
        except (TypeError, ValueError):
            pass
    row("Type", type(thing).__name__)
    if isinstance(thing, type):
        if thing.__bases__ not in ((), (object,)):
            row("Bases", ", ".join(base.__name__ for base in thing.__bases__))
        methods = [name for name, value in vars(thing).items() if callable(value) and not name.startswith("_")]
        if methods:
            row("Methods", ", ".join(methods))
    if not (inspect.isroutine(thing) or isinstance(thing, type)):
        text = repr(thing)
        row("Value", text if len(text) <= 200 else text[:197] + "...")
        try:
            row("Length", len(thing))
        except TypeError:
            pass
    code = _code(thing)
    if code is not None:
        row("File", f"{code.co_filename}, line {code.co_firstlineno}")
    if getattr(thing, "gi_frame", None) or getattr(thing, "cr_frame", None) or getattr(thing, "ag_frame", None):
        print("\n".join(_frame(thing)))
    doc = getattr(thing, "__doc__", None)
    if isinstance(doc, str) and doc.strip():
        first, *others = inspect.cleandoc(doc).splitlines()
        row("Docstring", first)
        for line in others:
            print((" " * 12 + line).rstrip())
    if with_source:
        text = _source(thing)
        row("Source", "is not at hand" if text is None else "\n" + text)


def _source(thing):
    """The lines of a function or class, if they are known."""
    import inspect
    import linecache

    code = _code(thing)
    if code is None:
        try:
            return inspect.getsource(thing).rstrip()
        except (OSError, TypeError):
            return None
    lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
    if not lines:
        return None
    indent = len(lines[0]) - len(lines[0].lstrip())
    block, decorators = lines[:1], lines[0].lstrip().startswith("@")
    for line in lines[1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            if not decorators:
                break
            decorators = line.lstrip().startswith("@")
        block.append(line)
    return "".join(line[indent:] or "\n" for line in block).rstrip()


def _code(thing):
    for name in "__code__", "gi_code", "cr_code", "ag_code":
        code = getattr(thing, name, None)
        if code is not None:
            return code
    return None


# ---- frames


_PREFIXES = "gi", "cr", "ag"
_KINDS = dict(gi="generator", cr="coroutine", ag="async generator")


def _prefix(thing):
    for prefix in _PREFIXES:
        if hasattr(thing, prefix + "_code"):
            return prefix
    return None


def _suspended():
    """All generators, coroutines and async generators of the program that have begun and stand."""
    import gc
    import types

    kinds = types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType
    found = []
    for thing in gc.get_objects():
        if type(thing) in kinds:
            prefix = _prefix(thing)
            frame = getattr(thing, prefix + "_frame")
            if frame is None:
                continue
            # An async generator that awaits counts as running until its step is over; its frame stands nevertheless.
            if getattr(thing, prefix + "_running") and (prefix != "ag" or thing.ag_await is None):
                continue
            if not frame.f_code.co_filename.startswith("<frozen "):
                found.append(thing)
    found.sort(key=lambda thing: (_code(thing).co_filename, _code(thing).co_firstlineno, id(thing)))
    return found


def _brief(value, most=60):
    try:
        text = repr(value)
    except Exception as problem:
        text = f"<{type(value).__name__}, whose repr raises {type(problem).__name__}>"
    return text if len(text) <= most else text[: most - 3] + "..."


def _line(code, number):
    import linecache

    return linecache.getline(code.co_filename, number).strip()


def _frame(thing):
    """The lines about one suspended frame."""
    prefix = _prefix(thing)
    frame, code = getattr(thing, prefix + "_frame"), getattr(thing, prefix + "_code")
    state = "suspended" if _has_begun(thing) else "not begun"
    where = f"{code.co_filename}, line {frame.f_lineno}" if state == "suspended" else f"{code.co_filename}, line {code.co_firstlineno}"
    lines = [f"{_KINDS[prefix]} {code.co_qualname}: {state}, {where}"]
    text = _line(code, frame.f_lineno) if state == "suspended" else ""
    if text:
        lines.append(f"    {text}")
    for name, value in frame.f_locals.items():
        lines.append(f"    {name} = {_brief(value)}")
    awaited = getattr(thing, dict(gi="gi_yieldfrom", cr="cr_await", ag="ag_await")[prefix])
    if awaited is not None:
        lines.append(f"    waits for {_waited(awaited)}")
    return lines


def _has_begun(thing):
    import inspect

    states = dict(gi=inspect.getgeneratorstate, cr=inspect.getcoroutinestate, ag=inspect.getasyncgenstate)
    return not states[_prefix(thing)](thing).endswith("_CREATED")


def _waited(awaited):
    code = _code(awaited)
    if code is not None:
        return f"{_KINDS[_prefix(awaited)]} {code.co_qualname}"
    method = getattr(awaited, "_method", None)
    if method is not None:
        # Awaited where it was called, it has no coroutine.
        return f"asyncio.sleep({_brief(awaited._delay)})" if method == "sleep" else f"{method}()"
    if type(awaited).__name__ in _STEPS:
        # What stands between has nothing to tell: a step of an async generator, the iterator of a future.
        import gc

        for behind in gc.get_referents(awaited):
            if _code(behind) is not None or hasattr(behind, "add_done_callback") or type(behind).__name__ in _STEPS:
                return _waited(behind)
    future = getattr(awaited, "_future", None)
    return _brief(awaited if future is None else future)


_STEPS = "async_generator_asend", "async_generator_athrow", "anext_awaitable", "coroutine_wrapper", "FutureIter"


def frames():
    """`:frames`"""
    found = _suspended()
    if not found:
        print("No frame is suspended.")
    for thing in found:
        print("\n".join(_frame(thing)))


# ---- tasks


def _tasks():
    if _runner is None:
        return []
    from asyncio import all_tasks
    from asyncio.stuck import _number

    return sorted(all_tasks(_loop()), key=_number)


def tasks():
    """`:tasks`"""
    from asyncio.stuck import told_of

    found = _tasks()
    by_id = {id(task): task for task in found}
    if not found:
        print("No task is pending.")
    for task in found:
        first, *others = told_of(task, by_id)
        first = _not_stuck(first, task)
        print("\n".join(line.removeprefix("  ") for line in (first, *others)))


def _not_stuck(told, task):
    # What is said of the stuck is not true of those that only wait.
    return told.replace("a future that nobody resolves", _simple_reason(task))


def _simple_reason(task):
    """Why a task waits that waits for no other."""
    from asyncio.stuck import _chain

    for inner, frame in _chain(task):
        if frame is not None and frame.f_code.co_name == "sleep" and frame.f_code.co_filename == "<frozen asyncio.tasks>":
            return f"a timer: asyncio.sleep({_brief(frame.f_locals.get('delay'))})"
        if getattr(inner, "_method", None) == "sleep":
            # Awaited where it was called, it has no coroutine.
            return f"a timer: asyncio.sleep({_brief(inner._delay)})"
    return _brief(task._fut_waiter)


def tree():
    """`:tree`: each task under those that wait for it: by `await`, by `gather`, in a group or in a `wait`."""
    found = _tasks()
    if not found:
        print("No task is pending.")
        return
    from asyncio.futures import _awaiting

    needs = {task: [] for task in found}
    for child in found:
        for task in _awaiting(child):
            needs.setdefault(task, []).append(child)
    needed = {child for children in needs.values() for child in children}
    shown = set()
    for task in found:
        if task not in needed:
            _branch(task, needs, shown, "", "")
    # Those that wait for each other have nobody above them.
    for task in found:
        if task not in shown:
            _branch(task, needs, shown, "", "")


def _branch(task, needs, shown, before, follow):
    from asyncio.stuck import _chain, told_of

    names = []
    for _, frame in _chain(task):
        if frame is not None and not frame.f_code.co_filename.startswith("<frozen "):
            names.append(f"{frame.f_code.co_qualname}:{frame.f_lineno}")
    again = task in shown
    children = needs.get(task, [])
    more = ""
    if again:
        more = "(see above)"
    elif not children:
        more = _not_stuck(told_of(task, {})[0], task).strip().removeprefix(task.get_name()).strip()
    print(before + "  ".join(part for part in (task.get_name(), " > ".join(names), more) if part))
    shown.add(task)
    if again:
        return
    for child in children:
        last = child is children[-1]
        _branch(child, needs, shown, follow + ("└─ " if last else "├─ "), follow + ("   " if last else "│  "))


# ---- steps

# The steps of async generators that have begun and await something: what was resumed, and its step.
_steps = {}


def step(thing, how, sent):
    """`:step`: resume a generator and show what happened. What was yielded is also `_`."""
    import builtins

    given = thing
    if "asyncio" in sys.modules:
        from asyncio import Future, Task

        if isinstance(thing, Future):
            kind, name = ("task", thing.get_name()) if isinstance(thing, Task) else ("future", _brief(thing))
            steps = "it is the loop that resumes it, when its turn comes" if kind == "task" else "it has no code to resume"
            print(f"{name} is a {kind}: {steps}. `await` it, or look at :tasks.")
            return
    prefix = _prefix(thing)
    if prefix is None and hasattr(type(thing), "__iter__"):
        thing = iter(thing)
        prefix = _prefix(thing)
    if prefix is None:
        print(f"{_brief(given)} is no generator or coroutine.")
        return
    code = _code(thing)
    frame = getattr(thing, prefix + "_frame")
    if frame is None:
        print(f"{_KINDS[prefix]} {code.co_qualname} is over: it cannot be resumed.")
        return
    before = dict(frame.f_locals)
    at = frame.f_lineno if _has_begun(thing) else code.co_firstlineno
    did = dict(send="resumed    ", throw=f"threw      {_brief(sent)} into ", close="closed     ")[how]
    print(f"{did}{code.co_qualname} at line {at}")
    try:
        outcome, value = _resume(thing, prefix, how, sent)
    except BaseException as exception:
        exception.__traceback__ = _from_below(exception.__traceback__)
        print(f"raised     {_brief(exception)}")
        raise
    if outcome == "returned":
        print(f"returned   {_brief(value)}")
        return
    builtins._ = value
    text = _line(code, frame.f_lineno)
    print(f"{outcome:<10} {_brief(value)} at line {frame.f_lineno}{': ' + text if text else ''}")
    missing = object()
    for name, new in frame.f_locals.items():
        old = before.get(name, missing)
        if old is missing:
            print(f"    {name} = {_brief(new)}")
        elif old is not new:
            print(f"    {name} = {_brief(new)}  (was {_brief(old)})")
    awaited = getattr(thing, dict(gi="gi_yieldfrom", cr="cr_await", ag="ag_await")[prefix])
    if awaited is not None:
        print(f"    waits for {_waited(awaited)}")


def _resume(thing, prefix, how, sent):
    """What came of resuming it: whether it yielded, awaits or returned, and what."""
    if prefix == "ag":
        _, resumed = _steps.pop(id(thing), (None, None))
        if resumed is None:
            resumed = thing.aclose() if how == "close" else dict(send=thing.asend, throw=thing.athrow)[how](sent)
            is_last, how, sent = how == "close", "send", None
        else:
            is_last = how == "close"
    else:
        resumed, is_last = thing, how == "close"
    begin(prefix != "gi")
    try:
        value = resumed.close() if how == "close" else getattr(resumed, how)(sent)
    except StopIteration as stop:
        return "yielded" if prefix == "ag" and not is_last else "returned", stop.value
    except StopAsyncIteration:
        return "returned", None
    finally:
        end()
    if how == "close":
        return "returned", value
    if prefix == "ag":
        _steps[id(thing)] = thing, resumed
        return "awaits", value
    return "yielded", value


def _from_below(entry):
    """The traceback without what is ours."""
    while entry is not None and entry.tb_frame.f_code.co_filename == step.__code__.co_filename:
        entry = entry.tb_next
    return entry


def remember(name, text):
    """Keep the lines of an input, for tracebacks and `inspect.getsource`."""
    import linecache

    linecache.cache[name] = len(text), None, text.splitlines(True), name
