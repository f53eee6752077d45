"""File names and the patterns of shells."""

import functools
import os
import posixpath
import re

__all__ = ["filter", "filterfalse", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    """Does a name match a pattern of *, ?, [abc] and [!abc]? Case matters as it does to the system."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


@functools.lru_cache(maxsize=32768, typed=True)
def _compile_pattern(pat):
    if isinstance(pat, bytes):
        pattern = bytes(translate(str(pat, "latin1")), "latin1")
    else:
        pattern = translate(pat)
    return re.compile(pattern).match


def filter(names, pat):
    """Return those of the names that match pat."""
    match = _compile_pattern(os.path.normcase(pat))
    if os.path is posixpath:
        return [name for name in names if match(name)]
    return [name for name in names if match(os.path.normcase(name))]


def filterfalse(names, pat):
    """Return those of the names that do not match pat."""
    match = _compile_pattern(os.path.normcase(pat))
    return [name for name in names if match(os.path.normcase(name)) is None]


def fnmatchcase(name, pat):
    """The same as fnmatch(), where case always matters."""
    return _compile_pattern(pat)(name) is not None


_special = re.compile(r"([&~|])")


def _set(inside):
    # The set of a pattern as one of a regular expression.
    if "-" not in inside:
        inside = inside.replace("\\", r"\\")
    else:
        parts = []
        start = 0
        search = 2 if inside[0] == "!" else 1
        while True:
            dash = inside.find("-", search)
            if dash < 0:
                break
            parts.append(inside[start:dash])
            start = dash + 1
            search = dash + 3
        rest = inside[start:]
        if rest:
            parts.append(rest)
        else:
            parts[-1] += "-"
        # Ranges that hold nothing fall out.
        for n in range(len(parts) - 1, 0, -1):
            if parts[n - 1][-1] > parts[n][0]:
                parts[n - 1] = parts[n - 1][:-1] + parts[n][1:]
                del parts[n]
        inside = "-".join(part.replace("\\", r"\\").replace("-", r"\-") for part in parts)
    if not inside:
        return "(?!)"
    if inside == "!":
        return "."
    inside = _special.sub(r"\\\1", inside)
    if inside[0] == "!":
        inside = "^" + inside[1:]
    elif inside[0] in ("^", "["):
        inside = "\\" + inside
    return f"[{inside}]"


def translate(pat):
    """The regular expression of a pattern."""
    parts = []
    stars = []
    at, end = 0, len(pat)
    while at < end:
        c = pat[at]
        at += 1
        if c == "*":
            stars.append(len(parts))
            parts.append("*")
            while at < end and pat[at] == "*":
                at += 1
        elif c == "?":
            parts.append(".")
        elif c == "[":
            close = at
            if close < end and pat[close] == "!":
                close += 1
            if close < end and pat[close] == "]":
                close += 1
            close = pat.find("]", close)
            if close < 0:
                parts.append("\\[")
            else:
                parts.append(_set(pat[at:close]))
                at = close + 1
        else:
            parts.append(re.escape(c))
    # Between two stars what comes first is enough: there is no need to try the others.
    out = []
    last = 0
    for n, star in enumerate(stars):
        fixed = "".join(parts[last:star])
        out.append(fixed if n == 0 else f"(?>.*?{fixed})")
        last = star + 1
    rest = "".join(parts[last:])
    if stars:
        out.append(f".*{rest}")
    else:
        out.append(rest)
    return rf"(?s:{''.join(out)})\z"
