"""Compare pyield's tree with that of the Python that runs this, file by file.

    python3 tests/oracle/ast_compare.py [--show N] PATH...

Each PATH is a file or a folder of files. The dumps of pyield come from one run of the unit test
`dumps_for_the_oracle`; the same form is written here from `ast`. How fast both parse is reported beside (MB/s of
source, the tree as Python objects counted for `ast.parse`), so the test is built with optimisations.
"""

import ast
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import warnings

LEFT_OUT = {"ctx", "type_comment", "type_ignores", "kind"}


def escaped(data):
    out = []
    for byte in data:
        char = chr(byte)
        if char in "\\'\"":
            out.append("\\" + char)
        elif 0x20 <= byte < 0x7F:
            out.append(char)
        else:
            out.append({9: "\\t", 10: "\\n", 13: "\\r"}.get(byte, f"\\x{byte:02x}"))
    return "".join(out)


def constant(value):
    if value is None or value is True or value is False:
        return str(value)
    if value is ...:
        return "..."
    if isinstance(value, str):
        return "str " + escaped(value.encode("utf-8", "surrogatepass"))
    if isinstance(value, bytes):
        return "bytes " + escaped(value)
    if isinstance(value, int):
        return f"int {value:x}"
    if isinstance(value, float):
        return "float " + struct.pack(">d", value).hex()
    return "complex " + struct.pack(">d", value.imag).hex()


def dump(out, form, indent, field=None, owner=None):
    if isinstance(form, list):
        out.append(f"[{len(form)}]\n")
        for item in form:
            out.append(" " * indent + "- ")
            dump(out, item, indent + 1)
    elif isinstance(form, ast.AST):
        if not form._fields and not hasattr(form, "lineno"):
            out.append(type(form).__name__ + "\n")
            return
        place = ""
        if hasattr(form, "lineno"):
            place = f" {form.lineno}:{form.col_offset}-{form.end_lineno}:{form.end_col_offset}"
        out.append(type(form).__name__ + place + "\n")
        for name in form._fields:
            if name in LEFT_OUT:
                continue
            value = getattr(form, name, None)
            if name == "type_params" and not value:
                continue
            out.append(" " * indent + name + ": ")
            if isinstance(form, (ast.Constant, ast.MatchSingleton)) and name == "value":
                out.append(constant(value) + "\n")
            elif type(form).__name__ == "Interpolation" and name == "str":
                out.append(value.encode("unicode_escape").decode() + "\n")
            else:
                dump(out, value, indent + 1)
        if type(form).__name__ in ("TypeVar", "ParamSpec", "TypeVarTuple") and "default_value" not in form._fields:
            out.append(" " * indent + "default_value: None\n")
    else:
        out.append(f"{form}\n")


class Speed:
    """How much Python has parsed, and in how many seconds."""

    size = 0
    seconds = 0.0


def expected(path):
    with open(path, "rb") as file:
        data = file.read()
    Speed.size += len(data)
    start = time.perf_counter()
    try:
        tree = ast.parse(data, path)
    except SyntaxError as error:
        return f"error {error.lineno}:{error.offset} {type(error).__name__}: {error.msg}\n"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"error {error}\n"
    finally:
        Speed.seconds += time.perf_counter() - start
    out = []
    dump(out, tree, 0)
    return "".join(out)


PLACE = re.compile(r" \d+:\d+-\d+:\d+$")


def without_places_in_f_strings(dump):
    """Before PEP 701 (3.12) the parts of an f-string, and whatever stands in its braces, were placed anywhere in it."""
    lines, inside = [], None
    for line in dump.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if inside is not None and indent > inside:
            line = PLACE.sub("", line)
        else:
            inside = indent if "JoinedStr " in line and PLACE.search(line) else None
        lines.append(line)
    return "\n".join(lines)


def files(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, names in sorted(os.walk(path)):
            for name in sorted(names):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    paths = sys.argv[1:]
    show = 20
    if paths[:1] == ["--show"]:
        show = int(paths[1])
        paths = paths[2:]
    names = list(files(paths))
    with tempfile.TemporaryDirectory() as folder:
        listing = os.path.join(folder, "files")
        with open(listing, "w") as file:
            file.write("\n".join(os.path.abspath(name) for name in names))
        environ = dict(os.environ, PYIELD_AST_FILES=listing, PYIELD_AST_OUT=folder)
        subprocess.run(["cargo", "test", "-q", "--release", "--lib", "dumps_for_the_oracle"], env=environ, check=True,
                       stdout=subprocess.DEVNULL)
        same = 0
        for at, name in enumerate(names):
            with open(os.path.join(folder, f"{at}.txt"), encoding="utf-8", newline="\n") as file:
                found = file.read()
            wanted = expected(name)
            if sys.version_info < (3, 12):
                found, wanted = without_places_in_f_strings(found), without_places_in_f_strings(wanted)
            if found == wanted or found.startswith("error") and wanted.startswith("error"):
                same += 1
                continue
            if show:
                show -= 1
                ours, theirs = found.splitlines(), wanted.splitlines()
                line = next((n for n, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1]),
                            min(len(ours), len(theirs)))
                print(f"== {name}: line {line} of the dump")
                for row in ours[max(0, line - 4):line]:
                    print("      " + row)
                print("ours  " + "\n      ".join(ours[line:line + 3]))
                print("ast   " + "\n      ".join(theirs[line:line + 3]))
        with open(os.path.join(folder, "seconds"), encoding="utf-8") as file:
            ours = float(file.read())
        mega = Speed.size / 1e6
        print(f"{mega:.1f} MB parsed: pyield {mega / ours:.1f} MB/s, ast.parse {mega / Speed.seconds:.1f} MB/s")
        print(f"{same} of {len(names)} files have the tree that Python {sys.version.split()[0]} shows")
        sys.exit(same != len(names))


if __name__ == "__main__":
    main()
