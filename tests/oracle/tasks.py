#!/usr/bin/env python3
"""Compares pyield with CPython on asyncio programs made at random: who runs when, and what comes of it.

    python3 tests/oracle/tasks.py --pyield PATH --python COMMAND [--judge COMMAND] [--seed N] [--count N] [--keep DIR]
                                  [--seeds FILE] [--own-loop]
    python3 tests/oracle/tasks.py --print [--seed N]

A seed gives one program: workers that share locks, queues, events, semaphores, conditions and futures, wait for each other in
every way there is, are cancelled at random points, and log each step they take. A process runs many programs, each in a loop of
its own. No time passes: pyield runs with --virtual-time, CPython in a loop whose clock jumps to the next timer. No two
delays are equal, so that no two timers are due at once.

What differs is shown to the command given with --judge, which has the last word. --seeds runs the seeds that a file lists:
tasks_failed.txt has those that once differed. With --own-loop pyield's loop is of a class that has all its methods of its own.
"""

import argparse
import difflib
import random
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

#: How many programs a process runs, and how long it may take.
BATCH = 50
TIME_LIMIT = 300

#: A loop for CPython whose clock is virtual. Its tasks come out of small sets in the order in which they went in, as they do
#: here; else the order in which a TaskGroup cancels them would depend on addresses.
LOOP = '''\
import asyncio

class Task(asyncio.Task):
    def __hash__(self):
        return 0

asyncio.Task = Task

class Deadlock(SystemExit):
    """What a loop raises here that is stuck."""

class Selector:
    def __init__(self, loop):
        self.loop = loop
    def select(self, timeout=None):
        if timeout is None:
            raise Deadlock(3)
        self.loop.now += timeout
        return []
    def close(self):
        pass

class VirtualLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self.now = 0.0
        self._selector = Selector(self)
    def time(self):
        self.now += 1e-9
        return self.now
    def create_task(self, coro, **kwargs):
        return Task(coro, loop=self, **kwargs)
    def _process_events(self, events):
        pass
    def _write_to_self(self):
        pass
'''

#: A loop for pyield that has the methods of its own that the natives would do without.
OWN_LOOP = '''\
import asyncio

def passed_on(name):
    def method(self, *args, **kwargs):
        return getattr(super(VirtualLoop, self), name)(*args, **kwargs)
    return method

class VirtualLoop(asyncio.SelectorEventLoop):
    pass

for name in "call_soon", "call_at", "call_later", "create_future", "create_task":
    setattr(VirtualLoop, name, passed_on(name))
'''

PREAMBLE = '''\
import asyncio, contextvars, gc, random, sys

var = contextvars.ContextVar("var", default="-")

class Shared:
    def __init__(self):
        self.locks = [asyncio.Lock() for _ in range(2)]
        self.queues = [asyncio.Queue(2), asyncio.PriorityQueue(1), asyncio.LifoQueue()]
        self.events = [asyncio.Event() for _ in range(2)]
        self.sems = [asyncio.Semaphore(1), asyncio.Semaphore(2)]
        self.conds = [asyncio.Condition() for _ in range(1)]
        self.barriers = [asyncio.Barrier(2)]
        loop = asyncio.get_running_loop()
        self.futures = [loop.create_future() for _ in range(3)]
        self.tasks = []
        self.count = 0

def d(seconds, count=[0]):
    """No delay is equal to another, nor are sums of them: no two timers are ever due at once."""
    count[0] += 1
    return seconds + random.Random(count[0]).random() / 100

def log(*what):
    print(*what, flush=False)

def shown(value):
    if isinstance(value, BaseExceptionGroup):
        return f"{type(value).__name__}({value.args[0]!r}, [{', '.join(map(shown, value.exceptions))}])"
    if isinstance(value, BaseException):
        causes = ""
        if value.__cause__ is not None:
            causes = f" from {shown(value.__cause__)}"
        elif value.__context__ is not None and not value.__suppress_context__:
            causes = f" in {shown(value.__context__)}"
        return f"{value!r}{causes}"
    return repr(value)

def unique(name, seen={}):
    """A name that no task of the program has yet."""
    seen[name] = seen.get(name, 0) + 1
    return f"{name}#{seen[name]}" if seen[name] > 1 else name

def spawn(s, coro, name):
    task = asyncio.create_task(coro, name=unique(name))
    s.tasks.append(task)
    return task

def callback(label):
    def called(future):
        if future.cancelled():
            log(label, "cancelled", var.get())
        elif future.exception() is not None:
            log(label, "failed", shown(future.exception()), var.get())
        else:
            log(label, "done", future.result(), var.get())
    return called

async def items(s, label, count):
    try:
        for n in range(count):
            await asyncio.sleep(0)
            yield n
    finally:
        log(label, "items over")
        await asyncio.sleep(0)

def handler(loop, context):
    told = context.get("exception")
    log("handler:", context["message"].partition(" at ")[0], shown(told) if told is not None else "")

async def whole(main):
    asyncio.get_running_loop().set_exception_handler(handler)
    s = Shared()
    try:
        async with asyncio.timeout(500):
            log("main came to", await main(s, "main"))
    except BaseException as error:
        log("main raised", shown(error))
    for task in s.tasks:
        if not task.done():
            task.cancel("end")
    for task in s.tasks:
        for again in range(5):
            if not task.done():
                await asyncio.wait([task], timeout=50)
            if not task.done():
                log("stubborn:", task.get_name(), task.cancel("again"))
        try:
            log("left:", task.get_name(), task.result(), task.cancelling())
        except BaseException as error:
            log("left:", task.get_name(), type(error).__name__, task.cancelling(), task.cancelled())
    for future in s.futures:
        if future.done() and not future.cancelled():
            future.exception()
    s.tasks.clear()
    # What these begin when they are cancelled is seen to as well: the runner cancels in the order of a set.
    for round in range(5):
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in sorted(left, key=lambda task: (len(task.get_name()), task.get_name())):
            for again in range(5):
                if not task.done():
                    log("left over:", task.cancel())
                    await asyncio.wait([task], timeout=50)

'''


class Author:
    """Writes one program."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.workers = self.random.randint(2, 5)
        self.labels = 0

    def delay(self):
        """Seconds, a little more at each call."""
        return f"d({self.random.randint(1, 60) / 100})"

    def label(self):
        self.labels += 1
        return f"{self.labels}"

    def pick(self, what, count):
        return f"s.{what}[{self.random.randrange(count)}]"

    def program(self):
        lines = [PREAMBLE]
        for number in reversed(range(self.workers)):
            lines += self.worker(number)
        lines += ["async def main(s, me):"]
        lines += self.block(0, -1, 2, 6)
        lines += ["    return 'end'", ""]
        return "\n".join(lines)

    def worker(self, number):
        lines = [f"async def w{number}(s, me):", f"    log(me, 'begins', var.get()); var.set(me)"]
        body = self.block(0, number, 2, self.random.randint(2, 5))
        ending = self.random.choice(["return me", "return me", f"return {self.random.randint(0, 9)}", "raise KeyError(me)", "pass"])
        if self.random.random() < 0.4:
            lines += ["    try:"] + ["    " + line for line in body] + ["    finally:"]
            lines += [f"        log(me, 'over', {shown_exc()})"]
            if self.random.random() < 0.4:
                lines += ["        await asyncio.sleep(0)", "        log(me, 'really over')"]
        else:
            lines += body
        return lines + [f"    {ending}", ""]

    def child(self, number):
        """A coroutine of a worker that comes later than `number`."""
        later = range(number + 1, self.workers)
        if not later:
            return f"asyncio.sleep({self.random.choice(['0', self.delay()])}, {self.label()})"
        return f"w{self.random.choice(later)}(s, me + '.{self.label()}')"

    def block(self, depth, number, indent, count):
        lines = []
        for _ in range(count):
            lines += self.statement(depth, number)
        pad = "    " * (indent - 1)
        return [pad + line for line in lines]

    def inner(self, depth, number, count=2):
        lines = []
        for _ in range(self.random.randint(1, count)):
            lines += self.statement(depth + 1, number)
        return ["    " + line for line in lines]

    def statement(self, depth, number):
        simple = [
            self.log, self.log, self.sleep0, self.sleep0, self.sleep, self.spawn, self.spawn, self.await_child, self.cancel,
            self.cancel, self.queue, self.queue, self.event, self.future, self.future, self.callback, self.handle, self.raising,
            self.await_task, self.uncancel, self.gather, self.wait, self.wait_for, self.shield, self.as_completed, self.eager,
            self.notify, self.states, self.await_future, self.barrier, self.bad_yield, self.lost,
        ]
        nested = [self.lock, self.timeout, self.group, self.catch, self.catch, self.semaphore, self.items, self.loop, self.condition]
        choices = simple if depth >= 2 else simple + nested + nested
        return self.random.choice(choices)(depth, number)

    def log(self, depth, number):
        return [f"log(me, {self.label()}, var.get())"]

    def sleep0(self, depth, number):
        return [f"await asyncio.sleep(0); log(me, {self.label()})"]

    def sleep(self, depth, number):
        return [f"log(me, await asyncio.sleep({self.delay()}, {self.label()}))"]

    def spawn(self, depth, number):
        return [f"spawn(s, {self.child(number)}, me + '/t{self.label()}')"]

    def await_child(self, depth, number):
        return [f"log(me, 'child', await {self.child(number)})"]

    def await_task(self, depth, number):
        return [f"log(me, 'task', await spawn(s, {self.child(number)}, me + '/t{self.label()}'))"]

    def cancel(self, depth, number):
        index = self.random.randint(-3, 3)
        message = self.random.choice(["", "", f"'m{self.label()}'"])
        if self.random.random() < 0.1:
            return [f"asyncio.current_task().cancel({message}); log(me, 'cancels itself')"]
        return [
            f"if len(s.tasks) > {abs(index)}:",
            f"    log(me, 'cancels', s.tasks[{index}].get_name(), s.tasks[{index}].cancel({message}), s.tasks[{index}].cancelling())",
        ]

    def uncancel(self, depth, number):
        return ["log(me, asyncio.current_task().cancelling(), asyncio.current_task().uncancel())"]

    def queue(self, depth, number):
        q = self.pick("queues", 3)
        n = self.label()
        return self.random.choice([
            [f"await {q}.put({n}); log(me, 'put', {n}, {q}.qsize())"],
            [f"log(me, 'got', await asyncio.wait_for({q}.get(), {self.delay()}))"],
            [f"log(me, 'got', await {q}.get())", f"{q}.task_done()"],
            ["try:", f"    {q}.put_nowait({n}); log(me, 'put', {n})", f"except asyncio.QueueFull:", f"    log(me, 'full')"],
            ["try:", f"    log(me, 'got', {q}.get_nowait())", f"except asyncio.QueueEmpty:", f"    log(me, 'empty')"],
            [f"async with asyncio.timeout({self.delay()}):", f"    await {q}.join()"],
            [f"if {self.random.randint(0, 4)} == 0:", f"    {q}.shutdown({self.random.choice(['', 'True'])}); log(me, 'shut down')"],
        ])

    def event(self, depth, number):
        e = self.pick("events", 2)
        return self.random.choice([
            [f"{e}.set(); log(me, 'set')"],
            [f"{e}.clear(); log(me, 'cleared')"],
            [f"log(me, 'event', await asyncio.wait_for({e}.wait(), {self.delay()}))"],
            [f"await {e}.wait(); log(me, 'event')"],
        ])

    def future(self, depth, number):
        f = self.pick("futures", 3)
        n = self.label()
        return self.random.choice([
            [f"if not {f}.done():", f"    {f}.set_result({n}); log(me, 'resolves')"],
            [f"if not {f}.done():", f"    {f}.set_exception(ValueError({n})); log(me, 'fails')"],
            [f"log(me, 'cancels future', {f}.cancel('f{n}'))"],
            [f"{f} = asyncio.get_running_loop().create_future(); log(me, 'new future')"],
            ["try:", f"    {f}.set_result({n}); log(me, 'sets')", "except asyncio.InvalidStateError as error:", "    log(me, shown(error))"],
            ["try:", f"    log(me, {f}.result())", "except BaseException as error:", "    log(me, shown(error))"],
        ])

    def await_future(self, depth, number):
        f = self.pick("futures", 3)
        return self.random.choice([
            [f"log(me, 'future', await {f})"],
            [f"log(me, 'future', await asyncio.wait_for({f}, {self.delay()}))"],
            [f"log(me, 'future', await asyncio.shield({f}))"],
        ])

    def callback(self, depth, number):
        target = self.random.choice([self.pick("futures", 3), "asyncio.current_task()", f"spawn(s, {self.child(number)}, me + '/t{self.label()}')"])
        return [f"{target}.add_done_callback(callback(me + ' cb {self.label()}'))"]

    def handle(self, depth, number):
        n = self.label()
        loop = "asyncio.get_running_loop()"
        return self.random.choice([
            [f"{loop}.call_soon(log, me, 'soon', {n})"],
            [f"{loop}.call_later({self.delay()}, log, me, 'later', {n})"],
            [f"h = {loop}.call_later({self.delay()}, log, me, 'never', {n})", f"await asyncio.sleep({self.random.choice(['0', self.delay()])})", "h.cancel(); log(me, h.cancelled())"],
            [f"{loop}.call_soon(lambda: [].pop())"],
            [f"{loop}.call_soon({loop}.call_soon, log, me, 'sooner', {n})"],
            [f"h = {loop}.call_soon(log, me, 'not', {n}); h.cancel()"],
        ])

    def raising(self, depth, number):
        if self.random.random() < 0.6:
            return self.log(depth, number)
        return [f"raise {self.random.choice(['ValueError', 'KeyError', 'TimeoutError', 'asyncio.CancelledError', 'RuntimeError'])}({self.label()})"]

    def gather(self, depth, number):
        children = ", ".join(self.child(number) for _ in range(self.random.randint(1, 3)))
        more = self.random.choice(["", "", ", return_exceptions=True"])
        if self.random.random() < 0.3:
            return [f"g = asyncio.gather({children}{more})", "await asyncio.sleep(0)", "log(me, 'cancels gather', g.cancel())", "log(me, await g)"]
        return [f"log(me, 'gathered', [shown(x) for x in await asyncio.gather({children}{more})])"]

    def wait(self, depth, number):
        children = ", ".join(f"spawn(s, {self.child(number)}, me + '/t{self.label()}')" for _ in range(self.random.randint(1, 3)))
        when = self.random.choice(["ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"])
        timeout = self.random.choice(["", f", timeout={self.delay()}"])
        return [
            f"done, pending = await asyncio.wait([{children}], return_when=asyncio.{when}{timeout})",
            "log(me, 'waited', sorted(t.get_name() for t in done), sorted(t.get_name() for t in pending))",
            "del done, pending",
        ]

    def wait_for(self, depth, number):
        timeout = self.random.choice([self.delay(), self.delay(), "0", "None"])
        return [f"log(me, 'in time', await asyncio.wait_for({self.child(number)}, {timeout}))"]

    def shield(self, depth, number):
        return [
            f"sh = asyncio.shield(spawn(s, {self.child(number)}, me + '/t{self.label()}'))",
            self.random.choice(["log(me, 'shielded', await sh)", "await asyncio.sleep(0); log(me, sh.cancel())", f"log(me, await asyncio.wait_for(sh, {self.delay()}))"]),
        ]

    def as_completed(self, depth, number):
        children = ", ".join(f"spawn(s, {self.child(number)}, me + '/a{self.label()}')" for _ in range(self.random.randint(1, 3)))
        timeout = self.random.choice(["", f", timeout={self.delay()}"])
        if self.random.random() < 0.5:
            return [f"for c in asyncio.as_completed([{children}]{timeout}):", "    log(me, 'completed', await c)"]
        return [f"async for c in asyncio.as_completed([{children}]{timeout}):", "    log(me, 'completed', c.done(), c.cancelled())"]

    def eager(self, depth, number):
        return [
            f"s.tasks.append(asyncio.Task({self.child(number)}, loop=asyncio.get_running_loop(), name=unique(me + '/e{self.label()}'), eager_start=True))",
            "log(me, 'eager', s.tasks[-1].done(), asyncio.current_task() is s.tasks[-1])",
        ]

    def notify(self, depth, number):
        c = self.pick("conds", 1)
        return [f"async with {c}:", f"    {c}.{self.random.choice(['notify()', 'notify(2)', 'notify_all()'])}; log(me, 'notifies')"]

    def condition(self, depth, number):
        c = self.pick("conds", 1)
        return [f"async with {c}:", f"    log(me, 'waits')", f"    log(me, 'notified', await {c}.wait())"] + self.inner(depth, number, 1)

    def barrier(self, depth, number):
        b = self.pick("barriers", 1)
        return self.random.choice([
            [f"log(me, 'passed', await asyncio.wait_for({b}.wait(), {self.delay()}))"],
            [f"log(me, 'passed', await {b}.wait())"],
            [f"await {b}.reset(); log(me, 'reset')"],
        ])

    def states(self, depth, number):
        return ["log(me, [(t.get_name(), t.done(), t.cancelled()) for t in s.tasks[:4]], [f._state for f in s.futures], len(asyncio.all_tasks()))"]

    def bad_yield(self, depth, number):
        if self.random.random() < 0.7:
            return self.sleep0(depth, number)
        return ["try:", "    await asyncio.current_task()", "except RuntimeError as error:", "    log(me, str(error)[:27])"]

    def lost(self, depth, number):
        return self.random.choice([
            ["t = asyncio.create_task(asyncio.sleep(0)); del t"],
            ["f = asyncio.get_running_loop().create_future(); f.set_exception(OSError(1)); del f", f"log(me, {self.label()})"],
        ])

    def lock(self, depth, number):
        return [f"async with {self.pick('locks', 2)}:", "    log(me, 'has the lock')"] + self.inner(depth, number)

    def semaphore(self, depth, number):
        return [f"async with {self.pick('sems', 2)}:", "    log(me, 'has the semaphore')"] + self.inner(depth, number)

    def timeout(self, depth, number):
        lines = [f"async with asyncio.timeout({self.random.choice([self.delay(), self.delay(), '0', 'None'])}) as tm:"] + self.inner(depth, number)
        if self.random.random() < 0.2:
            lines += [f"    tm.reschedule(asyncio.get_running_loop().time() + {self.delay()})"] + self.inner(depth, number)
        return lines + ["log(me, tm.expired())"]

    def group(self, depth, number):
        lines = ["async with asyncio.TaskGroup() as tg:"]
        for _ in range(self.random.randint(1, 3)):
            lines += [f"    s.tasks.append(tg.create_task({self.child(number)}, name=unique(me + '/g{self.label()}')))"]
        return lines + self.inner(depth, number) + ["log(me, 'group is over')"]

    def catch(self, depth, number):
        lines = ["try:"] + self.inner(depth, number, 3)
        kind = self.random.choice(["BaseException", "Exception", "asyncio.CancelledError", "TimeoutError", "BaseException"])
        if self.random.random() < 0.15:
            kind = self.random.choice(["ValueError", "Exception", "KeyError"])
            return lines + [f"except* {kind} as error:", "    log(me, 'caught', shown(error))"] + self.inner(2, number, 1)
        lines += [f"except {kind} as error:", "    log(me, 'caught', shown(error))"] + self.inner(depth, number, 1)
        if self.random.random() < 0.3:
            lines += ["    raise"]
        if self.random.random() < 0.2:
            lines += ["finally:"] + self.inner(2, number, 1)
        return lines

    def items(self, depth, number):
        lines = [f"async for item in items(s, me, {self.random.randint(0, 3)}):", "    log(me, 'item', item)"] + self.inner(depth, number, 1)
        if self.random.random() < 0.3:
            lines += ["    break"]
        return lines

    def loop(self, depth, number):
        return [f"for i in range({self.random.randint(1, 3)}):"] + self.inner(depth, number)


def shown_exc():
    return "type(sys.exception()).__name__"


RUNNER = '''
import asyncio, gc, io, sys, traceback
virtual = globals().get("VirtualLoop")

def in_order(loop=None, all_tasks=asyncio.all_tasks):
    """The tasks that a runner cancels at the end, in an order that is not that of a set."""
    return sorted(all_tasks(loop), key=lambda task: (len(task.get_name()), task.get_name()))

asyncio.runners.all_tasks = asyncio.tasks.all_tasks = in_order
for number, text in PROGRAMS:
    print("=====", number)
    namespace = {"__name__": "__main__"}
    exec(compile(text, f"<program {number}>", "exec"), namespace)
    try:
        asyncio.run(namespace["whole"](namespace["main"]), loop_factory=virtual)
    except BaseException as error:
        print("ended by", repr(error))
    namespace.clear()
    sys.stdout.flush()
'''

#: What the judges' versions say differently, and what nobody promises.
SAME = [(re.compile(r" at 0x[0-9a-f]+"), " at 0x..")]


def program(seed):
    return Author(seed).program()


def outputs(command, seeds, head):
    """What each of the programs prints, by seed; `head` is what goes before them."""
    programs = [(seed, program(seed)) for seed in seeds]
    text = f"{head}\nPROGRAMS = {programs!r}\n{RUNNER}"
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(text)
        file.flush()
        try:
            run = subprocess.run([*command, file.name], capture_output=True, text=True, timeout=TIME_LIMIT)
            out, end = run.stdout, f"status {run.returncode}\n{run.stderr[-2000:]}" if run.returncode else ""
        except subprocess.TimeoutExpired as late:
            out, end = (late.stdout or b"").decode(errors="replace"), "takes too long"
    found = {}
    for part in out.split("===== ")[1:]:
        number, _, rest = part.partition("\n")
        for pattern, new in SAME:
            rest = pattern.sub(new, rest)
        found[int(number)] = rest
    if end:
        # The program that ended the process is the last of which there is anything.
        last = max(found, key=list(seeds).index) if found else seeds[0]
        found[last] = found.get(last, "") + end
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyield")
    parser.add_argument("--python", default="python3")
    parser.add_argument("--judge")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seeds")
    parser.add_argument("--own-loop", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--print", action="store_true")
    options = parser.parse_args()
    if options.print:
        print(program(options.seed))
        return 0
    seeds = list(range(options.seed, options.seed + options.count))
    if options.seeds:
        lines = Path(options.seeds).read_text().splitlines()
        seeds = [int(line.split()[0]) for line in lines if line.strip() and not line.startswith("#")]
    pyield = [options.pyield, "--virtual-time"]
    python = shlex.split(options.python)
    judge = shlex.split(options.judge) if options.judge else None
    our_loop = OWN_LOOP if options.own_loop else ""
    batches = [seeds[at:at + BATCH] for at in range(0, len(seeds), BATCH)]

    def compare(batch):
        ours, theirs = outputs(pyield, batch, our_loop), outputs(python, batch, LOOP)
        return [(seed, ours.get(seed, "nothing\n"), theirs.get(seed, "nothing\n")) for seed in batch]

    differing = newer = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for results in pool.map(compare, batches):
            different = [(seed, ours, theirs) for seed, ours, theirs in results if ours != theirs]
            if different and judge:
                said = outputs(judge, [seed for seed, _, _ in different], LOOP)
                newer += sum(said.get(seed) == ours for seed, ours, _ in different)
                different = [(seed, ours, said.get(seed, "")) for seed, ours, _ in different if said.get(seed) != ours]
            for seed, ours, theirs in different:
                differing += 1
                print(f"seed {seed}")
                lines = difflib.unified_diff(theirs.splitlines(), ours.splitlines(), "CPython", "pyield", lineterm="", n=3)
                print("\n".join(list(lines)[:25]))
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{seed}.py").write_text(program(seed))
    print(f"{len(seeds)} programs, {differing} differ, {newer} as in the judge's version")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
