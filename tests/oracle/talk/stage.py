"""What every conversation begins with: how events are logged, and the characters that are no generators."""

PREAMBLE = '''\
import sys, types, inspect, contextlib

events = 0
serial = 0
pool = {}


def fresh(name):
    global serial
    serial += 1
    return f"{name}#{serial}"


def log(*what):
    global events
    events += 1
    print(*what)


def one(e):
    if e is None:
        return "-"
    text = f"{type(e).__name__}{(() if ends(e) and e.args == (None,) else e.args)!r}"
    if LINES:
        lines = []
        tb = e.__traceback__
        while tb is not None:
            lines.append(str(tb.tb_lineno))
            tb = tb.tb_next
        text += "@" + ",".join(lines)
    return text


def ends(e):
    """Is it the end of an iteration with a value? 3.14 gives that no context, and an argument where the value is None."""
    return type(e) is StopIteration and len(e.args) > 0


def story(e, depth=5):
    if e is None:
        return "-"
    if depth == 0:
        return "..."
    text = one(e)
    if e.__cause__ is not None:
        text += f" from({story(e.__cause__, depth - 1)})"
    if e.__context__ is not None and e.__context__ is not e.__cause__ and not ends(e):
        text += f" in({story(e.__context__, depth - 1)})"
    if e.__suppress_context__:
        text += " quiet"
    if isinstance(e, BaseExceptionGroup):
        text += f" of[{'; '.join(story(part, depth - 1) for part in e.exceptions)}]"
    if hasattr(e, "__notes__"):
        text += f" notes{e.__notes__}"
    return text


def put(name, value):
    """Into the pool, by a body of its own, so that it does not depend on whose call what stood there dies in."""
    pool[name] = value


def handling():
    return one(sys.exception())


def state(target):
    if isinstance(target, types.GeneratorType):
        inner = target.gi_yieldfrom
        return inspect.getgeneratorstate(target), type(inner).__name__, target.gi_running, target.gi_suspended
    if isinstance(target, types.CoroutineType):
        inner = target.cr_await
        return inspect.getcoroutinestate(target), type(inner).__name__, target.cr_running, target.cr_suspended
    if isinstance(target, types.AsyncGeneratorType):
        return target.ag_running, target.ag_suspended, type(target.ag_await).__name__
    return type(target).__name__


def act(label, what):
    if events > 300:
        return None
    try:
        result = what()
    except Exception as e:
        log(label, "raised", story(e), "|", handling())
    except BaseException as e:
        log(label, "raised base", story(e))
    else:
        log(label, "gave", result if isinstance(result, (int, str, type(None), tuple)) else type(result).__name__)
        return result


class Oops(Exception):
    pass


class Dire(BaseException):
    pass


class Room:
    def __init__(self, name, swallow=None, late=None):
        self.name, self.swallow, self.late = name, swallow, late

    def __enter__(self):
        log("enter", self.name)
        return self

    def __exit__(self, cls, e, tb):
        log("exit", self.name, story(e), "|", handling())
        if self.late is not None:
            raise self.late(self.name)
        return self.swallow is not None and cls is not None and issubclass(cls, self.swallow)

    async def __aenter__(self):
        log("aenter", self.name)
        got = await Pause(self.name)
        log("aentered", self.name, got)
        return self

    async def __aexit__(self, cls, e, tb):
        log("aexit", self.name, story(e), "|", handling())
        got = await pause(self.name)
        return self.__exit__(cls, e, tb)


class Steps:
    """An iterator that knows only how to go on."""

    def __init__(self, count):
        self.count = count

    def __iter__(self):
        return self

    def __next__(self):
        self.count -= 1
        if self.count < 0:
            raise StopIteration("steps done")
        return f"step{self.count}"

    def __del__(self):
        log("dropped steps", self.count)


class Partner(Steps):
    """An iterator that answers to everything."""

    def send(self, value):
        log("partner sent", value, "|", handling())
        if value == 3:
            raise Oops("partner")
        return self.__next__()

    def throw(self, e, *more):
        log("partner thrown", story(e) if isinstance(e, BaseException) else e.__name__, more, "|", handling())
        self.count -= 1
        if self.count < 0:
            raise e
        if self.count == 0:
            raise StopIteration("partner returned")
        return f"caught{self.count}"

    def close(self):
        log("partner closed", self.count, "|", handling())
        if self.count == 1:
            raise Oops("close")


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


@types.coroutine
def pause(value):
    got = yield value
    log("pause got", got)
    return got


class Ready:
    def __init__(self, count):
        self.count = count

    def __await__(self):
        return Partner(self.count)


class Later:
    def __init__(self, count):
        self.count = count

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.count -= 1
        if self.count < 0:
            raise StopAsyncIteration
        return await Pause(f"later{self.count}")
'''

#: What the second edition adds.
WIDER = '''

def noted(e, note):
    e.add_note(note)
    return e


def chained(e, cause):
    e.__cause__ = cause
    return e


def frame_of(target):
    for name in ("gi_frame", "cr_frame", "ag_frame"):
        if hasattr(target, name):
            return getattr(target, name)


def frame(target):
    """Where its frame stands, and what its variables are."""
    f = frame_of(target)
    if f is None:
        return "no frame"
    variables = {name: value for name, value in dict(f.f_locals).items() if isinstance(value, (int, str))}
    back = f.f_back and f.f_back.f_code.co_name
    return f"{f.f_lineno} {f.f_code.co_name} {back} {variables}"


def clear(target):
    frame_of(target).clear()


def callers():
    f = sys._getframe(1)
    names = []
    while f is not None:
        own = "contextlib" not in f.f_code.co_filename
        names.append(f"{f.f_code.co_name}:{f.f_lineno if own else '..'}")
        f = f.f_back if f.f_code.co_name != "<module>" else None
    return " ".join(names)


@contextlib.contextmanager
def scene(name, swallow=()):
    log("scene", name, "|", handling())
    try:
        yield name
    except swallow as e:
        log("scene swallows", story(e), "|", handling())
    finally:
        log("scene over", name, "|", handling())


@contextlib.contextmanager
def stage(iterator):
    """One that another generator has a hand in."""
    got = yield from iterator
    log("stage got", got)


@contextlib.asynccontextmanager
async def ascene(name, swallow=()):
    log("ascene", name, "|", handling())
    await Pause(name)
    try:
        yield name
    except swallow as e:
        log("ascene swallows", story(e), "|", handling())
    finally:
        await pause(name)
        log("ascene over", name, "|", handling())
'''
