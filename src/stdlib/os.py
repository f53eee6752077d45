"""The operating system, as far as the host lets programs see it."""

import posix
import posixpath as path
import sys
from abc import ABC, abstractmethod
from collections.abc import MutableMapping
from posix import *

sys.modules["os.path"] = path

name = "posix"
linesep = "\n"
curdir = path.curdir
pardir = path.pardir
sep = path.sep
pathsep = path.pathsep
defpath = path.defpath
extsep = path.extsep
altsep = path.altsep
devnull = path.devnull
error = OSError
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2


class _Environ(MutableMapping):
    """The environment variables."""

    def __init__(self, data):
        self._data = data

    def _checked(self, value):
        if not isinstance(value, str):
            raise TypeError(f"str expected, not {type(value).__name__}")
        return value

    def __getitem__(self, key):
        try:
            return self._data[self._checked(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        posix._putenv(self._checked(key), self._checked(value))
        self._data[key] = value

    def __delitem__(self, key):
        posix._putenv(self._checked(key), None)
        try:
            del self._data[key]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        yield from list(self._data)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return f"environ({{{', '.join(f'{key!r}: {value!r}' for key, value in self._data.items())}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        return {**self, **dict(other)}

    def __ror__(self, other):
        return {**dict(other), **self}


environ = _Environ(posix.environ)


def fdopen(fd, mode="r", buffering=-1, *args, **kwargs):
    """The file that a descriptor is open on, as a file object."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    # Here `open` is that of descriptors.
    from builtins import open as open_file

    return open_file(fd, mode, buffering, *args, **kwargs)


def getenv(key, default=None):
    """An environment variable, or the default."""
    return environ.get(key, default)


def putenv(key, value, /):
    """Set an environment variable for the programs started from here."""
    posix._putenv(key, value)


def unsetenv(key, /):
    """Remove an environment variable for the programs started from here."""
    posix._putenv(key, None)


def fspath(path):
    """The file system's form of a path: a str or bytes."""
    if isinstance(path, (str, bytes)):
        return path
    cls = type(path)
    try:
        made = cls.__fspath__(path)
    except AttributeError:
        if hasattr(cls, "__fspath__"):
            raise
        raise TypeError(f"expected str, bytes or os.PathLike object, not {cls.__name__}") from None
    if isinstance(made, (str, bytes)):
        return made
    raise TypeError(f"expected {cls.__name__}.__fspath__() to return str or bytes, not {type(made).__name__}")


def fsencode(filename):
    """A path as bytes."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """A path as a str."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


class PathLike(ABC):
    """Whatever stands for a path."""

    __slots__ = ()

    @abstractmethod
    def __fspath__(self):
        """The path as a str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return hasattr(subclass, "__fspath__")
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


def access(path, mode):
    """Can the path be used that way, as far as its permission bits say?"""
    try:
        found = stat(path)
    except OSError:
        return False
    return mode == 0 or (found.st_mode & (mode << 6 | mode << 3 | mode)) != 0


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those it stands in."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a directory, and those it stands in while they are empty."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def walk(top, topdown=True, onerror=None, followlinks=False):
    """The directories below one, each with the names in it."""
    top = fspath(top)
    try:
        names = listdir(top)
    except OSError as failure:
        if onerror is not None:
            onerror(failure)
        return
    dirs = [name for name in names if path.isdir(path.join(top, name))]
    files = [name for name in names if name not in dirs]
    if topdown:
        yield top, dirs, files
    for name in dirs:
        below = path.join(top, name)
        if followlinks or not path.islink(below):
            yield from walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files


def cpu_count():
    """How many processors a program should count on."""
    return 1


def get_exec_path(env=None):
    """The directories in which programs are looked for."""
    return (environ if env is None else env).get("PATH", defpath).split(pathsep)


def _exit(status):
    """End the process at once."""
    raise NotImplementedError("os._exit")
