"""Paths as objects."""

import fnmatch
import io
import ntpath
import os
import posixpath
from collections.abc import Sequence
from types import GenericAlias

__all__ = ["Path", "PosixPath", "PurePath", "PurePosixPath", "PureWindowsPath", "UnsupportedOperation", "WindowsPath"]


class UnsupportedOperation(NotImplementedError):
    """This system cannot do that to paths."""


class _Parents(Sequence):
    """The directories above a path, nearest first."""

    def __init__(self, path):
        self._path = path

    def __len__(self):
        return len(self._path._tail)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        length = len(self)
        if not -length <= index < length:
            raise IndexError(index)
        if index < 0:
            index += length
        path = self._path
        return path._of_parts(path.drive, path.root, path._tail[:length - index - 1])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


_Parents.__name__ = _Parents.__qualname__ = "_PathParents"


class PurePath:
    """A path as text: nothing is asked of the file system."""

    __slots__ = ("_raw", "_parsed", "_text", "_hash", "__weakref__")
    parser = os.path

    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PurePosixPath
        return object.__new__(cls)

    def __init__(self, *args):
        texts = []
        for arg in args:
            if isinstance(arg, PurePath):
                text = arg._joined()
                if arg.parser is not self.parser:
                    text = text.replace(arg.parser.sep, "/") if arg.parser is ntpath else text
                texts.append(text)
                continue
            try:
                text = os.fspath(arg)
            except TypeError:
                text = arg
            if not isinstance(text, str):
                raise TypeError("argument should be a str or an os.PathLike object where __fspath__ returns a str, "
                                f"not {type(text).__name__!r}")
            texts.append(text)
        self._raw = texts
        self._parsed = self._text = self._hash = None

    def with_segments(self, *pathsegments):
        """A path of the same kind, from these parts."""
        return type(self)(*pathsegments)

    def _joined(self):
        if len(self._raw) == 1:
            return self._raw[0]
        return self.parser.join(*self._raw) if self._raw else ""

    @classmethod
    def _parse(cls, path):
        if not path:
            return "", "", []
        sep, altsep = cls.parser.sep, cls.parser.altsep
        if altsep:
            path = path.replace(altsep, sep)
        drive, root, rest = cls.parser.splitroot(path)
        if not root and drive.startswith(sep) and not drive.endswith(sep):
            parts = drive.split(sep)
            if len(parts) == 4 and parts[2] not in "?.":
                root = sep
            elif len(parts) == 6:
                root = sep
        return drive, root, [part for part in rest.split(sep) if part and part != "."]

    def _parts(self):
        if self._parsed is None:
            self._parsed = self._parse(self._joined())
        return self._parsed

    def _of_parts(self, drive, root, tail):
        text = self._format(drive, root, tail)
        path = self.with_segments(text)
        path._text = text or "."
        path._parsed = drive, root, tail
        return path

    @classmethod
    def _format(cls, drive, root, tail):
        if drive or root:
            return drive + root + cls.parser.sep.join(tail)
        if tail and cls.parser.splitdrive(tail[0])[0]:
            tail = [".", *tail]
        return cls.parser.sep.join(tail)

    def __str__(self):
        if self._text is None:
            self._text = self._format(*self._parts()) or "."
        return self._text

    def __fspath__(self):
        return str(self)

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return f"{type(self).__name__}({self.as_posix()!r})"

    def __reduce__(self):
        return type(self), tuple(self._raw)

    @property
    def _key(self):
        text = str(self)
        return text if self.parser is posixpath else text.lower()

    def __hash__(self):
        if self._hash is None:
            self._hash = hash(self._key)
        return self._hash

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._key == other._key and self.parser is other.parser

    def _order(self, other):
        if not isinstance(other, PurePath) or self.parser is not other.parser:
            return None
        return self._key.split(self.parser.sep), other._key.split(self.parser.sep)

    def __lt__(self, other):
        pair = self._order(other)
        return NotImplemented if pair is None else pair[0] < pair[1]

    def __le__(self, other):
        pair = self._order(other)
        return NotImplemented if pair is None else pair[0] <= pair[1]

    def __gt__(self, other):
        pair = self._order(other)
        return NotImplemented if pair is None else pair[0] > pair[1]

    def __ge__(self, other):
        pair = self._order(other)
        return NotImplemented if pair is None else pair[0] >= pair[1]

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    __class_getitem__ = classmethod(GenericAlias)

    @property
    def drive(self):
        return self._parts()[0]

    @property
    def root(self):
        return self._parts()[1]

    @property
    def _tail(self):
        return self._parts()[2]

    @property
    def anchor(self):
        return self.drive + self.root

    @property
    def parts(self):
        anchor = self.anchor
        return (anchor, *self._tail) if anchor else tuple(self._tail)

    @property
    def name(self):
        tail = self._tail
        return tail[-1] if tail else ""

    @property
    def suffix(self):
        return self.parser.splitext(self.name)[1]

    @property
    def suffixes(self):
        found, name = [], self.name
        while True:
            name, suffix = self.parser.splitext(name)
            if not suffix:
                return found[::-1]
            found.append(suffix)

    @property
    def stem(self):
        return self.parser.splitext(self.name)[0]

    @property
    def parent(self):
        drive, root, tail = self._parts()
        return self._of_parts(drive, root, tail[:-1]) if tail else self

    @property
    def parents(self):
        return _Parents(self)

    def as_posix(self):
        """The path with slashes."""
        return str(self).replace(self.parser.sep, "/")

    def is_absolute(self):
        """Does it begin at the root?"""
        return self.parser.isabs(self)

    def is_reserved(self):
        """Has the name a meaning of its own on Windows?"""
        return False

    def joinpath(self, *pathsegments):
        """The path with others behind it."""
        return self.with_segments(self, *pathsegments)

    def with_name(self, name):
        """The path with another last part."""
        if not name or self.parser.sep in name or name == "." or (self.parser.altsep and self.parser.altsep in name):
            raise ValueError(f"Invalid name {name!r}")
        drive, root, tail = self._parts()
        if not tail:
            raise ValueError(f"{self!r} has an empty name")
        return self._of_parts(drive, root, [*tail[:-1], name])

    def with_stem(self, stem):
        """The path with another last part that has the same suffix."""
        suffix = self.suffix
        if not suffix:
            return self.with_name(stem)
        if not stem:
            raise ValueError(f"{self!r} has a non-empty suffix")
        return self.with_name(stem + suffix)

    def with_suffix(self, suffix):
        """The path with another suffix, or none."""
        stem = self.stem
        if not stem:
            raise ValueError(f"{self!r} has an empty name")
        if suffix and not suffix.startswith("."):
            raise ValueError(f"Invalid suffix {suffix!r}")
        return self.with_name(stem + suffix)

    def relative_to(self, other, *, walk_up=False):
        """The way here from another path."""
        other = other if isinstance(other, PurePath) else self.with_segments(other)
        for step, above in enumerate([other, *other.parents]):
            if above == self or above in self.parents:
                break
            if not walk_up:
                raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r}")
            if above.name == "..":
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
        else:
            raise ValueError(f"{str(self)!r} and {str(other)!r} have different anchors")
        return self._of_parts("", "", [".."] * step + self._tail[len(above._tail):])

    def is_relative_to(self, other):
        """Is the other path this one, or above it?"""
        other = other if isinstance(other, PurePath) else self.with_segments(other)
        return other == self or other in self.parents

    def as_uri(self):
        """The path as a URI of files."""
        import warnings

        message = ("pathlib.PurePath.as_uri() is deprecated and scheduled for removal in Python 3.19. "
                   "Use pathlib.Path.as_uri().")
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return self._uri()

    def _uri(self):
        if not self.is_absolute():
            raise ValueError("relative paths can't be expressed as file URIs")
        from urllib.parse import quote_from_bytes

        drive = self.drive
        if len(drive) == 2 and drive[1] == ":":
            return f"file:///{drive}{quote_from_bytes(os.fsencode(self.as_posix()[2:]))}"
        if drive:
            return "file:" + quote_from_bytes(os.fsencode(self.as_posix()))
        return "file://" + quote_from_bytes(os.fsencode(str(self)))

    def _matches(self, name, pattern, case_sensitive):
        if case_sensitive is None:
            case_sensitive = self.parser is posixpath
        return fnmatch.fnmatchcase(name, pattern) if case_sensitive else fnmatch.fnmatchcase(name.lower(), pattern.lower())

    def match(self, path_pattern, *, case_sensitive=None):
        """Does the path, or its end, match a pattern?"""
        if not isinstance(path_pattern, PurePath):
            path_pattern = self.with_segments(path_pattern)
        mine, wanted = self.parts, path_pattern.parts
        if not wanted:
            raise ValueError("empty pattern")
        if len(mine) < len(wanted) or (len(mine) > len(wanted) and path_pattern.anchor):
            return False
        return all(self._matches(name, pattern, case_sensitive) for name, pattern in zip(mine[::-1], wanted[::-1]))

    def full_match(self, pattern, *, case_sensitive=None):
        """Does the whole path match a pattern, in which `**` is any number of directories?"""
        if not isinstance(pattern, PurePath):
            pattern = self.with_segments(pattern)
        mine, wanted = self.parts, pattern.parts

        # For each number of parts of the pattern: which numbers of parts of the path it matches.
        reached = {0}
        for part in wanted:
            if part == "**":
                reached = set(range(min(reached), len(mine) + 1)) if reached else reached
            else:
                reached = {at + 1 for at in reached if at < len(mine) and self._matches(mine[at], part, case_sensitive)}
        return len(mine) in reached


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A path with slashes."""

    __slots__ = ()
    parser = posixpath


class PureWindowsPath(PurePath):
    """A path as Windows writes it."""

    __slots__ = ()
    parser = ntpath


class Path(PurePath):
    """A path, and what the file system has there."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        return object.__new__(cls)

    @classmethod
    def cwd(cls):
        """The current directory."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The directory of the user."""
        home = os.path.expanduser("~")
        if home == "~":
            raise RuntimeError("Could not determine home directory.")
        return cls(home)

    @classmethod
    def from_uri(cls, uri):
        """The path of a URI of files."""
        from urllib.parse import unquote_to_bytes

        if not uri.startswith("file:"):
            raise ValueError(f"URI does not start with 'file:': {uri!r}")
        path = uri[5:]
        if path.startswith("///"):
            path = path[2:]
        elif path.startswith("//localhost/"):
            path = path[11:]
        path = cls(os.fsdecode(unquote_to_bytes(path)))
        if not path.is_absolute():
            raise ValueError(f"URI is not absolute: {uri!r}")
        return path

    def as_uri(self):
        """The path as a URI of files."""
        return self._uri()

    def absolute(self):
        """The path from the root, with `..` as it stands."""
        if self.is_absolute():
            return self
        return self.with_segments(os.getcwd(), *self._raw)

    def resolve(self, strict=False):
        """The path from the root, without links and `..`."""
        return self.with_segments(os.path.realpath(self, strict=strict))

    def expanduser(self):
        """The path with `~` replaced."""
        if not self.anchor and self._tail and self._tail[0][:1] == "~":
            home = os.path.expanduser(self._tail[0])
            if home[:1] == "~":
                raise RuntimeError("Could not determine home directory.")
            return self.with_segments(home, *self._tail[1:])
        return self

    def stat(self, *, follow_symlinks=True):
        """What the file system tells of it."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """The same of a link itself."""
        return os.lstat(self)

    def exists(self, *, follow_symlinks=True):
        """Is there anything?"""
        return os.path.exists(self) if follow_symlinks else os.path.lexists(self)

    def _has_type(self, kind, follow_symlinks):
        try:
            return os.stat(self, follow_symlinks=follow_symlinks).st_mode & 0o170000 == kind
        except (OSError, ValueError):
            return False

    def is_dir(self, *, follow_symlinks=True):
        """Is it a directory?"""
        return self._has_type(0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        """Is it a regular file?"""
        return self._has_type(0o100000, follow_symlinks)

    def is_symlink(self):
        """Is it a symbolic link?"""
        return self._has_type(0o120000, False)

    def is_socket(self):
        """Is it a socket?"""
        return self._has_type(0o140000, True)

    def is_fifo(self):
        """Is it a pipe with a name?"""
        return self._has_type(0o010000, True)

    def is_block_device(self):
        """Is it a block device?"""
        return self._has_type(0o060000, True)

    def is_char_device(self):
        """Is it a character device?"""
        return self._has_type(0o020000, True)

    def is_mount(self):
        """Is another file system mounted there?"""
        return os.path.ismount(self)

    def is_junction(self):
        """Such things are not here."""
        return False

    def samefile(self, other_path):
        """Are both the same file?"""
        return os.path.samefile(self, other_path)

    def owner(self, *, follow_symlinks=True):
        """Whose file it is."""
        raise UnsupportedOperation(f"{type(self).__name__}.owner() is unsupported on this system")

    def group(self, *, follow_symlinks=True):
        """Of which group it is."""
        raise UnsupportedOperation(f"{type(self).__name__}.group() is unsupported on this system")

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file."""
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """All of the file."""
        with self.open("rb", 0) as file:
            return file.read()

    def read_text(self, encoding=None, errors=None, newline=None):
        """All of the file, as text."""
        with self.open("r", -1, encoding, errors, newline) as file:
            return file.read()

    def write_bytes(self, data):
        """Make the file hold this."""
        view = memoryview(data)
        with self.open("wb") as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Make the file hold this text."""
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        with self.open("w", -1, encoding, errors, newline) as file:
            return file.write(data)

    def iterdir(self):
        """What is in the directory."""
        names = os.listdir(self)
        here = str(self)
        return (self._below(here, name) for name in names)

    def _below(self, here, name):
        path = self.with_segments(name if here == "." else os.path.join(here, name))
        return path

    def _globbed(self, pattern, case_sensitive, recurse_symlinks):
        if not isinstance(pattern, PurePath):
            ends = pattern[-1:] == "/"
            pattern = self.with_segments(pattern)
        else:
            ends = False
        if pattern.anchor:
            raise NotImplementedError("Non-relative patterns are unsupported")
        parts = list(pattern._tail)
        if not parts:
            raise ValueError(f"Unacceptable pattern: {str(pattern)!r}")
        seen = set() if parts.count("**") > 1 else None
        for path in self._select(parts, ends, case_sensitive, recurse_symlinks):
            if seen is not None:
                if path in seen:
                    continue
                seen.add(path)
            yield path

    def _select(self, parts, dirs_only, case_sensitive, recurse_symlinks):
        if not parts:
            yield self
            return
        part, rest = parts[0], parts[1:]
        if part == "**":
            while rest and rest[0] == "**":
                rest = rest[1:]
            if rest:
                yield from self._select(rest, dirs_only, case_sensitive, recurse_symlinks)
            elif self.is_dir():
                yield self
            for path in self._listed():
                is_dir = path.is_dir(follow_symlinks=recurse_symlinks)
                if is_dir:
                    yield from path._select(parts, dirs_only, case_sensitive, recurse_symlinks)
                elif not rest and not dirs_only:
                    yield path
        elif part == ".." or (case_sensitive is None and not any(c in part for c in "*?[")):
            path = self._below(str(self), part)
            if (path.is_dir() if rest or dirs_only else path.exists(follow_symlinks=False)):
                yield from path._select(rest, dirs_only, case_sensitive, recurse_symlinks)
        else:
            for path in self._listed():
                if self._matches(path.name, part, case_sensitive) and (not (rest or dirs_only) or path.is_dir()):
                    yield from path._select(rest, dirs_only, case_sensitive, recurse_symlinks)

    def _listed(self):
        try:
            return list(self.iterdir())
        except OSError:
            return []

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """The paths below this one that match a pattern."""
        return self._globbed(pattern, case_sensitive, recurse_symlinks)

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """The paths below this one, at any depth, that match a pattern."""
        text = pattern if isinstance(pattern, str) else str(pattern)
        return self._globbed("**/" + text if text else "**", case_sensitive, recurse_symlinks)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        """The directories below this one, each with the names in it."""
        waiting = [self]
        while waiting:
            top = waiting.pop()
            if isinstance(top, tuple):
                yield top
                continue
            try:
                entries = list(os.scandir(top))
            except OSError as error:
                if on_error is not None:
                    on_error(error)
                continue
            dirs, files = [], []
            for entry in entries:
                (dirs if entry.is_dir(follow_symlinks=follow_symlinks) else files).append(entry.name)
            if top_down:
                yield top, dirs, files
            else:
                waiting.append((top, dirs, files))
            waiting.extend(top / name for name in reversed(dirs))

    def touch(self, mode=0o666, exist_ok=True):
        """Make the file, or say that it was written just now."""
        if exist_ok and self.exists():
            os.utime(self, None)
            return
        os.close(os.open(self, os.O_CREAT | os.O_WRONLY | (0 if exist_ok else os.O_EXCL), mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make a directory."""
        around = self.parent
        try:
            return os.mkdir(self, mode)
        except OSError as failure:
            if exist_ok and not isinstance(failure, FileNotFoundError) and self.is_dir():
                return
            if not (parents and isinstance(failure, FileNotFoundError) and around != self):
                raise
        around.mkdir(parents=True, exist_ok=True)
        self.mkdir(mode, exist_ok=exist_ok)

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the permissions."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        """Change the permissions of a link itself."""
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Remove the file."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove the empty directory."""
        os.rmdir(self)

    def rename(self, target):
        """Give it another name; the path of that."""
        os.rename(self, target)
        return target if isinstance(target, PurePath) else self.with_segments(target)

    def replace(self, target):
        """The same; what had the name goes."""
        os.replace(self, target)
        return target if isinstance(target, PurePath) else self.with_segments(target)

    def readlink(self):
        """What a symbolic link holds."""
        return self.with_segments(os.readlink(self))

    def symlink_to(self, target, target_is_directory=False):
        """Make this a symbolic link."""
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Make this one more name of a file."""
        os.link(target, self)

    def copy(self, target, *, follow_symlinks=True, preserve_metadata=False):
        """Copy the file or directory; the path of the copy."""
        target = target if isinstance(target, PurePath) else self.with_segments(target)
        import shutil

        if self.is_dir():
            shutil.copytree(self, target, symlinks=not follow_symlinks,
                            copy_function=shutil.copy2 if preserve_metadata else shutil.copyfile)
        else:
            (shutil.copy2 if preserve_metadata else shutil.copyfile)(self, target, follow_symlinks=follow_symlinks)
        return target

    def _in(self, target_dir):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        target_dir = target_dir if isinstance(target_dir, PurePath) else self.with_segments(target_dir)
        return target_dir / self.name

    def copy_into(self, target_dir, **kwargs):
        """Copy it into a directory."""
        return self.copy(self._in(target_dir), **kwargs)

    def move(self, target):
        """Move the file or directory; its new path."""
        import shutil

        target = target if isinstance(target, PurePath) else self.with_segments(target)
        shutil.move(self, target)
        return target

    def move_into(self, target_dir):
        """Move it into a directory."""
        return self.move(self._in(target_dir))

    @property
    def info(self):
        """What is known of the path, asked once."""
        return _Info(self)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass


class _Info:
    """What a path was when it was first asked."""

    def __init__(self, path):
        self._path = path
        self._known = {}

    def _ask(self, name, follow_symlinks):
        key = name, follow_symlinks
        if key not in self._known:
            self._known[key] = getattr(self._path, name)(follow_symlinks=follow_symlinks)
        return self._known[key]

    def exists(self, *, follow_symlinks=True):
        return self._ask("exists", follow_symlinks)

    def is_dir(self, *, follow_symlinks=True):
        return self._ask("is_dir", follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._ask("is_file", follow_symlinks)

    def is_symlink(self):
        return self._path.is_symlink()


class PosixPath(Path, PurePosixPath):
    """A path with slashes, and what the file system has there."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """Not on this system."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise UnsupportedOperation(f"cannot instantiate {cls.__name__!r} on your system")
