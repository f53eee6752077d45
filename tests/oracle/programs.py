#!/usr/bin/env python3
"""Compares pyield with CPython on programs made at random.

    python3 tests/oracle/programs.py --pyield PATH --python COMMAND [--judge COMMAND] [--seed N] [--count N] [--family NAME]
                                     [--alone] [--keep DIR] [--seeds FILE]
    python3 tests/oracle/programs.py --print [--seed N] [--family NAME]

A seed gives one program, the authors of `authors/` taking turns: expressions, statements, classes, exceptions, texts,
constructs. A process
runs many programs, each in a namespace of its own, and after each the traceback of what it did not catch is printed with
lines and carets; with --alone every program has a process of its own, and standard error and exit status are compared too.

COMMAND runs a Python file. It may be older than the version that pyield speaks: what differs is shown to the command given
with --judge, which has the last word. A program on which the judge agrees with pyield, line by line, is counted as newer.
Without a judge, what `NEWER` lists with its reasons is taken to be the same.

--seeds runs the seeds that a file lists, each with its author: programs_failed.txt has those that once differed.

A difference is explained if it is of a sort that `EXPLAINED` lists, or if programs_explained.txt has its program with the
reason; those are counted apart.
"""

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from authors import FAMILIES

#: How many programs a process runs.
BATCH = 200
#: How many lines of a program are compared in detail.
MOST_LINES = 2000

RUNNER = """\
import sys, traceback

try:
    import linecache
except ImportError:
    linecache = None

for path, text in PROGRAMS:
    print("=====", path, flush=True)
    if linecache:
        linecache.cache[path] = len(text), None, text.splitlines(True), path
    namespace = {"__name__": "__main__"}
    try:
        exec(compile(text, path, "exec"), namespace)
    except BaseException as error:
        trace = error.__traceback__.tb_next
        traceback.print_exception(error.with_traceback(trace), file=sys.stdout)
        error = trace = None
    namespace.clear()
"""

#: What no version promises: pattern, what stands for it, reason.
NOBODYS = [
    (r" at 0x[0-9a-f]+", " at 0x..", "addresses are nobody's promise"),
]
#: What the judge says as the system says it that it was built for: pattern, what stands for it, reason.
SYSTEMS = [
    (r"\[Errno \d+\]", "[Errno ..]", "each system numbers its errors"),
]
#: What 3.14 says differently from 3.13, where nobody can be asked: pattern, what stands for both, reason.
NEWER = [
    (r" object does not support the (asynchronous )?context manager protocol( \(missed __\w+__ method\))?", " object is no context manager",
     "3.14 says which method is missing"),
    (r"(float floor|integer|complex|float)( division| modulo| division or modulo)( by zero)?|modulo by zero|division by zero", "division by zero",
     "3.14 has one text for all divisions by zero"),
    (r"0\.0 cannot be raised to a negative power|zero to a negative( or complex)? power", "zero to a negative power", "3.14 has one text"),
    (r"is not iterable|is not a container or iterable", "is not iterable", "3.14 names containers where `in` asks for one"),
    (r"cannot use '[\w.]+' as a (dict key|set element) \((unhashable type: '[\w.]+')\)", r"\2", "3.14 says what the hash was wanted for"),
    (r"too many values to unpack \(expected (\d+)(, got \d+)?\)", r"too many values to unpack (expected \1)", "3.14 counts what is there"),
    (r"ValueError: .* is not in list.?|ValueError: .?list\.index\(x\): x not in list.?", "ValueError: not in list", "3.14 shows no item"),
    (r"types\.UnionType", "typing.Union", "the class has another name since 3.14"),
    (r"complex\(\) (first argument|argument) must be a string or a number, not '?([\w.]+)'?", r"complex() wants a number, not \2", "reworded in 3.14"),
    (r"cannot convert dictionary update sequence element #0 to a sequence|'[\w.]+' object is not iterable", "is no pair", "3.14 raises what the iteration raised"),
]
#: Differences that say nothing about pyield: what the judge's line has, what stands in its place, reason.
EXPLAINED = [
    (r"OverflowError: .*(to convert to C ssize_t|into an index-sized integer)", r"(?!.*OverflowError)", "the judge counts sizes in 32 bits"),
    (r"--- the process ended: too late", r"", "the judge did not come to its end in time"),
]
#: The programs whose difference is explained one by one.
EXPLAINED_ONES = Path(__file__).with_name("programs_explained.txt")


def modern(text, judged):
    """The text as it is compared: if there is a judge, nothing that it can be asked is passed over."""
    for pattern, new, _ in NOBODYS + (SYSTEMS if judged else NEWER):
        text = re.sub(pattern, new, text)
    return text


def chosen(seed, family=None):
    """A seed, and the author who writes its program."""
    names = list(FAMILIES)
    return seed, family or names[seed % len(names)]


def environment():
    return {**os.environ, "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def run(command, limit, *arguments):
    try:
        done = subprocess.run([*shlex.split(command), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=limit, env=environment())
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode(errors="replace"), "", "too late"
    return done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), done.returncode


def alone(command, path, limit):
    """What a program prints, says on standard error and ends with, when nothing else runs in the process."""
    out, err, status = run(command, limit, path)
    return f"{out}--- stderr\n{err}--- exit {status}\n"


def together(command, paths, directory, limit):
    """What each of these programs prints. One that ends the process or takes too long is skipped by the next process."""
    outcomes, left = {}, list(paths)
    runner = Path(directory, f"{paths[0].stem}.{abs(hash(command))}.py")
    while left:
        texts = [(str(path), path.read_text(encoding="utf-8")) for path in left]
        runner.write_text(f"PROGRAMS = {texts!r}\n{RUNNER}", encoding="utf-8")
        out, err, status = run(command, limit, runner)
        pieces = re.split(r"(?m)^===== (.*)\n", out)[1:]
        for path, text in zip(pieces[::2], pieces[1::2]):
            outcomes[path] = text
        if len(pieces) // 2 == len(left) and status == 0:
            break
        stopped = pieces[-2] if pieces else str(left[0])
        outcomes[stopped] = outcomes.get(stopped, "") + f"--- the process ended: {status}\n{err[-2000:]}"
        left = left[left.index(Path(stopped)) + 1:]
    return {path: outcomes.get(str(path), "") for path in paths}


def programs(seeds, directory):
    paths = []
    for seed, family in seeds:
        path = Path(directory, f"{family}_{seed}.py")
        path.write_text(FAMILIES[family](seed).program(), encoding="utf-8", errors="surrogatepass")
        paths.append(path)
    return paths


def closest(found, expected, judged):
    """What the judge says, but what pyield says in places where the older version says it too.

    Both are right: the newer about the language, the older about this machine (the judge may run on another).
    """
    found, expected, judged = (text.split("\n")[:MOST_LINES] for text in (found, expected, judged))
    # Which lines of `found`, and which ends between two of them, the older version has too.
    lines, seams, before = set(), set(), None
    for at, there, size in difflib.SequenceMatcher(None, found, expected, autojunk=False).get_matching_blocks():
        if before == (at, there):
            seams.add(at)
        lines.update(range(at, at + size))
        seams.update(range(at + 1, at + size))
        before = (at + size, there + size)
    right = []
    for what, i, j, at, end in difflib.SequenceMatcher(None, judged, found, autojunk=False).get_opcodes():
        agreed = lines.issuperset(range(at, end)) if at < end else at in seams
        right += found[at:end] if what == "equal" or agreed else judged[i:j]
    return "\n".join(right)


def agrees(found, expected, judged):
    return found == judged or closest(found, expected, judged).split("\n") == found.split("\n")[:MOST_LINES]


def explanation(expected, found):
    """Why these differ, if every difference is of a sort that is known."""
    reasons = []
    expected, found = expected.split("\n"), found.split("\n")
    for what, i, j, at, end in difflib.SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        here, there = "\n".join(expected[i:j]), "\n".join(found[at:end])
        known = [reason for left, right, reason in EXPLAINED if re.search(left, here) and re.match(right, there) and ("late" in left or j - i == end - at == 1)]
        if not known:
            return None
        reasons += known
    return reasons[0] if reasons else None


def explained_ones():
    """The programs in the list, and why they differ."""
    lines = EXPLAINED_ONES.read_text(encoding="utf-8").splitlines()
    rows = [line.split(maxsplit=2) for line in lines if line and not line.startswith("#")]
    return {f"{family}_{seed}": reason for seed, family, reason in rows}


def compare(seeds, options, directory):
    """The paths of these programs, and what each printed with CPython, with pyield and, where they differ, with the judge."""
    def outcomes(command, paths):
        if not paths or not command:
            return {}
        texts = {path: alone(command, path, options.limit) for path in paths} if options.alone else together(command, paths, directory, options.limit)
        return {path: modern(text, options.judge) for path, text in texts.items()}

    paths = programs(seeds, directory)
    expected, found = outcomes(options.python, paths), outcomes(options.pyield, paths)
    judged = outcomes(options.judge, [path for path in paths if expected[path] != found[path]])
    return [(path, expected[path], found[path], judged.get(path)) for path in paths]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyield", default="target/debug/pyield", help="the command that runs pyield")
    parser.add_argument("--python", default="python3", help="the command that runs CPython")
    parser.add_argument("--judge", help="a command that runs the version pyield speaks, asked where the two differ")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=400, help="how many programs")
    parser.add_argument("--family", choices=FAMILIES, help="only this author")
    parser.add_argument("--seeds", help="a file that lists the seeds to run")
    parser.add_argument("--alone", action="store_true", help="a process for each program")
    parser.add_argument("--keep", help="a directory for the programs that differ")
    parser.add_argument("--lines", type=int, default=12, help="how much of a difference is shown")
    parser.add_argument("--print", action="store_true", help="show the program of --seed and do nothing else")
    parser.add_argument("--limit", type=float, default=60, help="how many seconds a process may take (more where much else runs)")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if options.print:
        seed, family = chosen(options.seed, options.family)
        sys.stdout.write(FAMILIES[family](seed).program())
        return 0
    seeds = [chosen(seed, options.family) for seed in range(options.seed, options.seed + options.count)]
    if options.seeds:
        lines = Path(options.seeds).read_text(encoding="utf-8").splitlines()
        words = [line.split() for line in lines if line and not line.startswith("#")]
        seeds = [chosen(int(seed), family) for seed, family, *_ in words]
    size = 10 if options.alone else BATCH
    differ = newer = lines = 0
    known, reasons = explained_ones(), {}
    with tempfile.TemporaryDirectory() as directory, ThreadPoolExecutor(options.jobs) as workers:
        batches = [seeds[at:at + size] for at in range(0, len(seeds), size)]
        for batch in workers.map(lambda batch: compare(batch, options, directory), batches):
            for path, expected, found, judged in batch:
                lines += expected.count("\n")
                if expected == found:
                    continue
                if judged is not None and agrees(found, expected, judged):
                    newer += 1
                    continue
                if judged is not None:
                    expected = closest(found, expected, judged)
                reason = known.get(path.stem) or explanation(expected, found)
                if reason:
                    reasons[reason] = reasons.get(reason, 0) + 1
                    continue
                differ += 1
                print(f"{path.stem}:")
                diff = difflib.unified_diff(expected.splitlines(), found.splitlines(), "CPython", "pyield", lineterm="", n=1)
                print("\n".join("    " + line for line in list(diff)[2:2 + options.lines]), flush=True)
                if options.keep:
                    Path(options.keep).mkdir(parents=True, exist_ok=True)
                    Path(options.keep, path.name).write_bytes(path.read_bytes())
    print(f"{differ} of {len(seeds)} programs ({lines} lines of output) differ, {newer} more agree with the judge")
    for reason, count in sorted(reasons.items()):
        print(f"{count} explained: {reason}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
