#!/usr/bin/env python3
"""Runs hostile programs, made from a seed, and tells which of them brought pyield down.

    python3 fuzz/hostile.py PYIELD [KIND ...] [--seed N] [--count N] [--seconds N] [--keep DIRECTORY]

See README.md beside this file.
"""

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import calls
import edits
import mutations
import nesting

KINDS = {"calls": calls, "nesting": nesting, "mutations": mutations, "edits": edits}

# What a panic exits with; any other status may be the program's own choice.
PANIC = 101
# What a debug build says when it finds itself in the wrong.
COMPLAINTS = (b"panicked at", b"the compiler wrote bad code", b"memory allocation of", b"stack overflow")


def run(pyield, window, program, seconds, memory):
    """Why this program's end was not peaceful, or None."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory, "program.py")
        file.write_bytes(program)

        def bound():
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 24, 1 << 24))

        command = [pyield, *([window] if window != "run" else []), "program.py"]
        with open(os.devnull) as nothing:
            process = subprocess.Popen(command, cwd=directory, stdin=nothing, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE, preexec_fn=bound)
        # A program may go on for ever, but not against an interrupt; it may catch a few.
        for wait in (seconds, 5, 5, 5):
            try:
                _, errors = process.communicate(timeout=wait)
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
        else:
            process.kill()
            process.communicate()
            return "deaf to interrupts"
    if process.returncode >= 0 and process.returncode != PANIC or process.returncode == -signal.SIGINT:
        return None
    for complaint in COMPLAINTS:
        if complaint in errors:
            where = errors[errors.find(complaint):].split(b"\n")
            return b" ".join(where[:2]).decode("utf-8", "replace")
    return f"status {process.returncode}"


def smaller(statements, still_fails):
    """Fewer of the statements that still fail, by leaving out ever smaller stretches of them."""
    stretch = len(statements) // 2
    while stretch:
        start = 0
        while start < len(statements):
            rest = statements[:start] + statements[start + stretch:]
            if still_fails(rest):
                statements = rest
            else:
                start += stretch
        stretch //= 2
    return statements


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pyield")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10**9, help="programs of each kind")
    parser.add_argument("--seconds", type=float, default=60, help="for all of it")
    parser.add_argument("--timeout", type=float, default=20, help="seconds before a program is interrupted")
    parser.add_argument("--memory", type=int, default=2 << 30, help="address space of a program")
    parser.add_argument("--keep", type=Path, help="where to write what crashed")
    options = parser.parse_args()
    options.pyield = os.path.abspath(options.pyield)
    end = time.monotonic() + options.seconds
    makers = [KINDS[kind].Maker(options.pyield) for kind in options.kinds or KINDS]
    crashes, ran, known = 0, 0, set()
    for seed in range(options.seed, options.seed + options.count):
        for maker in makers:
            if time.monotonic() > end:
                print(f"{ran} programs, {crashes} crashes")
                return min(crashes, 1)
            window, head, statements = maker.make(random.Random(seed))

            def outcome(statements):
                program = head + b"".join(statements)
                return run(options.pyield, window, program, options.timeout, options.memory)

            why = outcome(statements)
            ran += 1
            if why is None or why in known:
                continue
            known.add(why)
            crashes += 1
            statements = smaller(statements, lambda rest: outcome(rest) == why)
            name = f"{maker.name}_{seed}.py"
            print(f"{name} ({window}): {why}", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / name).write_bytes(head + b"".join(statements))
    print(f"{ran} programs, {crashes} crashes")
    return min(crashes, 1)


if __name__ == "__main__":
    sys.exit(main())
