#!/usr/bin/env python3
"""Counts the names of the builtins and of their types that pyield has, beside those of CPython.

    python3 tests/oracle/coverage.py --pyield PATH --python COMMAND [--missing]

COMMAND runs a Python file with the version that pyield speaks. Prints the table of the README; with --missing, the names
that are not there, and those that should not be.
"""

import argparse
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

PROGRAM = '''\
import builtins, types

def function(): yield
async def coroutine(): pass
async def async_generator(): yield
class Class:
    def method(self): pass
    @property
    def attribute(self): pass

generator, waiting = function(), coroutine()
things = {name: getattr(builtins, name) for name in dir(builtins) if not name.startswith("_")}
things = {name: thing for name, thing in things.items() if isinstance(thing, type)}
things |= {
    "builtins": builtins, "function": function, "generator": generator, "coroutine": waiting,
    "async_generator": async_generator(), "builtin_function_or_method": len, "method": Class().method,
    "code": function.__code__, "cell": types.CellType(1), "NoneType": None, "ellipsis": ..., "NotImplementedType": NotImplemented,
    "mappingproxy": Class.__dict__, "dict_keys": {}.keys(), "dict_values": {}.values(), "dict_items": {}.items(),
    "list_iterator": iter([]), "tuple_iterator": iter(()), "dict_keyiterator": iter({}), "set_iterator": iter(set()),
    "str_iterator": iter("a"), "bytes_iterator": iter(b""), "range_iterator": iter(range(3)),
    "callable_iterator": iter(int, 1), "union": int | None, "alias": list[int], "method_descriptor": str.join,
    "SimpleNamespace": types.SimpleNamespace(),
}
for name, thing in things.items():
    for attribute in dir(thing):
        print(name, attribute)
waiting.close()
'''
# What belongs to CPython's own machinery, or to the program that asks.
NOT_COUNTED = {"_metadata", "___EvalCodeResultException", "_IncompleteInputError", "co_code", "_co_code_adaptive", "co_lnotab",
               "co_linetable", "co_exceptiontable", "co_branches", "_varname_from_oparg", "WindowsError"}


def names(command, path):
    run = subprocess.run([*shlex.split(command), path], capture_output=True, text=True, timeout=300)
    if run.returncode:
        raise SystemExit(f"{command}: {run.stderr}")
    found = defaultdict(set)
    for line in run.stdout.splitlines():
        thing, name = line.split()
        if name not in NOT_COUNTED:
            found[thing].add(name)
    return found


def group(thing, exceptions):
    if thing == "builtins":
        return "`builtins`"
    if thing in exceptions:
        return "exceptions"
    return "other types" if not thing[0].islower() or "_" in thing or thing in OTHERS else "types"


OTHERS = {"function", "generator", "coroutine", "method", "code", "cell", "ellipsis", "mappingproxy", "union", "alias"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyield", required=True)
    parser.add_argument("--python", required=True)
    parser.add_argument("--missing", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "names.py")
        path.write_text(PROGRAM, encoding="utf-8")
        theirs, ours = names(options.python, str(path)), names(options.pyield, str(path))
    if options.missing:
        for thing in sorted(theirs):
            missing, extra = theirs[thing] - ours.get(thing, set()), ours.get(thing, set()) - theirs[thing]
            if missing or extra:
                print(thing, *(f"-{name}" for name in sorted(missing)), *(f"+{name}" for name in sorted(extra)))
        return
    exceptions = {thing for thing in theirs if "with_traceback" in theirs[thing]}
    rows = defaultdict(lambda: [0, 0])
    for thing, wanted in theirs.items():
        row = rows[group(thing, exceptions)]
        row[0] += len(wanted & ours.get(thing, set()))
        row[1] += len(wanted)
    print("| Names of | there | of |")
    print("| --- | --- | --- |")
    for title, (there, all_of_them) in sorted(rows.items()):
        print(f"| {title} | {there} | {all_of_them} |")


if __name__ == "__main__":
    sys.exit(main())
