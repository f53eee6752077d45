"""Lines of source files, kept once read."""

import os
import sys

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# By file name: size, time of the last change (None where it cannot change), lines, full name; or a function that gives the text.
cache = {}


def clearcache():
    """Forget every file."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """A line of a file, from 1; an empty text when there is no such line."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    """The lines of a file; none when it cannot be read."""
    known = cache.get(filename)
    if known is not None and len(known) != 1:
        return known[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Forget files that have changed since they were read."""
    for name in list(cache) if filename is None else [filename]:
        known = cache.get(name)
        if known is None or len(known) == 1 or known[1] is None:
            continue
        size, changed, _, fullname = known
        try:
            stat = os.stat(fullname)
        except (OSError, ValueError):
            cache.pop(name, None)
            continue
        if size != stat.st_size or changed != stat.st_mtime:
            cache.pop(name, None)


def updatecache(filename, module_globals=None):
    """Read a file anew and give its lines."""
    known = cache.pop(filename, None)
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return []
    fullname = filename
    try:
        stat = os.stat(fullname)
    except OSError:
        if known is not None and len(known) == 1 or lazycache(filename, module_globals):
            return _from_loader(filename, known or cache[filename])
        stat = None
        if not os.path.isabs(filename):
            # Perhaps it was named from a directory that modules are looked for in.
            for directory in sys.path:
                fullname = os.path.join(directory, filename)
                try:
                    stat = os.stat(fullname)
                    break
                except (OSError, ValueError):
                    pass
        if stat is None:
            return []
    except ValueError:
        return []
    try:
        with open(fullname, encoding="utf-8") as file:
            lines = file.readlines()
    except (OSError, UnicodeDecodeError, SyntaxError):
        return []
    if not lines:
        lines = ["\n"]
    elif not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = stat.st_size, stat.st_mtime, lines, fullname
    return lines


def _from_loader(filename, known):
    try:
        text = known[0]()
    except (ImportError, OSError):
        return []
    if text is None:
        return []
    cache[filename] = len(text), None, [line + "\n" for line in text.splitlines()], filename
    return cache[filename][2]


def lazycache(filename, module_globals):
    """Note how to get the text of a module from its loader; was there one?"""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or filename.startswith("<") and filename.endswith(">") or not module_globals:
        return False
    spec = module_globals.get("__spec__")
    name = getattr(spec, "name", None) or module_globals.get("__name__")
    loader = getattr(spec, "loader", None) or module_globals.get("__loader__")
    get_source = getattr(loader, "get_source", None)
    if not name or get_source is None:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True
