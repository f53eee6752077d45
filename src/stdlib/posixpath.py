"""Paths with slashes."""

import posix

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False


def _fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    import os

    return os.fspath(path)


def _slash(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    """The path in the case the file system counts as the same: unchanged."""
    return _fspath(s)


def isabs(s):
    """Does the path begin at the root?"""
    s = _fspath(s)
    return s.startswith(_slash(s))


def join(a, *p):
    """Join paths; an absolute one begins anew."""
    a = _fspath(a)
    slash = _slash(a)
    path = a
    for b in map(_fspath, p):
        if isinstance(b, bytes) is not isinstance(a, bytes):
            raise TypeError("Can't mix strings and bytes in path components")
        if b.startswith(slash) or not path:
            path = b
        elif path.endswith(slash):
            path += b
        else:
            path += slash + b
    return path


def split(p):
    """The path before the last slash, and the name after it."""
    p = _fspath(p)
    slash = _slash(p)
    i = p.rfind(slash) + 1
    head, tail = p[:i], p[i:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    """The path without its extension, and the extension."""
    p = _fspath(p)
    slash = _slash(p)
    dot = b"." if isinstance(p, bytes) else "."
    start = p.rfind(slash) + 1
    place = p.rfind(dot)
    # Dots at the beginning of a name do not begin an extension.
    if place < start or not p[start:place].strip(dot):
        return p, p[:0]
    return p[:place], p[place:]


def splitdrive(p):
    """An empty drive, and the path."""
    p = _fspath(p)
    return p[:0], p


def splitroot(p):
    """An empty drive, the root, and the rest of the path."""
    p = _fspath(p)
    slash = _slash(p)
    if not p.startswith(slash):
        return p[:0], p[:0], p
    if p.startswith(slash * 2) and not p.startswith(slash * 3):
        return p[:0], p[:2], p[2:]
    return p[:0], p[:1], p[1:]


def basename(p):
    """The name after the last slash."""
    return split(p)[1]


def dirname(p):
    """The path before the last slash."""
    return split(p)[0]


def _status(path, follow=True):
    try:
        return posix.stat(path, follow_symlinks=follow)
    except (OSError, ValueError):
        return None


def exists(path):
    """Is there anything?"""
    return _status(path) is not None


def lexists(path):
    """Is there anything, a broken link included?"""
    return _status(path, False) is not None


def _is_kind(path, kind, follow=True):
    found = _status(path, follow)
    return found is not None and found.st_mode & 0o170000 == kind


def isfile(path):
    """Is there a regular file?"""
    return _is_kind(path, 0o100000)


def isdir(s):
    """Is there a directory?"""
    return _is_kind(s, 0o040000)


def islink(path):
    """Is there a symbolic link?"""
    return _is_kind(path, 0o120000, False)


def getsize(filename):
    """The size of a file in bytes."""
    return posix.stat(filename).st_size


def getmtime(filename):
    """When a file was last changed."""
    return posix.stat(filename).st_mtime


def getatime(filename):
    """When a file was last read."""
    return posix.stat(filename).st_atime


def getctime(filename):
    """When a file's status was last changed."""
    return posix.stat(filename).st_ctime


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Are two paths the same file?"""
    return samestat(posix.stat(f1), posix.stat(f2))


def commonprefix(m):
    """The longest text that all begin with."""
    if not m:
        return ""
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    """The longest path that all lie below."""
    paths = tuple(map(_fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    slash = _slash(paths[0])
    absolute = {path.startswith(slash) for path in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    dot = slash.replace(b"/", b".") if isinstance(slash, bytes) else "."
    parts = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    low, high = min(parts), max(parts)
    common = low
    for i, part in enumerate(low):
        if part != high[i]:
            common = low[:i]
            break
    return (slash if True in absolute else slash[:0]) + slash.join(common)


def expanduser(path):
    """Replace ~ by the home directory."""
    path = _fspath(path)
    if not path.startswith("~"):
        return path
    end = path.find("/", 1)
    if end < 0:
        end = len(path)
    home = posix.environ.get("HOME")
    if end != 1 or home is None:
        return path
    return (home.rstrip("/") + path[end:]) or "/"


def expandvars(path):
    """Replace $name and ${name} by environment variables."""
    path = _fspath(path)
    parts = []
    at = 0
    while True:
        found = path.find("$", at)
        if found < 0:
            parts.append(path[at:])
            return "".join(parts)
        parts.append(path[at:found])
        start = found + 1
        braced = path.startswith("{", start)
        end = start + braced
        if braced:
            end = path.find("}", end)
            if end < 0:
                parts.append(path[found:])
                return "".join(parts)
        else:
            while end < len(path) and (path[end] == "_" or (path[end].isascii() and path[end].isalnum())):
                end += 1
        name = path[start + braced : end]
        at = end + braced
        value = posix.environ.get(name) if name else None
        parts.append(path[found:at] if value is None else value)


def normpath(path):
    """The path without empty, `.` and `name/..` parts."""
    path = _fspath(path)
    slash = _slash(path)
    dot, dots = (b".", b"..") if isinstance(path, bytes) else (".", "..")
    if not path:
        return dot
    _, root, rest = splitroot(path)
    parts = []
    for part in rest.split(slash):
        if not part or part == dot:
            continue
        if part != dots or (not root and not parts) or (parts and parts[-1] == dots):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + slash.join(parts) or dot


def abspath(path):
    """The path from the root."""
    path = _fspath(path)
    if not isabs(path):
        here = posix.getcwd()
        path = join(here.encode("utf-8", "surrogateescape") if isinstance(path, bytes) else here, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The path without symbolic links, as far as it exists."""
    filename = _fspath(filename)
    dot, dots = (b".", b"..") if isinstance(filename, bytes) else (".", "..")
    slash = _slash(filename)
    # What is still to be gone, from its end; a link that has been gone leaves a mark with what it stood for.
    rest = filename.split(slash)[::-1]
    done = slash if filename.startswith(slash) else abspath(dot)
    links = {}
    while rest:
        name = rest.pop()
        if isinstance(name, tuple):
            links[name[0]] = done
            continue
        if not name or name == dot:
            continue
        if name == dots:
            done = done[:done.rindex(slash)] or slash
            continue
        here = done + name if done == slash else done + slash + name
        try:
            if not islink(here):
                if strict:
                    posix.lstat(here)
                done = here
                continue
            if here in links:
                if links[here] is not None:
                    done = links[here]
                    continue
                if strict:
                    posix.stat(here)
                done = here
                continue
            target = posix.readlink(here)
        except OSError:
            if strict:
                raise
            done = here
            continue
        links[here] = None
        rest.append((here,))
        if target.startswith(slash):
            done = slash
        rest.extend(target.split(slash)[::-1])
    return done


def relpath(path, start=None):
    """The way from `start` to a path."""
    path = _fspath(path)
    if not path:
        raise ValueError("no path specified")
    slash = _slash(path)
    dots = b".." if isinstance(path, bytes) else ".."
    start = (b"." if isinstance(path, bytes) else ".") if start is None else _fspath(start)
    from_parts = [part for part in abspath(start).split(slash) if part]
    to_parts = [part for part in abspath(path).split(slash) if part]
    common = 0
    while common < min(len(from_parts), len(to_parts)) and from_parts[common] == to_parts[common]:
        common += 1
    parts = [dots] * (len(from_parts) - common) + to_parts[common:]
    return slash.join(parts) if parts else dots[:1]


def ismount(path):
    """Is another file system mounted there?"""
    found = _status(path, False)
    if found is None or found.st_mode & 0o170000 == 0o120000:
        return False
    above = _status(join(_fspath(path), ".."), False)
    return above is not None and (found.st_dev != above.st_dev or found.st_ino == above.st_ino)


def isjunction(path):
    """Such things are not here."""
    _fspath(path)
    return False


def isdevdrive(path):
    """Such things are not here."""
    _fspath(path)
    return False


def sameopenfile(fp1, fp2):
    """Are two descriptors open on the same file?"""
    return samestat(posix.fstat(fp1), posix.fstat(fp2))
