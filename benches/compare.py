#!/usr/bin/env python3
"""Runs the benchmark programs under pyield and CPython in turn, and prints how they compare.

    python3 benches/compare.py [--pyield PATH] [--python PATH] [--runs N] [--only NAME]...

The figure for a program is the median of N runs of its processor time (user + system, from the kernel's account of
the process) less the median of an empty program. A ratio above 1 means that pyield is faster. Both must print the
same, and an output that differs is shown as such. The exit code is 1 if any target is missed.
"""

import argparse
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
PROGRAMS = BENCHES / "programs"
MILLION = 1_000_000


@dataclass(frozen=True)
class Bench:
    """One row: a program, its arguments, and how many times CPython's speed it should reach (None: no target)."""

    name: str
    program: str
    args: tuple = ()
    target: float | None = None


BENCHES_OF_SPEED = [
    Bench("generator item", "gen_for.py", target=3.5),
    Bench("send round trip", "send_pingpong.py", target=3.5),
    Bench("yield from, depth 1", "yield_from.py", ("1", "10000000")),
    Bench("yield from, depth 10", "yield_from.py", ("10", "3000000"), target=10),
    Bench("yield from, depth 100", "yield_from.py", ("100", "300000")),
    Bench("yield from, depth 1000", "yield_from.py", ("1000", "20000")),
    Bench("recursive tree walk", "tree_walk.py"),
    Bench("await chain, depth 1", "await_chain.py", ("1", "4000000")),
    Bench("await chain, depth 10", "await_chain.py", ("10", "2000000")),
    Bench("await chain, depth 100", "await_chain.py", ("100", "250000")),
    Bench("generator made, run, freed", "gen_made.py"),
    Bench("fib", "fib.py", target=1.6),
    Bench("while loop", "while_loop.py", target=5),
    Bench("float loop", "float_loop.py", target=3.5),
    Bench("LCG loop", "lcg_loop.py"),
    Bench("method with attribute update", "method_calls.py", target=2.3),
    Bench("list append and index", "list_loop.py", target=4),
    Bench("dict loop", "dict_loop.py"),
    Bench("string building", "string_building.py"),
    Bench("exceptions", "exceptions.py", target=1.1),
]

# What suspends, made, resumed and ended in every way there is.
BENCHES_OF_SUSPENSION = [
    Bench("generator made and freed", "suspensions.py", ("generator_made", "6000000"), target=2),
    Bench("coroutine made and awaited", "suspensions.py", ("coroutine_awaited", "8000000"), target=3),
    Bench("async generator item", "suspensions.py", ("async_generator_item", "8000000"), target=4),
    Bench("throw of an instance", "suspensions.py", ("throw_instance", "5000000"), target=1.5),
    Bench("throw of a class", "suspensions.py", ("throw_class", "6000000"), target=1.5),
    Bench("contextmanager", "suspensions.py", ("context_manager", "2000000"), target=2.5),
    # Each leaves a cycle behind for the collector, since CPython 3.12; in 3.11 it does not.
    Bench("contextmanager, exception", "suspensions.py", ("context_manager_error", "1000000")),
    Bench("pipeline of five stages", "suspensions.py", ("pipeline", "6000000"), target=3),
    Bench("genexpr into sum", "suspensions.py", ("into_sum", "30000000"), target=2.5),
    Bench("genexpr into any", "suspensions.py", ("into_any", "24000000"), target=2.5),
    Bench("genexpr into list", "suspensions.py", ("into_list", "30000000"), target=2.5),
    Bench("genexpr into dict", "suspensions.py", ("into_dict", "10000000"), target=2.5),
    Bench("genexpr into set", "suspensions.py", ("into_set", "20000000")),
    Bench("genexpr into max", "suspensions.py", ("into_max", "24000000")),
    Bench("genexpr into join", "suspensions.py", ("into_join", "20000000")),
]

# asyncio: every task switch goes through the loop.
BENCHES_OF_TASKS = [
    Bench("task switch by sleep(0)", "task_switch.py", ("100", "1000000"), target=15),
    Bench("tasks made and gathered", "task_gather.py", ("100000",), target=8),
    Bench("item through a queue", "task_queue.py", ("300000", "10"), target=8),
    Bench("lock handed over", "task_lock.py", ("100", "200000"), target=8),
    Bench("timer", "task_timers.py", ("100000",), target=5),
    Bench("task that sleeps", "task_sleepers.py", ("50000",)),
]

# Programs as people write them, rather than one operation over and over: none should be slower than CPython.
BENCHES_IN_GENERAL = [
    Bench("binary trees", "binary_trees.py", target=1),
    Bench("devices", "devices.py", target=1),
    Bench("fannkuch", "fannkuch.py", target=1),
    Bench("JSON parser", "json_parser.py", target=1),
    Bench("mandelbrot, complex", "mandelbrot.py", target=1),
    Bench("matrix product", "matrix.py", target=1),
    Bench("n-body", "nbody.py", target=1),
    Bench("pidigits", "pidigits.py", target=0.8),
    Bench("queens", "queens.py", target=1),
    Bench("sorting", "sort_key.py", target=0.8),
    Bench("spectral norm", "spectral_norm.py", target=1),
    Bench("word count", "word_count.py", target=1),
]

# Programs that consist of calls of builtin functions and methods, which CPython has in C.
BENCHES_OF_BUILTINS = [
    Bench("builtins: containers", "native_containers.py", target=0.8),
    Bench("builtins: formatting", "native_formatting.py", target=0.8),
    Bench("builtins: iterators", "native_iterators.py", target=0.8),
    Bench("builtins: numbers", "native_numbers.py", target=0.8),
    Bench("builtins: strings", "native_strings.py", target=0.8),
]

GENERAL = "programs in general, geometric mean"
GENERAL_TARGET = 1.8
START_UP = "start-up"
FLATNESS = "yield from, depth 1000 against 1"
MEMORY = "suspended generator, 3 locals"
START_UP_TARGET = 1 / 3
FLATNESS_TARGET = 1.3
FLATNESS_ITEMS = "5000000"
MEMORY_TARGET = 150


@dataclass(frozen=True)
class Run:
    """What one process printed and used."""

    output: bytes
    status: int
    seconds: float
    peak_kib: int


def run(command):
    """Runs `command` to its end. Its output goes to a file, so that nobody waits for a reader."""
    with tempfile.TemporaryFile() as out, open(os.devnull, "rb") as nothing:
        redirect = [(os.POSIX_SPAWN_DUP2, fd.fileno(), to) for fd, to in ((nothing, 0), (out, 1), (out, 2))]
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=redirect)
        _, status, usage = os.wait4(pid, 0)
        out.seek(0)
        return Run(out.read(), os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def alternate(commands, runs):
    """For each command, its runs; the commands take turns, so that a busy minute falls on all of them."""
    results = [[] for _ in commands]
    for _ in range(runs):
        for command, of_command in zip(commands, results):
            of_command.append(run(command))
    return results


def seconds(runs):
    return statistics.median(one.seconds for one in runs)


def peak(runs):
    return statistics.median(one.peak_kib for one in runs)


def disagreement(ours, theirs):
    """Why the two are not comparable, or None."""
    if ours[0].status != 0:
        lines = ours[0].output.decode(errors="replace").strip().splitlines()
        return f"pyield ended with {ours[0].status}: {lines[-1] if lines else 'nothing printed'}"
    if theirs[0].status != 0:
        return f"python ended with {theirs[0].status}"
    if len({one.output for one in ours + theirs}) != 1:
        return "the outputs differ"
    return None


class Table:
    """The Markdown table, printed row by row as the figures come in."""

    def __init__(self):
        self.missed = 0
        print("| program | pyield | CPython | ratio | target | |")
        print("| --- | ---: | ---: | ---: | ---: | --- |")

    def row(self, name, ours, theirs, ratio, target="", passed=None):
        verdict = {None: "", True: "pass", False: "**miss**"}[passed]
        self.missed += passed is False
        print(f"| {name} | {ours} | {theirs} | {ratio} | {target} | {verdict} |", flush=True)

    def failure(self, name, why):
        self.missed += 1
        print(f"| {name} | | | | | **{why}** |", flush=True)


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyield", default=str(BENCHES.parent / "target" / "release" / "pyield"), metavar="PATH")
    parser.add_argument("--python", default="/usr/bin/python3.11", metavar="PATH")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--only", action="append", metavar="NAME", help="rows whose name or program contains NAME")
    chosen = parser.parse_args()
    for path in (chosen.pyield, chosen.python):
        if not os.access(path, os.X_OK):
            parser.error(f"no program at {path}")
    if chosen.runs < 1:
        parser.error("--runs must be at least 1")
    return chosen


def main():
    chosen = options()

    def wanted(name, program=""):
        return not chosen.only or any(part in name or part in program for part in chosen.only)

    def both(program, *args):
        path = str(PROGRAMS / program)
        return [chosen.pyield, path, *args], [chosen.python, "-I", "-S", path, *args]

    table = Table()

    starts = alternate(both("empty.py"), max(chosen.runs, 11))
    our_start, their_start = (seconds(runs) for runs in starts)
    if wanted(START_UP, "empty.py"):
        why = disagreement(*starts)
        if why:
            table.failure(START_UP, why)
        else:
            ratio = their_start / max(our_start, 1e-6)
            passed = our_start <= their_start * START_UP_TARGET
            figures = (f"{our_start * 1000:.1f} ms", f"{their_start * 1000:.1f} ms", f"{ratio:.2f}")
            table.row(START_UP, *figures, f"{1 / START_UP_TARGET:.2f}", passed)

    def ratios(benches):
        """A row for each; the ratios of those that could be compared."""
        for bench in benches:
            if not wanted(bench.name, bench.program):
                continue
            ours, theirs = alternate(both(bench.program, *bench.args), chosen.runs)
            why = disagreement(ours, theirs)
            if why:
                table.failure(bench.name, why)
                continue
            our_time = max(seconds(ours) - our_start, 1e-6)
            their_time = max(seconds(theirs) - their_start, 1e-6)
            ratio = their_time / our_time
            passed = None if bench.target is None else ratio >= bench.target
            target = "" if bench.target is None else f"{bench.target:.2f}"
            figures = (f"{our_time * 1000:.0f} ms", f"{their_time * 1000:.0f} ms", f"{ratio:.2f}")
            table.row(bench.name, *figures, target, passed)
            yield ratio

    list(ratios(BENCHES_OF_SPEED))
    general = list(ratios(BENCHES_IN_GENERAL))
    if len(general) == len(BENCHES_IN_GENERAL):
        mean = statistics.geometric_mean(general)
        table.row(GENERAL, "", "", f"{mean:.2f}", f"{GENERAL_TARGET:.2f}", mean >= GENERAL_TARGET)
    list(ratios(BENCHES_OF_SUSPENSION))
    list(ratios(BENCHES_OF_TASKS))
    list(ratios(BENCHES_OF_BUILTINS))

    if wanted(FLATNESS, "yield_from.py"):
        deep, shallow = alternate(
            [both("yield_from.py", depth, FLATNESS_ITEMS)[0] for depth in ("1000", "1")], chosen.runs
        )
        why = disagreement(deep, shallow)
        if why:
            table.failure(FLATNESS, why)
        else:
            ratio = max(seconds(deep) - our_start, 1e-6) / max(seconds(shallow) - our_start, 1e-6)
            figures = (f"{(seconds(deep) - our_start) * 1000:.0f} ms", "", f"{ratio:.2f}")
            table.row(FLATNESS, *figures, f"at most {FLATNESS_TARGET:.2f}", ratio <= FLATNESS_TARGET)

    if wanted(MEMORY, "gen_memory.py"):
        # Memory hardly varies, and these runs are long.
        runs = min(chosen.runs, 3)
        ours, theirs = alternate(both("gen_memory.py"), runs)
        our_base, their_base = alternate(both("gen_memory_baseline.py"), runs)
        why = disagreement(ours + our_base, theirs + their_base)
        if why:
            table.failure(MEMORY, why)
        else:
            our_bytes = (peak(ours) - peak(our_base)) * 1024 / MILLION
            their_bytes = (peak(theirs) - peak(their_base)) * 1024 / MILLION
            figures = (f"{our_bytes:.0f} B", f"{their_bytes:.0f} B", f"{their_bytes / max(our_bytes, 1):.2f}")
            table.row(MEMORY, *figures, f"at most {MEMORY_TARGET} B", our_bytes <= MEMORY_TARGET)

    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
