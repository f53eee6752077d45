"""The operating system, as far as the host lets programs see it."""

import posix
import posixpath as path
import sys
from abc import ABC, abstractmethod
from collections.abc import MutableMapping
from posix import *
from posix import _exit

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

    def __init__(self, data, kind=str):
        self._data, self._kind = data, kind

    def _text(self, value):
        if not isinstance(value, self._kind):
            raise TypeError(f"{self._kind.__name__} expected, not {type(value).__name__}")
        return value if self._kind is str else fsdecode(value)

    def _shown(self, text):
        return text if self._kind is str else fsencode(text)

    def __getitem__(self, key):
        try:
            return self._shown(self._data[self._text(key)])
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        key, value = self._text(key), self._text(value)
        posix._putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        text = self._text(key)
        posix._putenv(text, None)
        try:
            del self._data[text]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        yield from map(self._shown, list(self._data))

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return f"environ({{{', '.join(f'{key!r}: {value!r}' for key, value in self.items())}}})"

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
environb = _Environ(posix.environ, bytes)


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


def getcwdb():
    """The working directory, as bytes."""
    return fsencode(getcwd())


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


def _split_last(name):
    """The path before the last name, and that name; "a/b/" ends in b."""
    around, last = path.split(name)
    return (around, last) if last else path.split(around)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those it stands in."""
    missing = [name]
    while True:
        around, last = _split_last(missing[-1])
        if not around or not last or path.exists(around):
            break
        missing.append(around)
    # From the outermost on. The inner ones alone get the mode, and only they must be new; `a/.` is there once `a` is.
    while len(missing) > 1:
        outer = missing.pop()
        try:
            mkdir(outer)
        except FileExistsError:
            pass
        except OSError:
            if not exist_ok or not path.isdir(outer):
                raise
        if _split_last(missing[-1])[1] == (b"." if isinstance(outer, bytes) else "."):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not (exist_ok and path.isdir(name)):
            raise


def removedirs(name):
    """Remove a directory, and those it stands in while they are empty."""
    rmdir(name)
    around, last = _split_last(name)
    try:
        while around and last:
            rmdir(around)
            around, last = path.split(around)
    except OSError:
        return


def renames(old, new):
    """Rename, making the directories that are missing and removing those that become empty."""
    target, source = path.split(new), path.split(old)
    if all(target) and not path.exists(target[0]):
        makedirs(target[0])
    rename(old, new)
    if all(source):
        try:
            removedirs(source[0])
        except OSError:
            # It is not empty, so it stays.
            pass


class DirEntry:
    """One name of a directory, as `scandir` finds it."""

    __slots__ = ("name", "path", "_status", "_own_status", "__weakref__")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'posix.DirEntry' instances")

    def stat(self, *, follow_symlinks=True):
        if follow_symlinks:
            if self._status is None:
                self._status = stat(self.path)
            return self._status
        if self._own_status is None:
            self._own_status = lstat(self.path)
        return self._own_status

    def _is(self, kind, follow_symlinks):
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode & 0o170000 == kind
        except FileNotFoundError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        return self._is(0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is(0o100000, follow_symlinks)

    def is_symlink(self):
        return self._is(0o120000, False)

    def is_junction(self):
        return False

    def inode(self):
        return self.stat(follow_symlinks=False).st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    __class_getitem__ = classmethod(type(list[int]))


DirEntry.__module__ = "posix"


class _Entries:
    """The iterator that `scandir` gives."""

    def __init__(self, top, names):
        self._left = iter(names)
        self._top = top

    def __iter__(self):
        return self

    def __next__(self):
        name = next(self._left)
        entry = object.__new__(DirEntry)
        entry.name = name
        entry.path = path.join(self._top, name)
        entry._status = entry._own_status = None
        return entry

    def close(self):
        self._left = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


_Entries.__name__ = _Entries.__qualname__ = "ScandirIterator"
_Entries.__module__ = "posix"


def scandir(path=None):
    """The names of a directory as objects that know more of them."""
    top = "." if path is None else fspath(path)
    return _Entries(top, listdir(top))


def walk(top, topdown=True, onerror=None, followlinks=False):
    """The directories below one, each with the names in it."""
    # Directories yet to be seen, and what is to be given as it is on the way back up.
    waiting = [(fspath(top), None)]
    while waiting:
        top, ready = waiting.pop()
        if ready is not None:
            yield ready
            continue
        try:
            entries = list(scandir(top))
        except OSError as failure:
            if onerror is not None:
                onerror(failure)
            continue
        dirs, files, below = [], [], []
        for entry in entries:
            try:
                is_dir = entry.is_dir()
            except OSError:
                is_dir = False
            (dirs if is_dir else files).append(entry.name)
            if is_dir and not topdown and (followlinks or not entry.is_symlink()):
                below.append(entry.path)
        if topdown:
            yield top, dirs, files
            for name in reversed(dirs):
                inner = path.join(top, name)
                if followlinks or not path.islink(inner):
                    waiting.append((inner, None))
        else:
            waiting.append((top, (top, dirs, files)))
            waiting.extend((inner, None) for inner in reversed(below))


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Change when a file was read and written."""
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    given = times if ns is None else ns
    if given is None:
        posix._utime(fspath(path), None, None, follow_symlinks)
        return
    if not isinstance(given, tuple) or len(given) != 2:
        what = "times" if ns is None else "ns"
        kind = "either a tuple of two ints or None" if ns is None else "a tuple of two ints"
        raise TypeError(f"utime: '{what}' must be {kind}")
    accessed, modified = given if ns is not None else (round(time * 1_000_000_000) for time in given)
    posix._utime(fspath(path), accessed, modified, follow_symlinks)


def truncate(path, length):
    """Cut or extend a file."""
    fd = path if isinstance(path, int) else open(path, O_WRONLY)
    try:
        ftruncate(fd, length)
    finally:
        if fd is not path:
            close(fd)


def cpu_count():
    """How many processors a program should count on."""
    given = sys._xoptions.get("cpu_count")
    if given is None and not sys.flags.ignore_environment:
        given = environ.get("PYTHON_CPU_COUNT")
    return int(given) if isinstance(given, str) and given != "default" else 1


process_cpu_count = cpu_count


def getenvb(key, default=None):
    """An environment variable as bytes."""
    value = environ.get(fsdecode(key))
    return default if value is None else fsencode(value)


supports_bytes_environ = True
supports_dir_fd = set()
supports_effective_ids = set()
supports_fd = {stat}
supports_follow_symlinks = {stat, utime}


def getlogin():
    """The name of who is logged in."""
    for variable in ("LOGNAME", "USER"):
        if variable in environ:
            return environ[variable]
    raise OSError(6, strerror(6))


def get_exec_path(env=None):
    """The directories in which programs are looked for."""
    return (environ if env is None else env).get("PATH", defpath).split(pathsep)


# ---- other processes


def WIFEXITED(status):
    """Has it ended by itself?"""
    return status & 0x7F == 0


def WEXITSTATUS(status):
    """With which status, then."""
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    """Has a signal ended it?"""
    return status & 0x7F not in (0, 0x7F)


def WTERMSIG(status):
    """Which, then."""
    return status & 0x7F


def WIFSTOPPED(status):
    """Has a signal stopped it?"""
    return status & 0xFF == 0x7F


def WSTOPSIG(status):
    """Which, then."""
    return status >> 8 & 0xFF


def WIFCONTINUED(status):
    """Does it run again?"""
    return status == 0xFFFF


def WCOREDUMP(status):
    """Was its memory written to a file?"""
    return status & 0x80 != 0


def waitstatus_to_exitcode(status):
    """The exit status, or the negative number of the signal that ended the process."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    if WIFSTOPPED(status):
        raise ValueError(f"process stopped by delivery of signal {WSTOPSIG(status)}")
    raise ValueError(f"invalid wait status: {status}")


def _until_ended(pid, look, deadline=None):
    """Wait until a child has ended, or what one of any has done is seen by looking again and again."""
    from select import select
    from time import monotonic, sleep

    try:
        end = None if pid <= 0 else posix.pidfd_open(pid)
    except OSError:
        end = None
    pause = 0.0005
    try:
        while look() is None:
            left = None if deadline is None else deadline - monotonic()
            if left is not None and left <= 0:
                return
            if end is not None:
                select([end], (), (), left)
            else:
                pause = min(2 * pause, 0.05)
                sleep(pause if left is None else min(pause, left))
    finally:
        if end is not None:
            close(end)


def waitpid(pid, options, /):
    """Wait until a child has ended, any with -1; its number and status, or zeros where it has not and WNOHANG says so."""
    ended = posix._take_ended(pid)
    if ended is None and options & WNOHANG:
        return 0, 0
    if ended is None:

        def look():
            nonlocal ended
            ended = posix._take_ended(pid)
            return ended

        _until_ended(pid, look)
    return ended


def wait():
    """Wait until a child has ended; its number and status."""
    return waitpid(-1, 0)


def killpg(pgid, signal, /):
    """Send a signal to a process group."""
    kill(-pgid, signal)


def system(command):
    """Run a line of the shell; its wait status."""
    import subprocess

    code = subprocess.call(fsdecode(command), shell=True)
    return code << 8 if code >= 0 else -code


def popen(cmd, mode="r", buffering=-1):
    """Run a line of the shell; a file to read what it writes from, or to write what it reads to."""
    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError(f"invalid mode {mode!r}")
    if buffering == 0 or buffering is None:
        raise ValueError("popen() does not support unbuffered streams")
    import subprocess

    end = "stdout" if mode == "r" else "stdin"
    process = subprocess.Popen(cmd, shell=True, text=True, bufsize=buffering, **{end: subprocess.PIPE})
    return _OfProcess(getattr(process, end), process)


class _OfProcess:
    """The file that `popen` gives: closing it waits for the program."""

    def __init__(self, stream, process):
        self._stream, self._process = stream, process

    def close(self):
        """Close it; the program's status, or None if that is 0."""
        self._stream.close()
        code = self._process.wait()
        if code == 0:
            return None
        return -code if code < 0 else code << 8

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


_OfProcess.__name__ = _OfProcess.__qualname__ = "_wrap_close"


def _missing(name):
    def refuse(*args, **kwargs):
        raise NotImplementedError(f"os.{name}")

    refuse.__name__ = refuse.__qualname__ = name
    return refuse


# A process that becomes two, or another program, is none that a host could hold.
for _name in ("abort", "execv", "execve", "execvp", "fork"):
    globals()[_name] = _missing(_name)
del _name
