"""Files and directories as wholes."""

import fnmatch
import os
import stat as _stat
from collections import namedtuple

__all__ = ["COPY_BUFSIZE", "Error", "ExecError", "ReadError", "RegistryError", "SameFileError", "SpecialFileError", "chown",
           "copy", "copy2", "copyfile", "copyfileobj", "copymode", "copystat", "copytree", "disk_usage",
           "get_archive_formats", "get_terminal_size", "get_unpack_formats", "ignore_patterns", "make_archive", "move",
           "rmtree", "unpack_archive", "which"]

COPY_BUFSIZE = 256 * 1024


class Error(OSError):
    pass


class SameFileError(Error):
    """The source and the destination are the same file."""


class SpecialFileError(OSError):
    """That cannot be done to such a file."""


class ReadError(OSError):
    """The archive cannot be read."""


class RegistryError(Exception):
    """The format is not known."""


class ExecError(OSError):
    """A command could not be run."""


def copyfileobj(fsrc, fdst, length=0):
    """Copy what is left of one file object to another."""
    while data := fsrc.read(length or COPY_BUFSIZE):
        fdst.write(data)


def _same(src, dst):
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return False


def copyfile(src, dst, *, follow_symlinks=True):
    """Copy what a file holds; the destination."""
    if _same(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    for path in (src, dst):
        try:
            if _stat.S_ISFIFO(os.stat(path).st_mode):
                raise SpecialFileError(f"`{os.fspath(path)}` is a named pipe")
        except FileNotFoundError:
            pass
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, "rb") as source:
        try:
            with open(dst, "wb") as target:
                copyfileobj(source, target)
        except IsADirectoryError as error:
            if os.path.exists(dst):
                raise
            raise FileNotFoundError(f"Directory does not exist: {dst}") from error
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    """Copy the permissions."""
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        return
    os.chmod(dst, _stat.S_IMODE(os.stat(src).st_mode))


def copystat(src, dst, *, follow_symlinks=True):
    """Copy the permissions and times."""
    follow = follow_symlinks or not (os.path.islink(src) and os.path.islink(dst))
    found = os.stat(src, follow_symlinks=follow)
    os.utime(dst, ns=(found.st_atime_ns, found.st_mtime_ns), follow_symlinks=follow)
    if follow:
        os.chmod(dst, _stat.S_IMODE(found.st_mode))


def _into(src, dst):
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    """Copy a file and its permissions; the destination."""
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """Copy a file, its permissions and times; the destination."""
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


def ignore_patterns(*patterns):
    """A function for `copytree` that leaves out what matches a pattern."""

    def ignored(path, names):
        return {name for pattern in patterns for name in fnmatch.filter(names, pattern)}

    return ignored


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False,
             dirs_exist_ok=False):
    """Copy a directory with all that is in it; the destination."""
    with os.scandir(src) as found:
        entries = list(found)
    left_out = ignore(os.fspath(src), [entry.name for entry in entries]) if ignore is not None else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    for entry in entries:
        if entry.name in left_out:
            continue
        source, target = os.path.join(src, entry.name), os.path.join(dst, entry.name)
        try:
            if entry.is_symlink() and symlinks:
                os.symlink(os.readlink(source), target)
                copystat(source, target, follow_symlinks=False)
            elif entry.is_symlink() and ignore_dangling_symlinks and not os.path.exists(source):
                continue
            elif entry.is_dir():
                copytree(source, target, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(source if copy_function not in (copy, copy2) else entry.path, target)
        except Error as error:
            errors.extend(error.args[0])
        except OSError as error:
            errors.append((source, target, str(error)))
    try:
        copystat(src, dst)
    except OSError as error:
        errors.append((src, dst, str(error)))
    if errors:
        raise Error(errors)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    """Remove a directory with all that is in it."""
    if ignore_errors:
        def failed(function, path, error):
            pass
    elif onexc is not None:
        failed = onexc
    elif onerror is not None:
        def failed(function, path, error):
            onerror(function, path, (type(error), error, error.__traceback__))
    else:
        def failed(function, path, error):
            raise error
    if isinstance(path, bytes) or not isinstance(path, int):
        path = os.fspath(path)
    try:
        if os.path.islink(path):
            raise OSError("Cannot call rmtree on a symbolic link")
    except OSError as error:
        failed(os.path.islink, path, error)
        return
    _remove_below(path, failed)


rmtree.avoids_symlink_attacks = False


def _remove_below(path, failed):
    try:
        entries = list(os.scandir(path))
    except FileNotFoundError as error:
        failed(os.lstat, path, error)
        return
    except OSError as error:
        failed(os.scandir, path, error)
        entries = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _remove_below(entry.path, failed)
            continue
        try:
            os.unlink(entry.path)
        except OSError as error:
            failed(os.unlink, entry.path, error)
    try:
        os.rmdir(path)
    except OSError as error:
        failed(os.rmdir, path, error)


def move(src, dst, copy_function=copy2):
    """Move a file or directory; where it is now."""
    target = dst
    if os.path.isdir(dst):
        if _same(src, dst) and not os.path.islink(src):
            os.rename(src, dst)
            return dst
        target = os.path.join(dst, os.path.basename(os.fspath(src).rstrip(os.sep)))
        if os.path.exists(target):
            raise Error(f"Destination path '{target}' already exists")
    try:
        os.rename(src, target)
    except OSError as error:
        if error.errno != 18:
            raise
        if os.path.islink(src):
            os.symlink(os.readlink(src), target)
            os.unlink(src)
        elif os.path.isdir(src):
            copytree(src, target, copy_function=copy_function, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, target)
            os.unlink(src)
    return target


_usage = namedtuple("usage", "total used free")


def disk_usage(path):
    """The space of a file system: all, used, free."""
    import posix

    total, free, available = posix._disk_space(os.fspath(path))
    return _usage(total, total - free, available)


def chown(path, user=None, group=None, *, dir_fd=None, follow_symlinks=True):
    """Give a file to another user."""
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    raise NotImplementedError("shutil.chown")


def get_terminal_size(fallback=(80, 24)):
    """How many columns and lines the terminal has, or would have."""
    numbers = []
    for name in ("COLUMNS", "LINES"):
        try:
            numbers.append(int(os.environ[name]))
        except (KeyError, ValueError):
            numbers.append(0)
    columns, lines = numbers
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size(1)
        except (AttributeError, ValueError, OSError):
            size = fallback
        if columns <= 0:
            columns = size[0] or fallback[0]
        if lines <= 0:
            lines = size[1] or fallback[1]
    return os.terminal_size((columns, lines))


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """The path of the program that a command runs; None if there is none."""

    def usable(file):
        return os.path.exists(file) and os.access(file, mode) and not os.path.isdir(file)

    if os.path.dirname(cmd):
        return cmd if usable(cmd) else None
    if path is None:
        path = os.environ.get("PATH", os.defpath)
    if not path:
        return None
    separator = os.pathsep
    if isinstance(cmd, bytes):
        path, separator = os.fsencode(path), os.fsencode(separator)
    for directory in dict.fromkeys(os.fsdecode(path).split(os.pathsep) if isinstance(path, str) else path.split(separator)):
        file = os.path.join(directory, cmd)
        if usable(file):
            return file
    return None


def get_archive_formats():
    """The formats of archives that can be made: none yet."""
    return []


def get_unpack_formats():
    """The formats of archives that can be unpacked: none yet."""
    return []


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None,
                 logger=None):
    raise NotImplementedError("shutil.make_archive")


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    raise NotImplementedError("shutil.unpack_archive")
