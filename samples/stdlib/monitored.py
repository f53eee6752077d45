"""Tools of sys.monitoring are told of what happens, of lines, and of single codes; they can have it at places no more."""
import sys

monitoring = sys.monitoring
E = monitoring.events
TOOL = monitoring.PROFILER_ID
log = []


def plain(x):
    return x + 1


def generator(n):
    for i in range(n):
        got = yield i
    return "end"


def loops():
    for x in generator(2):
        pass


def delegates():
    result = yield from generator(1)
    yield result


def raises():
    raise ValueError("x")


def middle():
    raises()


def handles():
    try:
        middle()
    except ValueError:
        plain(1)
    try:
        [][1]
    except IndexError:
        pass


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *about):
        return True


def managed():
    with Manager():
        raises()
    with Manager() as manager:
        plain(3)


async def inner():
    return 1


async def outer():
    return await inner()


def drives():
    try:
        outer().send(None)
    except StopIteration as stop:
        return stop.value


def catches_nothing():
    middle()


def shown(value):
    simple = isinstance(value, (int, str, type(None), list, BaseException))
    return repr(value) if simple else type(value).__name__


def callback(name):
    def told(code, place, *about):
        if code in hidden:
            return
        where = place - code.co_firstlineno if name == "LINE" else ""
        log.append(" ".join(str(part) for part in (name, code.co_name, where, *map(shown, about))))

    return told


hidden = set()


def watch(function, names):
    log.clear()
    events = 0
    for name in names:
        events |= getattr(E, name)
        monitoring.register_callback(TOOL, getattr(E, name), callback(name))
    hidden.update((watch.__code__, shown.__code__))
    monitoring.set_events(TOOL, events)
    try:
        function()
    except ValueError as error:
        ended = repr(error)
    else:
        ended = "fine"
    monitoring.set_events(TOOL, 0)
    print("--", function.__name__, ended)
    print("\n".join(log))


monitoring.use_tool_id(TOOL, "sample")
print(monitoring.get_tool(TOOL), monitoring.get_events(TOOL))
TRANSFERS = "PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD", "PY_THROW", "PY_UNWIND", "RAISE", "STOP_ITERATION"
for function in (loops, lambda: list(delegates()), handles, managed, drives, catches_nothing):
    watch(function, TRANSFERS)
for function in (loops, handles, catches_nothing):
    watch(function, ["LINE"])
watch(handles, ["EXCEPTION_HANDLED"])


def thrown():
    paused = generator(2)
    next(paused)
    try:
        paused.throw(KeyError("k"))
    except KeyError:
        pass


watch(thrown, ["PY_THROW"])

# Of one code only, and at each place of it once.
lines = []


def once(code, line):
    lines.append(line - code.co_firstlineno)
    return monitoring.DISABLE


def counts():
    for n in range(3):
        n


monitoring.register_callback(TOOL, E.LINE, once)
monitoring.set_local_events(TOOL, counts.__code__, E.LINE)
counts(), plain(1), counts()
print(lines, monitoring.get_local_events(TOOL, counts.__code__) == E.LINE)
monitoring.restart_events()
counts()
print(lines)
monitoring.set_local_events(TOOL, counts.__code__, 0)

# Two tools: the one with the higher number is told first. What a callback raises goes on in the code.
monitoring.use_tool_id(4, "other")


def fails(code, place, value):
    raise LookupError("by a callback")


for tool, name in ((TOOL, "first"), (4, "second")):
    monitoring.register_callback(tool, E.PY_RETURN, lambda code, place, value, name=name: print(name, code.co_name, value))
    monitoring.set_local_events(tool, plain.__code__, E.PY_RETURN)
plain(6)
monitoring.register_callback(4, E.PY_RETURN, fails)
try:
    plain(7)
except LookupError as error:
    print(error)

for what in (
    lambda: monitoring.use_tool_id(TOOL, "again"),
    lambda: monitoring.use_tool_id(6, "x"),
    lambda: monitoring.set_events(3, 1),
    lambda: monitoring.set_events(TOOL, 1 << 19),
    lambda: monitoring.set_events(TOOL, E.C_RETURN),
    lambda: monitoring.set_local_events(TOOL, plain.__code__, E.RAISE),
    lambda: monitoring.set_local_events(TOOL, plain, 1),
    lambda: monitoring.register_callback(TOOL, 3, None),
):
    try:
        what()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
monitoring.free_tool_id(TOOL)
print(monitoring.get_tool(TOOL), monitoring._all_events())
