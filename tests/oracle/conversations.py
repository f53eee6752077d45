#!/usr/bin/env python3
"""Random conversations with suspended frames, held with CPython and with pyield.

    python3 tests/oracle/conversations.py [--seed N] [--count N] [--pyield COMMAND] [--python COMMAND]
                                          [--keep DIR] [--print] [--plain | --lines] [--seeds FILE]
                                          [--edition N]

Each seed gives one program: generators, coroutines, async generators and iterators of its own, full of `try`, `with`,
`for` and delegation, and a main part that resumes, throws into, closes and drops them in any order and from anywhere.
Everything that happens is printed: values, exceptions with their causes and contexts, the exception being handled, the
states. CPython (3.13 or later: `close` returns a value) and pyield must print the same, and end the same way. What
differs is shown, and its program written to the directory given with --keep. --print shows the program of --seed.

Conversations in which the same things happen, but something is dropped at another moment, are only counted (--drops shows
them): in CPython a traceback refers to the frame of a body that is still there, so that an exception kept in a variable
of that body is part of a cycle, and dropped by the collector.

--seeds runs the seeds that a file lists: conversations_failed.txt has those that once differed.

--edition 1 leaves out what was added to the vocabulary later (context managers that are generators, `match`,
comprehensions, exception groups, `yield` within larger expressions, frames), so that the old seeds still mean what they
meant.

--plain leaves out everything asynchronous; --lines shows the line numbers of tracebacks too.
"""

import argparse
import difflib
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TIME_LIMIT = 20

PREAMBLE = '''\
import sys, types, inspect, contextlib

LINES = {lines}
events = 0
serial = 0
pool = {{}}


def fresh(name):
    global serial
    serial += 1
    return f"{{name}}#{{serial}}"


def log(*what):
    global events
    events += 1
    print(*what)


def one(e):
    if e is None:
        return "-"
    text = f"{{type(e).__name__}}{{e.args!r}}"
    if LINES:
        lines = []
        tb = e.__traceback__
        while tb is not None:
            lines.append(str(tb.tb_lineno))
            tb = tb.tb_next
        text += "@" + ",".join(lines)
    return text


def story(e, depth=5):
    if e is None:
        return "-"
    if depth == 0:
        return "..."
    text = one(e)
    if e.__cause__ is not None:
        text += f" from({{story(e.__cause__, depth - 1)}})"
    if e.__context__ is not None and e.__context__ is not e.__cause__:
        text += f" in({{story(e.__context__, depth - 1)}})"
    if e.__suppress_context__:
        text += " quiet"
    if isinstance(e, BaseExceptionGroup):
        text += f" of[{{'; '.join(story(part, depth - 1) for part in e.exceptions)}}]"
    if hasattr(e, "__notes__"):
        text += f" notes{{e.__notes__}}"
    return text


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
        return f"step{{self.count}}"

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
        return f"caught{{self.count}}"

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
        return await Pause(f"later{{self.count}}")
'''

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
        names.append(f"{f.f_code.co_name}:{f.f_lineno}")
        f = f.f_back
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

ERRORS = ["Oops", "ValueError", "StopIteration", "GeneratorExit", "KeyError", "Dire", "StopAsyncIteration"]
CATCHES = ["Oops", "ValueError", "Exception", "BaseException", "GeneratorExit", "(KeyError, StopIteration)", "RuntimeError"]


class Author:
    """Writes one program."""

    def __init__(self, seed, plain, edition=2):
        self.edition = edition
        self.random = random.Random(seed)
        self.lines = []
        self.depth = 0
        self.numbers = 0
        self.functions = []
        kinds = ["gen"] if plain else ["gen", "gen", "coro", "agen"]
        for index in range(self.random.randint(2, 5)):
            self.functions.append((f"g{index}", self.random.choice(kinds)))
        self.pool = {}
        for index in range(self.random.randint(2, 4)):
            self.pool[f"p{index}"] = self.random.choice(self.functions)

    def number(self):
        self.numbers += 1
        return self.numbers

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def line(self, text):
        self.lines.append("    " * self.depth + text)

    def error(self):
        if self.edition > 1 and self.chance(15):
            return self.composed_error()
        return f"{self.random.choice(ERRORS)}({self.number()})"

    def composed_error(self):
        first, second = (f"{self.random.choice(ERRORS)}({self.number()})" for _ in range(2))
        return self.random.choice(
            [
                f"noted({first}, 'note{self.number()}')",
                f"chained({first}, {second})",
                f"BaseExceptionGroup('g', [{first}, {second}])",
            ]
        )

    def block(self, index, size, where):
        """Statements in the body of function `index`; `where` says what is allowed: "except" and "loop"."""
        self.depth += 1
        for _ in range(self.random.randint(1, size)):
            self.statement(index, size - 1, where)
        self.depth -= 1

    def statement(self, index, size, where):
        choices = [(self.pause, 30), (self.delegate, 18), (self.note, 6), (self.leave, 7), (self.side, 6)]
        if size > 0:
            choices += [(self.guarded, 26), (self.room, 10), (self.loop, 10)]
        if self.edition > 1:
            choices += [(self.expression, 14), (self.comprehension, 8), (self.lookaround, 4)]
            if size > 0:
                choices += [(self.scene, 8), (self.match, 8), (self.guarded_group, 6), (self.local_function, 3)]
        kinds, weights = zip(*choices)
        self.random.choices(kinds, weights)[0](index, size, where)

    def note(self, index, size, where):
        self.line('log(me, "handling", handling())')

    def pause(self, index, size, where):
        kind = self.functions[index][1]
        number = self.number()
        how = f"yield {number}"
        if kind == "coro" or kind == "agen" and self.chance(40):
            how = "await " + self.random.choice([f"Pause({number})", f"pause({number})", f"Ready({number % 4})"])
        self.line(f"x = {how}")
        self.line(f'log(me, "got", x, "|", handling())')

    def lookaround(self, index, size, where):
        self.line(f'log(me, {self.random.choice(["callers()", "sorted(locals())"])})')

    def asked(self, index):
        """An expression that suspends, in parentheses."""
        kind = self.functions[index][1]
        number = self.number()
        if kind == "coro" or kind == "agen" and self.chance(40):
            return f"(await Pause({number}))"
        if kind == "gen" and self.chance(25):
            return f"(yield from {self.random.choice([f'Steps({number % 3})', f'Partner({number % 4})', 'iter(range(2))'])})"
        return f"(yield {number})"

    def expression(self, index, size, where):
        """Suspensions within larger expressions, whose other parts are kept meanwhile."""
        one, two, three = (self.asked(index) for _ in range(3))
        number = self.number()
        forms = [
            f"x = [{one}, {two}, {number}]",
            f"x = (Steps({number}), {one}, Steps({number + 1}))[1]",
            f"x = {{{number}: {one}, 'b': {two}}}",
            f'x = f"{{{one}}}-{{{two}!r:>5}}"',
            f"x = {one} if {two} else {three}",
            f"x = {one} or {two} and {three}",
            f"x = 0 < {number} < ({one} or 0) < ({two} or 5)",
            f"x = max({one} or 1, *[{two} or 2, 3], key=lambda v, k={three}: -v)",
            f"d = {{}}; d[{one}] = {two}; x = d.pop({three}, 'nothing')",
            f"d = [1, 2, 3]; d[{one} or 0] += {two} or 5; x = d",
            f"x = y = {one}",
            f"x, *y = {one}, {two}, {three}",
            f"x = (y := {one}, y)",
            f"assert {one}, {two}",
            f"x = str({one}).join(['a', str({two})])",
            f"x = sum([{one} or 1, {two} or 2], start={three} or 3)",
            f"x = -({one} or 1) + ({two} or 2) * ({three} or 3)",
            f"x = (lambda a=({one}): (a, {number}))()",
            f"raise Oops({one}) from {self.error()}",
            f"raise {one} or Oops({number})",
        ]
        if self.functions[index][1] != "agen" and "group" not in where:
            forms += [f"return {one}", f"return ({one}, {two})"]
        self.line("if x:" if self.chance(30) else "if True:")
        self.line("    " + self.random.choice(forms))
        self.line('log(me, "x", x)')

    def comprehension(self, index, size, where):
        kind = self.functions[index][1]
        inner = self.callee(index, ["gen"]) or self.from_pool(["gen"]) or "Steps(2)"
        forms = [
            f"[(v, handling()) for v in {inner}]",
            f"{{str(v): v for v in {inner}}}",
            f"[v for v in [{self.asked(index)}, 2] for w in {inner}]",
            f"list(v for v in (n for n in {inner}))",
            f"next((v for v in {inner} if v == {self.number()}), 'none')",
            f"any(v == 2 for v in {inner})",
            f"tuple(map(str, {inner}))",
            f"[*{inner}, {self.asked(index)}]",
            f"sorted((str(v) for v in {inner}), key=lambda v: (len(v), v))",
        ]
        if kind == "gen":
            forms += [f"(yield from (v for v in {inner}))", f"(yield from [v for v in {inner}])"]
        else:
            later = self.callee(index, ["agen"]) or self.from_pool(["agen"]) or "Later(2)"
            forms += [
                f"[v async for v in {later}]",
                f"[(v, await Pause(v)) async for v in {later} if await Pause(1)]",
                f"[await Pause(v) for v in {inner}]",
                f"{{v async for v in (str(n) async for n in {later})}}",
                f"[v for v in {inner} if await pause(v)]",
                f"await anext({later})",
                f"await anext({later}, 'none')",
            ] * 2
        self.line(f"x = {self.random.choice(forms)}")
        self.line('log(me, "x", sorted(x) if isinstance(x, set) else x)')

    def scene(self, index, size, where):
        swallow = self.random.choice(["", "", ", Exception", ", (Oops, GeneratorExit)", f", {self.random.choice(CATCHES)}"])
        awaited = self.functions[index][1] != "gen" and self.chance(50)
        what = f'{"ascene" if awaited else "scene"}("scene{self.number()}"{swallow})'
        if not awaited and self.chance(20):
            what = f"stage({self.callee(index, ['gen']) or 'Partner(2)'})"
        elif not awaited and self.chance(20):
            what = f"contextlib.closing({self.callee(index, ['gen']) or 'Partner(2)'})"
        elif not awaited and self.chance(20):
            what = f"contextlib.suppress({self.random.choice(CATCHES)})"
        self.line(f'{"async " if awaited else ""}with {what} as room:')
        self.line('    log(me, "in", type(room).__name__)')
        self.block(index, size, where - {"loop"})

    def match(self, index, size, where):
        self.line(f"match {self.random.choice([self.asked(index), 'x', f'({self.asked(index)}, x)'])}:")
        self.depth += 1
        cases = ["None", "1 | 2", "int(n) if n > 2", "[a, *b]", "str()", "Oops(args=[n])", f"n if {self.asked(index)}"]
        for case in self.random.sample(cases, 2):
            self.line(f"case {case}:")
            self.block(index, size, where)
        self.line("case _:")
        self.block(index, size, where)
        self.depth -= 1

    def guarded_group(self, index, size, where):
        self.line("try:")
        self.block(index, size, where - {"loop"})
        for caught in self.random.sample(["Oops", "ValueError", "(KeyError, StopIteration)", "Exception", "Dire"], 2):
            self.line(f"except* {caught} as e:")
            self.line('    log(me, "caught group", story(e), "|", handling())')
            self.block(index, size, where - {"loop"} | {"except", "group"})
        if self.chance(30):
            self.line("finally:")
            self.line('    log(me, "finally", handling())')
            self.block(index, size, where - {"loop"})

    def local_function(self, index, size, where):
        """A generator in a closure, in a lambda, in a class."""
        number = self.number()
        forms = [
            [f"local = lambda: ((yield x), (yield {number}))"],
            ["def local():", "    nonlocal x", f"    x = yield {number}", "    return x"],
            ["class Local:", "    def local(self):", "        got = yield __class__.__name__, x", "        return got"],
        ]
        form = self.random.choice(forms)
        for line in form:
            self.line(line)
        call = "Local().local()" if "class Local:" in form else "local()"
        if self.functions[index][1] == "gen":
            self.line(f"r = yield from {call}")
        else:
            self.line(f"r = list({call})")
        self.line('log(me, "result", r)')

    def callee(self, index, kinds):
        """A call of a function further down, of one of these kinds."""
        below = [name for name, kind in self.functions[index + 1 :] if kind in kinds]
        return f"{self.random.choice(below)}()" if below else None

    def from_pool(self, kinds):
        known = [name for name, (_, kind) in self.pool.items() if kind in kinds]
        return f"pool.get({self.random.choice(known)!r})" if known else None

    def delegate(self, index, size, where):
        kind = self.functions[index][1]
        own = "gen" if kind == "gen" else "coro"
        choices = [self.callee(index, [own])] * 3 + [self.from_pool([own])] * 2
        if kind == "gen":
            number = self.random.randint(0, 3)
            choices += [f"Steps({number})", f"Partner({number})", f"Partner({number})", f"[{number}, {number + 1}]"]
            choices += [f"iter(range({number}))", f"(str(i) for i in range({number}))", f"map(str, range({number}))"]
        else:
            choices += [f"Ready({self.random.randint(0, 3)})"]
            stepped = self.callee(index, ["agen"]) or self.from_pool(["agen"])
            if stepped:
                choices += [f"{stepped}.__anext__()", f"{stepped}.asend(None)", f"{stepped}.aclose()"]
                choices += [f"{stepped}.athrow({self.error()})", f"anext({stepped}, 'default')"]
        target = self.random.choice([choice for choice in choices if choice])
        self.line(f"r = {'yield from' if kind == 'gen' else 'await'} {target}")
        self.line('log(me, "result", r)')

    def leave(self, index, size, where):
        kind = self.functions[index][1]
        choices = [f"raise {self.error()}", "return" if kind == "agen" else f"return {self.number()}"]
        if "group" in where:
            choices = [f"raise {self.error()}"]
        if "except" in where:
            choices += ["raise", f"raise {self.error()} from e", f"raise {self.error()} from None", "raise e"]
        if "loop" in where:
            choices += ["break", "continue"]
        self.line(f"if {self.random.choice(['True', 'x', 'not x', 'x == 1', 'x == 2'])}:")
        self.line(f"    {self.random.choice(choices)}")

    def side(self, index, size, where):
        self.operation("me", list(self.pool))

    def guarded(self, index, size, where):
        self.line("try:")
        self.block(index, size, where)
        catches = self.random.sample(CATCHES, self.random.randint(0, 2))
        for caught in catches:
            self.line(f"except {caught} as e:")
            self.line('    log(me, "caught", story(e), "|", handling())')
            self.block(index, size, where | {"except"})
        if catches and self.chance(25):
            self.line("else:")
            self.block(index, size, where)
        if not catches or self.chance(35):
            self.line("finally:")
            self.line('    log(me, "finally", handling())')
            # What leaves a finally block early is a warning in 3.14.
            self.block(index, size, where - {"loop"})

    def room(self, index, size, where):
        extra = self.random.choice(["", "", ", Exception", ", GeneratorExit", f", None, {self.random.choice(ERRORS)}"])
        awaited = self.functions[index][1] != "gen" and self.chance(50)
        self.line(f'{"async " if awaited else ""}with Room("room{self.number()}"{extra}):')
        self.block(index, size, where - {"loop"})

    def loop(self, index, size, where):
        kind = self.functions[index][1]
        prefix = ""
        iterable = self.random.choice(["range(2)", self.callee(index, ["gen"]), self.from_pool(["gen"]), "Steps(2)"])
        if kind != "gen" and self.chance(60):
            prefix = "async "
            iterable = self.random.choice([self.callee(index, ["agen"]), self.from_pool(["agen"]), "Later(2)"])
        iterable = iterable or ("Later(1)" if prefix else "range(1)")
        self.line(f"{prefix}for x in {iterable}:")
        self.line('    log(me, "item", x)')
        self.block(index, size, where | {"loop"})
        if self.chance(20):
            self.line("else:")
            self.block(index, size, where)

    def function(self, index):
        name, kind = self.functions[index]
        self.line(f"{'def' if kind == 'gen' else 'async def'} {name}():")
        self.depth += 1
        self.line(f'me = fresh("{name}")')
        self.line("x = r = e = None")
        self.line('log(me, "begins", handling())')
        self.depth -= 1
        start = len(self.lines)
        self.block(index, 4, frozenset())
        self.depth += 1
        if kind != "coro" and not any("yield" in line for line in self.lines[start:]):
            self.line(f"x = yield {self.number()}")
        self.line('log(me, "ends", handling())')
        if kind != "agen":
            self.line(f'return {self.number()}')
        self.depth -= 1
        self.line("")
        self.line("")

    def operation(self, who, targets):
        """One thing done to something in the pool."""
        target = self.random.choice(targets)
        kind = self.pool[target][1] if target in self.pool else "step"
        value = self.random.choice(["None", "1", "2", "3", "None"])
        thrown = self.random.choice([self.error(), self.error(), self.random.choice(ERRORS)])
        whom = f"pool[{target!r}]"
        simple = [f"{whom}.send({value})"] * 4 + [f"{whom}.throw({thrown})"] * 3 + [f"{whom}.close()"] * 2
        simple += [f"pool.pop({target!r}, None) and None", f"state({whom})", f"state({whom})"]
        if self.edition > 1:
            simple += [f"frame({whom})", f"frame({whom})", f"clear({whom})", f"{whom}.throw({self.composed_error()})"]
        if kind == "gen":
            simple += [f"next({whom})"] * 4 + [f"next({whom}, 'default')", f"list({whom})", f"[*zip({whom}, 'ab')]"]
        elif kind == "agen":
            steps = [f"asend({value})", f"athrow({thrown})", "aclose()", "__anext__()", "__anext__()"]
            simple = [f"pool.__setitem__({self.random.choice(['s0', 's1'])!r}, {whom}.{step})" for step in steps * 2]
            simple += [f"state({whom})", f"pool.pop({target!r}, None) and None"]
            if self.edition > 1:
                simple += [f"frame({whom})", f"clear({whom})"]
        self.line(f'act(f"{{{who}}} {self.number()}", lambda: {self.random.choice(simple)})')

    def program(self, lines):
        self.lines = PREAMBLE.format(lines=lines).splitlines()
        if self.edition > 1:
            self.lines += WIDER.splitlines()
        self.lines += ["", ""]
        for index in range(len(self.functions)):
            self.function(index)
        for name, (function, _) in self.pool.items():
            self.line(f"pool[{name!r}] = {function}()")
        targets = list(self.pool)
        if any(kind == "agen" for _, kind in self.pool.values()):
            targets += ["s0", "s1", "s0", "s1"]
        self.line('main = "main"')
        for _ in range(self.random.randint(6, 22)):
            if self.chance(12):
                self.line("try:")
                self.line(f"    raise {self.error()}")
                self.line("except BaseException as outer:")
                self.depth += 1
                self.operation("main", targets)
                self.line('log("main handles", handling())')
                self.depth -= 1
            elif self.chance(8):
                name, (function, _) = self.random.choice(list(self.pool.items()))
                self.line(f"pool[{name!r}] = {function}()")
            else:
                self.operation("main", targets)
        self.line('log("main handles", handling())')
        self.line("for name in list(pool):")
        self.line('    log("drop", name, state(pool[name]))')
        self.line("    del pool[name]")
        self.line('log("end", handling())')
        return "\n".join(self.lines) + "\n"


def outcome(command, path):
    """What the program printed, with the last line of standard error and the exit status if it failed."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    try:
        run = subprocess.run([*command, path], capture_output=True, timeout=TIME_LIMIT, env=environment)
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode(errors="replace") + "\n--- it did not end\n"
    text = run.stdout.decode(errors="replace")
    if run.returncode:
        complaint = run.stderr.decode(errors="replace").strip().splitlines()
        text += f"--- exit {run.returncode}: {complaint[-1] if complaint else ''}\n"
    return text


# What 3.14 says differently from 3.13.
NEWER = [(re.compile(r"object (\w+) can't be used in 'await' expression"), r"'\1' object can't be awaited")]


def modern(text):
    for old, new in NEWER:
        text = old.sub(new, text)
    return text


def conversation(lines):
    """What was said before the pool was emptied, without the moment when an iterator is dropped."""
    end = next((place for place, line in enumerate(lines) if line.startswith("drop ")), len(lines))
    return [line for line in lines[:end] if not line.startswith("dropped steps")]


def compare(seed, options, directory):
    seed, edition = seed
    text = Author(seed, options.plain, edition).program(options.lines)
    path = Path(directory, f"conversation_{seed}.py")
    path.write_text(text, encoding="utf-8")
    expected = outcome(shlex.split(options.python), path)
    got = outcome(shlex.split(options.pyield), path)
    return modern(expected).splitlines(), got.splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--count", type=int, default=100, help="how many programs")
    parser.add_argument("--seeds", help="a file that lists the seeds to run")
    parser.add_argument("--pyield", default="target/debug/pyield", help="the command that runs pyield")
    parser.add_argument("--python", default="python3", help="the command that runs CPython")
    parser.add_argument("--keep", help="a directory for the programs that differ")
    parser.add_argument("--print", action="store_true", help="show the program of --seed and do nothing else")
    parser.add_argument("--plain", action="store_true", help="nothing asynchronous")
    parser.add_argument("--lines", action="store_true", help="show the lines of tracebacks")
    parser.add_argument("--edition", type=int, default=2, help="which vocabulary: 1 or 2")
    parser.add_argument("--drops", action="store_true", help="show those that differ only in when something is dropped")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if options.print:
        sys.stdout.write(Author(options.seed, options.plain, options.edition).program(options.lines))
        return 0
    seeds = [(seed, options.edition) for seed in range(options.seed, options.seed + options.count)]
    if options.seeds:
        lines = Path(options.seeds).read_text(encoding="utf-8").splitlines()
        named = [line.split()[0].partition(".") for line in lines if line and not line.startswith("#")]
        seeds = [(int(seed), int(edition or 1)) for seed, _, edition in named]
    differ = late = 0
    with tempfile.TemporaryDirectory() as directory, ThreadPoolExecutor(options.jobs) as workers:
        results = workers.map(lambda seed: compare(seed, options, directory), seeds)
        for (seed, edition), (expected, got) in zip(seeds, results):
            if expected == got:
                continue
            if sorted(expected) == sorted(got) and conversation(expected) == conversation(got):
                late += 1
                if not options.drops:
                    continue
            else:
                differ += 1
            print(f"seed {seed}.{edition}:")
            diff = difflib.unified_diff(expected, got, "CPython", "pyield", lineterm="", n=2)
            print("\n".join("    " + line for line in list(diff)[2:14]))
            if options.keep:
                Path(options.keep).mkdir(parents=True, exist_ok=True)
                name = f"conversation_{seed}.py"
                Path(options.keep, name).write_bytes(Path(directory, name).read_bytes())
    print(f"{differ} of {len(seeds)} conversations differ, {late} only in when something is dropped")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
