"""Paths as Windows writes them: what can be said of them as text."""

from genericpath import commonprefix
from posixpath import exists, getatime, getctime, getmtime, getsize, isdir, isfile, islink, lexists

curdir = "."
pardir = ".."
extsep = "."
sep = "\\"
pathsep = ";"
altsep = "/"
defpath = ".;C:\\bin"
devnull = "nul"


def _text(path):
    import os

    return os.fspath(path)


def _seps(path):
    return (b"\\", b"/", b":") if isinstance(path, bytes) else ("\\", "/", ":")


def normcase(s):
    """The path in small letters, with backslashes."""
    s = _text(s)
    return s.replace(_seps(s)[1], _seps(s)[0]).lower()


def splitroot(p):
    """Drive, root and the rest."""
    p = _text(p)
    back, slash, colon = _seps(p)
    nothing = p[:0]
    plain = p.replace(slash, back)
    if plain[:2] == back * 2:
        # A share, \\server\share, or a device, \\?\UNC\server\share.
        device = back * 2 + (b"?" if isinstance(p, bytes) else "?") + back + (b"UNC" if isinstance(p, bytes) else "UNC")
        start = 8 if plain[:8].upper() == device + back else 2
        server = plain.find(back, start)
        if server == -1:
            return p, nothing, nothing
        share = plain.find(back, server + 1)
        if share == -1:
            return p, nothing, nothing
        return p[:share], p[share:share + 1], p[share + 1:]
    if plain[:1] == back:
        return nothing, p[:1], p[1:]
    if plain[1:2] == colon:
        if plain[2:3] == back:
            return p[:2], p[2:3], p[3:]
        return p[:2], nothing, p[2:]
    return nothing, nothing, p


def splitdrive(p):
    """The drive and the rest."""
    drive, root, rest = splitroot(p)
    return drive, root + rest


def isabs(s):
    """Does the path begin at the root of a drive?"""
    s = _text(s)
    back, slash, colon = _seps(s)
    start = s[:3].replace(slash, back)
    return start[:2] == back * 2 or start[1:3] == colon + back


def join(path, *paths):
    """The paths one behind the other."""
    path = _text(path)
    back, slash, colon = _seps(path)
    drive, root, rest = splitroot(path)
    for more in map(_text, paths):
        its_drive, its_root, its_rest = splitroot(more)
        if its_root:
            if its_drive or not drive:
                drive = its_drive
            root, rest = its_root, its_rest
            continue
        if its_drive and its_drive != drive:
            if its_drive.lower() != drive.lower():
                drive, root, rest = its_drive, its_root, its_rest
                continue
            drive = its_drive
        if rest and rest[-1:] not in (back, slash):
            rest += back
        rest += its_rest
    if rest and not root and drive and drive[-1:] not in (colon, back, slash):
        return drive + back + rest
    return drive + root + rest


def split(p):
    """What stands before the last separator, and behind it."""
    p = _text(p)
    back, slash, _ = _seps(p)
    drive, root, rest = splitroot(p)
    at = len(rest)
    while at and rest[at - 1:at] not in (back, slash):
        at -= 1
    head, tail = rest[:at], rest[at:]
    return drive + root + head.rstrip(back + slash), tail


def basename(p):
    """What stands behind the last separator."""
    return split(p)[1]


def dirname(p):
    """What stands before the last separator."""
    return split(p)[0]


def splitext(p):
    """The path without its suffix, and the suffix."""
    p = _text(p)
    back, slash, _ = _seps(p)
    dot = b"." if isinstance(p, bytes) else "."
    start = max(p.rfind(back), p.rfind(slash)) + 1
    at = p.rfind(dot)
    if at > start and p[start:at].strip(dot):
        return p[:at], p[at:]
    return p, p[:0]


def normpath(path):
    """The path without needless parts."""
    path = _text(path)
    back, slash, _ = _seps(path)
    dot = b"." if isinstance(path, bytes) else "."
    path = path.replace(slash, back)
    drive, root, rest = splitroot(path)
    parts = []
    for part in rest.split(back):
        if not part or part == dot:
            continue
        if part == dot * 2:
            if parts and parts[-1] != part:
                parts.pop()
                continue
            if root:
                continue
        parts.append(part)
    prefix = drive + root
    if not prefix and not parts:
        return dot
    return prefix + back.join(parts)


def abspath(path):
    """The path from the root of the current directory."""
    import os

    path = _text(path)
    return normpath(path if isabs(path) else join(os.getcwd(), path))
