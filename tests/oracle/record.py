#!/usr/bin/env python3
"""Writes down what CPython prints for each sample, as the snapshot that tests/samples.rs compares pyield with.

    python3 tests/oracle/record.py [--py314 COMMAND] [--py313 COMMAND] [--py311 COMMAND] [--check | --missing] [FILE...]

A sample is recorded by CPython 3.14, unless a line in it says otherwise. A 3.14 that lives in a JavaScript engine
will do, for example --py314 "node path/to/py314.mjs"; what such a one cannot show is marked in the sample, and is the
same in all of these versions:
    # oracle: 3.11    it needs sockets
    # oracle: 3.13    it shows the end of the process, a count of frames, or a line of a file only the compiler read
A COMMAND runs a Python file; each can also be given in the environment: PYIELD_PY314, PYIELD_PY313, PYIELD_PY311.

Without FILEs, all of samples/ is recorded. --missing leaves alone what has a snapshot, --check writes nothing and
shows how what CPython prints now differs from the snapshots.
"""

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
VERSIONS = ("3.14", "3.13", "3.11")
MARK = re.compile(r"^# oracle: (\S+)$", re.MULTILINE)
HEADER = "---\nsource: tests/samples.rs\n---\n"
TIME_LIMIT = 120

# Nothing that a sample prints may depend on who records it.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
}
ENVIRONMENT.pop("FORCE_COLOR", None)


def variable(version):
    return "PYIELD_PY" + version.replace(".", "")


def oracle_of(sample):
    mark = MARK.search(sample.read_text(encoding="utf-8"))
    version = mark.group(1) if mark else "3.14"
    if version not in VERSIONS:
        raise SystemExit(f"{sample}: no such oracle: {version}")
    return version


def transcript(run):
    """What one run printed and how it ended, as tests/samples.rs writes it too."""
    text = run.stdout.decode()
    for title, part in (("stderr", run.stderr.decode()), (f"exit {run.returncode}", None)):
        if part == "" or (part is None and run.returncode == 0):
            continue
        if text and not text.endswith("\n"):
            text += "\n"
        text += f"--- {title}\n" + (part or "")
    # CPython names the main file by its absolute path, and shows addresses: neither is the same twice.
    text = text.replace(f"{ROOT}/", "")
    return re.sub(r" at 0x[0-9a-f]+", " at 0x...", text)


def record(sample, command):
    """The text of the snapshot of `sample`."""
    relative = str(sample.relative_to(ROOT))
    run = subprocess.run(
        [*command, relative], cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIME_LIMIT
    )
    return HEADER + transcript(run).rstrip() + "\n"


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for version in VERSIONS:
        name = "--py" + version.replace(".", "")
        parser.add_argument(name, dest=version, metavar="COMMAND", default=os.environ.get(variable(version)))
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true")
    only.add_argument("--missing", action="store_true")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    return parser.parse_args()


def main():
    chosen = options()
    samples = [path.resolve() for path in chosen.files] or sorted(SAMPLES.rglob("*.py"))
    commands = {version: shlex.split(getattr(chosen, version) or "") for version in VERSIONS}
    work = []
    without = set()
    for sample in samples:
        snapshot = sample.with_suffix(".out.snap")
        version = oracle_of(sample)
        if chosen.missing and snapshot.exists():
            continue
        if commands[version]:
            work.append((sample, snapshot, commands[version]))
        else:
            without.add(version)

    different = 0
    with ThreadPoolExecutor(chosen.jobs) as pool:
        texts = pool.map(lambda one: record(one[0], one[2]), work)
        for (sample, snapshot, _), text in zip(work, texts):
            before = snapshot.read_text(encoding="utf-8") if snapshot.exists() else ""
            if text == before:
                continue
            different += 1
            name = str(snapshot.relative_to(ROOT))
            if chosen.check:
                diff = difflib.unified_diff(before.splitlines(True), text.splitlines(True), name, "CPython now")
                sys.stdout.writelines(diff)
            else:
                snapshot.write_text(text, encoding="utf-8")
                print("recorded", name, flush=True)
    print(f"{len(work)} samples, {different} {'differ' if chosen.check else 'recorded anew'}")
    for version in sorted(without):
        print(f"left out: samples for CPython {version}, for which no command was given", file=sys.stderr)
    return 1 if without or (chosen.check and different) else 0


if __name__ == "__main__":
    sys.exit(main())
