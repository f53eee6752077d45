"""Paths that match a pattern."""

import fnmatch
import os
import re

__all__ = ["escape", "glob", "iglob", "translate"]

_MAGIC = re.compile("[*?[]")
_MAGIC_BYTES = re.compile(b"[*?[]")


def has_magic(s):
    """Does a name hold characters that mean something in a pattern?"""
    return (_MAGIC_BYTES if isinstance(s, bytes) else _MAGIC).search(s) is not None


def escape(pathname):
    """A pattern that matches just this path."""
    if isinstance(pathname, bytes):
        return re.sub(b"([*?[])", rb"[\1]", pathname)
    return re.sub("([*?[])", r"[\1]", pathname)


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The paths that match a pattern, as a list."""
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The paths that match a pattern, one after the other."""
    pathname = os.fspath(pathname)
    root = pathname[:0] if root_dir is None else os.fspath(root_dir)
    search = _Search(root, recursive, include_hidden)
    # `**` alone matches the directory itself, which has no name.
    return (path for path in search.paths(pathname, False) if path)


class _Search:
    def __init__(self, root, recursive, include_hidden):
        self.root = root
        self.recursive = recursive
        self.include_hidden = include_hidden

    def place(self, path):
        return os.path.join(self.root, path) if self.root else path

    def is_recursive(self, pattern):
        return self.recursive and pattern == (b"**" if isinstance(pattern, bytes) else "**")

    def names(self, directory):
        dot = b"." if isinstance(directory, bytes) else "."
        try:
            return os.listdir(self.place(directory) or dot)
        except OSError:
            return []

    def is_hidden(self, name):
        return name[:1] in (".", b".")

    def paths(self, pattern, dirs_only):
        head, tail = os.path.split(pattern)
        if not has_magic(pattern):
            place = self.place(pattern)
            if os.path.lexists(place) if tail else os.path.isdir(self.place(head)):
                yield pattern
            return
        if head and head != pattern and has_magic(head):
            heads = self.paths(head, True)
        else:
            heads = [head]
        for directory in heads:
            for name in self.in_directory(directory, tail, dirs_only, head):
                yield os.path.join(directory, name)

    def in_directory(self, directory, pattern, dirs_only, head):
        if self.is_recursive(pattern):
            if not directory or os.path.isdir(self.place(directory)):
                yield pattern[:0]
                yield from self.below(directory, dirs_only)
            return
        if not has_magic(pattern):
            place = self.place(os.path.join(directory, pattern))
            if os.path.lexists(place) if pattern else os.path.isdir(self.place(directory)):
                yield pattern
            return
        names = self.names(directory)
        if not (self.include_hidden or self.is_hidden(pattern)):
            names = [name for name in names if not self.is_hidden(name)]
        for name in fnmatch.filter(names, pattern):
            if not dirs_only or os.path.isdir(self.place(os.path.join(directory, name))):
                yield name

    def below(self, directory, dirs_only):
        for name in self.names(directory):
            if self.is_hidden(name) and not self.include_hidden:
                continue
            path = os.path.join(directory, name)
            is_dir = os.path.isdir(self.place(path))
            if is_dir or not dirs_only:
                yield name
            if is_dir:
                for inner in self.below(path, dirs_only):
                    yield os.path.join(name, inner)


def translate(pat, *, recursive=False, include_hidden=False, seps=None):
    """A regular expression that matches the paths a pattern matches."""
    if not seps:
        seps = (os.sep, os.altsep) if os.altsep else os.sep
    escaped = "".join(map(re.escape, seps))
    any_sep = f"[{escaped}]" if len(seps) > 1 else escaped
    not_sep = f"[^{escaped}]"
    if include_hidden:
        one_last = f"{not_sep}+"
        one = f"{one_last}{any_sep}"
        several = f"(?:.+{any_sep})?"
        last = ".*"
    else:
        one_last = f"[^{escaped}.]{not_sep}*"
        one = f"{one_last}{any_sep}"
        several = f"(?:{one})*"
        last = f"{several}(?:{one_last})?"
    result = []
    parts = re.split(any_sep, pat)
    for at, part in enumerate(parts):
        ends = at == len(parts) - 1
        if part == "*":
            result.append(one_last if ends else one)
        elif recursive and part == "**":
            if ends:
                result.append(last)
            elif parts[at + 1] != "**":
                result.append(several)
        else:
            if part:
                if not include_hidden and part[0] in "*?":
                    result.append(r"(?!\.)")
                inner = fnmatch.translate(part)
                body = inner[inner.index(":") + 1:inner.rindex(")")]
                result.append(body.replace(".*", f"{not_sep}*") if "*" in part else body.replace(".", not_sep)
                              if "?" in part else body)
            if not ends:
                result.append(any_sep)
    return rf"(?s:{''.join(result)})\z"
