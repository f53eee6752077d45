"""Files and directories that are to go."""

import io
import os
import shutil
import weakref
from random import Random
from types import GenericAlias

__all__ = ["NamedTemporaryFile", "SpooledTemporaryFile", "TMP_MAX", "TemporaryDirectory", "TemporaryFile", "gettempdir",
           "gettempdirb", "gettempprefix", "gettempprefixb", "mkdtemp", "mkstemp", "mktemp", "tempdir"]

TMP_MAX = 10000
template = "tmp"
tempdir = None
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
_names = None


def _name():
    global _names
    if _names is None:
        _names = Random(int.from_bytes(os.urandom(16)))
    return "".join(_names.choices(_LETTERS, k=8))


def gettempprefix():
    """How names begin."""
    return template


def gettempprefixb():
    """How names begin, as bytes."""
    return os.fsencode(template)


def gettempdir():
    """The directory of such files."""
    global tempdir
    if tempdir is None:
        places = [os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)]
        places += ["/tmp", "/var/tmp", "/usr/tmp", os.getcwd()]
        for place in places:
            place = os.path.abspath(place)
            if os.path.isdir(place) and os.access(place, os.W_OK | os.X_OK):
                tempdir = place
                break
        else:
            raise FileNotFoundError(2, f"No usable temporary directory found in {places}")
    return os.fsdecode(tempdir) if isinstance(tempdir, bytes) else tempdir


def gettempdirb():
    """The directory of such files, as bytes."""
    return os.fsencode(gettempdir())


def _parts(prefix, suffix, dir):
    """The three parts of a name, all str or all bytes."""
    kinds = set()
    for part in (prefix, suffix, dir):
        if part is not None:
            kinds.add(bytes if isinstance(os.fspath(part), bytes) else str)
    if len(kinds) > 1:
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    if kinds == {bytes}:
        return (b"tmp" if prefix is None else prefix, b"" if suffix is None else suffix,
                gettempdirb() if dir is None else os.fspath(dir), os.fsencode)
    return (template if prefix is None else prefix, "" if suffix is None else suffix,
            gettempdir() if dir is None else os.fspath(dir), str)


def _made(prefix, suffix, dir, make, what):
    """The first name for which `make` works."""
    prefix, suffix, dir, convert = _parts(prefix, suffix, dir)
    for _ in range(TMP_MAX):
        path = os.path.abspath(os.path.join(dir, prefix + convert(_name()) + suffix))
        try:
            return make(path), path
        except FileExistsError:
            continue
    raise FileExistsError(17, f"No usable temporary {what} name found")


def _create(path):
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Make a file: its descriptor and its path."""
    return _made(prefix, suffix, dir, _create, "file")


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Make a directory: its path."""
    return _made(prefix, suffix, dir, lambda path: os.mkdir(path, 0o700), "directory")[1]


def mktemp(suffix="", prefix=template, dir=None):
    """A path that nothing has yet."""
    dir = gettempdir() if dir is None else dir
    while True:
        path = os.path.join(dir, prefix + _name() + suffix)
        if not os.path.lexists(path):
            return path


class _TemporaryFileWrapper:
    """A file that goes when it is closed."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file = file
        self.name = name
        self.delete = delete
        self._delete_on_close = delete_on_close
        self._finalizer = weakref.finalize(self, _remove, file, name if delete else None)

    def __getattr__(self, name):
        found = getattr(self.__dict__["file"], name)
        if not callable(found) or isinstance(found, type):
            return found

        # The method keeps this object, and so the file, there.
        def method(*args, **kwargs):
            self
            return found(*args, **kwargs)

        method.__name__ = method.__qualname__ = name
        setattr(self, name, method)
        return method

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *exc_info):
        result = self.file.__exit__(*exc_info)
        self._gone(True)
        return result

    def close(self):
        self.file.close()
        self._gone(self._delete_on_close)

    def _gone(self, now):
        if self.delete and now:
            self._finalizer()

    def __iter__(self):
        yield from self.file

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__name__} {self.file!r}>"


def _remove(file, name):
    file.close()
    if name is not None:
        try:
            os.unlink(name)
        except FileNotFoundError:
            pass


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None, delete_on_close=True):
    """A file that goes when it is closed; `name` is its path."""
    fd, name = _made(prefix, suffix, dir, _create, "file")
    try:
        file = io.open(fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors)
    except BaseException:
        os.unlink(name)
        os.close(fd)
        raise
    return _TemporaryFileWrapper(file, name, delete, delete_on_close)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                  errors=None):
    """A file without a name."""
    fd, name = _made(prefix, suffix, dir, _create, "file")
    try:
        os.unlink(name)
        return io.open(fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors)
    except BaseException:
        os.close(fd)
        raise


class SpooledTemporaryFile:
    """A file that lives in memory while it is small."""

    _rolled = False

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                 dir=None, *, errors=None):
        if "b" in mode:
            self._file = io.BytesIO()
        else:
            self._file = io.TextIOWrapper(io.BytesIO(), encoding=encoding or "utf-8", errors=errors, newline=newline)
        self._max_size = max_size
        self._how = dict(mode=mode, buffering=buffering, suffix=suffix, prefix=prefix, encoding=encoding, newline=newline,
                         dir=dir, errors=errors)

    def rollover(self):
        """Go on in a real file."""
        if self._rolled:
            return
        old = self._file
        new = self._file = TemporaryFile(**self._how)
        place = old.tell()
        if hasattr(new, "buffer"):
            old.flush()
            new.buffer.write(old.detach().getvalue())
        else:
            new.write(old.getvalue())
        new.seek(place, 0)
        self._rolled = True

    def _check(self):
        if not self._rolled and self._max_size and self._file.tell() > self._max_size:
            self.rollover()

    def write(self, s):
        count = self._file.write(s)
        self._check()
        return count

    def writelines(self, iterable):
        self._file.writelines(iterable)
        self._check()

    def truncate(self, size=None):
        if size is not None and size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    @property
    def name(self):
        return getattr(self._file, "name", None)

    @property
    def mode(self):
        return getattr(self._file, "mode", self._how["mode"])

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._file, name)

    def __iter__(self):
        return iter(self._file)

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, *exc_info):
        self._file.close()

    __class_getitem__ = classmethod(GenericAlias)


class TemporaryDirectory:
    """A directory that goes, with all that is in it, at the end of a `with`."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._delete = delete
        self._finalizer = weakref.finalize(self, _remove_directory, self.name, f"Implicitly cleaning up {self!r}",
                                           ignore_cleanup_errors, delete)

    def __repr__(self):
        return f"<{type(self).__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, *exc_info):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        """Remove the directory."""
        if self._finalizer.detach() or os.path.exists(self.name):
            shutil.rmtree(self.name, ignore_errors=self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(GenericAlias)


def _remove_directory(name, message, ignore_errors, delete):
    if delete:
        import warnings

        shutil.rmtree(name, ignore_errors=ignore_errors)
        warnings.warn(message, ResourceWarning)
