"""Files: raw, buffered and as text; and files in memory."""

import os
from _memory_files import _classes as _memory_files
from _prelude import _type_name
from _streams import StandardReader, StandardText, StandardWriter, UnsupportedOperation
from abc import ABCMeta
from codecs import getincrementaldecoder as _decoder_of, lookup as _lookup_codec, lookup_error as _lookup_error
from operator import index

__all__ = ["BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO",
           "BufferedIOBase", "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase",
           "TextIOWrapper", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END", "DEFAULT_BUFFER_SIZE",
           "IncrementalNewlineDecoder", "text_encoding"]

DEFAULT_BUFFER_SIZE = 128 * 1024
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
BlockingIOError = BlockingIOError

# How much text is decoded at a time.
_CHUNK = 8192


def text_encoding(encoding, stacklevel=2):
    return "locale" if encoding is None else encoding


def open_code(path):
    return open(path, "rb")


def _argument_type(value):
    return "None" if value is None else _type_name(value)


def _check_type(function, name, value, kind, or_none=True):
    if isinstance(value, kind) or or_none and value is None:
        return
    optional = " or None" if or_none else ""
    raise TypeError(f"{function}() argument '{name}' must be {kind.__name__}{optional}, not {_argument_type(value)}")


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if not isinstance(file, int):
        file = os.fspath(file)
    _check_type("open", "mode", mode, str, False)
    buffering = index(buffering)
    for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
        _check_type("open", name, value, str)
    letters = set(mode)
    if letters - set("axrwb+t") or len(mode) > len(letters):
        raise ValueError(f"invalid mode: {mode!r}")
    binary = "b" in letters
    if binary and "t" in letters:
        raise ValueError("can't have text and binary mode at once")
    if len(letters & set("xrwa")) > 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    if binary and encoding is not None:
        raise ValueError("binary mode doesn't take an encoding argument")
    if binary and errors is not None:
        raise ValueError("binary mode doesn't take an errors argument")
    if binary and newline is not None:
        raise ValueError("binary mode doesn't take a newline argument")
    if binary and buffering == 1:
        import warnings

        warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
                      RuntimeWarning, 2)
    raw = FileIO(file, mode.replace("b", "").replace("t", ""), closefd, opener)
    opened = raw
    try:
        line_buffering = buffering == 1 or buffering < 0 and raw.isatty()
        if buffering == 1 or buffering < 0:
            buffering = DEFAULT_BUFFER_SIZE
        if buffering == 0:
            if binary:
                return raw
            raise ValueError("can't have unbuffered text I/O")
        if "+" in letters:
            opened = BufferedRandom(raw, buffering)
        elif "r" in letters:
            opened = BufferedReader(raw, buffering)
        else:
            opened = BufferedWriter(raw, buffering)
        if binary:
            return opened
        text = TextIOWrapper(opened, encoding, errors, newline, line_buffering)
        opened = text
        text.mode = mode
        return text
    except:
        opened.close()
        raise


class _IOBase:
    """What all files have in common."""

    __module__ = "_io"
    __closed = False

    @property
    def closed(self):
        return self.__closed

    def close(self):
        if not self.__closed:
            try:
                self.flush()
            finally:
                self.__closed = True

    def __del__(self):
        try:
            closed = self.closed
        except (AttributeError, ValueError):
            # It was never made, or what it stood on was detached.
            return
        if not closed:
            self.close()

    def _open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _checkClosed(self, msg=None):
        self._open()

    def _checkReadable(self, msg=None):
        if not self.readable():
            raise UnsupportedOperation("File or stream is not readable." if msg is None else msg)

    def _checkWritable(self, msg=None):
        if not self.writable():
            raise UnsupportedOperation("File or stream is not writable." if msg is None else msg)

    def _checkSeekable(self, msg=None):
        if not self.seekable():
            raise UnsupportedOperation("File or stream is not seekable." if msg is None else msg)

    def flush(self):
        self._open()

    def seek(self, pos, whence=0):
        raise UnsupportedOperation("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None):
        raise UnsupportedOperation("truncate")

    def fileno(self):
        raise UnsupportedOperation("fileno")

    def isatty(self):
        self._open()
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def seekable(self):
        return False

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, *args):
        self.close()

    def __iter__(self):
        self._open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readline(self, size=-1):
        size = _limit(size)
        line = bytearray()
        while size < 0 or len(line) < size:
            wanted = 1
            if hasattr(self, "peek"):
                ahead = self.peek(1)
                end = ahead.find(b"\n") + 1
                wanted = max(end or len(ahead), 1)
                if size >= 0:
                    wanted = min(wanted, size - len(line))
            more = self.read(wanted)
            if not more:
                break
            line += more
            if line.endswith(b"\n"):
                break
        return bytes(line)

    def readlines(self, hint=-1):
        hint = _limit(hint)
        lines = []
        total = 0
        for line in self:
            lines.append(line)
            total += len(line)
            if 0 < hint <= total:
                break
        return lines

    def writelines(self, lines, /):
        self._open()
        for line in lines:
            self.write(line)


def _bytes_of(data):
    if type(data) is bytes:
        return data
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not {_type_name(data)!r}") from None


def _limit(size):
    """How much to read; negative for all there is."""
    if size is None:
        return -1
    if not isinstance(size, int) and not hasattr(size, "__index__"):
        raise TypeError(f"argument should be integer or None, not {_type_name(size)!r}")
    return index(size)


class _RawIOBase(_IOBase):
    """Bytes, as the system gives and takes them."""

    __module__ = "_io"

    def read(self, size=-1, /):
        size = _limit(size)
        if size < 0:
            return self.readall()
        buffer = bytearray(size)
        count = self.readinto(buffer)
        return None if count is None else bytes(buffer[:count])

    def readall(self):
        parts = []
        while part := self.read(DEFAULT_BUFFER_SIZE):
            parts.append(part)
        return b"".join(parts) if parts else part

    def readinto(self, buffer, /):
        raise UnsupportedOperation("readinto")

    def write(self, data, /):
        raise UnsupportedOperation("write")


class FileIO(_RawIOBase):
    """A descriptor of the system."""

    __module__ = "_io"

    def __init__(self, file, mode="r", closefd=True, opener=None):
        letters = mode.replace("b", "")
        if len(letters.replace("+", "")) != 1 or letters.count("+") > 1:
            raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
        kind = letters.replace("+", "")
        plus = "+" in letters
        flags = {"r": 0, "w": os.O_CREAT | os.O_TRUNC, "a": os.O_CREAT | os.O_APPEND, "x": os.O_CREAT | os.O_EXCL}[kind]
        flags |= os.O_RDWR if plus else os.O_RDONLY if kind == "r" else os.O_WRONLY
        self._readable = kind == "r" or plus
        self._writable = kind != "r" or plus
        self._kind = kind
        self.name = file
        self.closefd = closefd
        self._fd = -1
        if isinstance(file, int):
            if file < 0:
                raise ValueError("negative file descriptor")
            os.fstat(file)
            self._fd = file
        else:
            if not closefd:
                raise ValueError("Cannot use closefd=False with file name")
            if opener is None:
                self._fd = _open_path(file, flags)
            else:
                self._fd = opener(file, flags | os.O_CLOEXEC)
                if not isinstance(self._fd, int):
                    raise TypeError("expected integer from opener")
                if self._fd < 0:
                    raise ValueError(f"opener returned {self._fd}")
        if kind == "a":
            self.seek(0, 2)

    @property
    def closed(self):
        return self._fd < 0

    @property
    def mode(self):
        plus = "+" if self._readable and self._writable else ""
        return f"{'rb' if self._kind in 'rw' and plus else self._kind + 'b'}{plus}"

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0 and self.closefd:
            os.close(fd)

    def __del__(self):
        if getattr(self, "_fd", -1) >= 0 and self.closefd:
            import warnings

            warnings.warn(f"unclosed file {self!r}", ResourceWarning, 2)
            self.close()

    def _open(self):
        if self._fd < 0:
            raise ValueError("I/O operation on closed file")

    def fileno(self):
        self._open()
        return self._fd

    def isatty(self):
        self._open()
        return os.isatty(self._fd)

    def readable(self):
        self._open()
        return self._readable

    def writable(self):
        self._open()
        return self._writable

    def seekable(self):
        self._open()
        try:
            os.lseek(self._fd, 0, 1)
        except OSError:
            return False
        return True

    def _reads(self):
        self._open()
        if not self._readable:
            raise UnsupportedOperation("File not open for reading")

    def read(self, size=-1, /):
        self._reads()
        size = _limit(size)
        if size < 0:
            return self.readall()
        try:
            return os.read(self._fd, size)
        except BlockingIOError:
            return None

    def readall(self):
        self._reads()
        parts = []
        try:
            while part := os.read(self._fd, DEFAULT_BUFFER_SIZE):
                parts.append(part)
        except BlockingIOError:
            if not parts:
                return None
        return b"".join(parts)

    def readinto(self, buffer, /):
        self._reads()
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        if data is None:
            return None
        view[:len(data)] = data
        return len(data)

    def write(self, data, /):
        self._open()
        if not self._writable:
            raise UnsupportedOperation("File not open for writing")
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            return None

    def seek(self, pos, whence=0, /):
        self._open()
        return os.lseek(self._fd, pos, whence)

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None, /):
        self._open()
        if not self._writable:
            raise UnsupportedOperation("File not open for writing")
        if size is None:
            size = self.tell()
        os.ftruncate(self._fd, size)
        return size

    def __repr__(self):
        if self._fd < 0:
            return "<_io.FileIO [closed]>"
        return f"<_io.FileIO name={self.name!r} mode={self.mode!r} closefd={self.closefd}>"

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle {_type_name(self)!r} instances")


def _open_path(path, flags):
    if ("\0" if isinstance(path, str) else b"\0") in path:
        raise ValueError("embedded null byte")
    fd = os.open(path, flags | os.O_CLOEXEC, 0o666)
    if os.fstat(fd).st_mode & 0o170000 == 0o040000:
        os.close(fd)
        import errno

        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    return fd


class _BufferedIOBase(_IOBase):
    """Bytes, all that were asked for at once."""

    __module__ = "_io"

    def detach(self):
        raise UnsupportedOperation("detach")

    def read(self, size=-1, /):
        raise UnsupportedOperation("read")

    def read1(self, size=-1, /):
        raise UnsupportedOperation("read1")

    def write(self, data, /):
        raise UnsupportedOperation("write")

    def readinto(self, buffer, /):
        return self._into(buffer, self.read)

    def readinto1(self, buffer, /):
        return self._into(buffer, self.read1)

    def _into(self, buffer, read):
        view = memoryview(buffer).cast("B")
        data = read(len(view))
        if data is None:
            return None
        view[:len(data)] = data
        return len(data)


class _Buffered(_BufferedIOBase):
    """A raw file with bytes read ahead (`_ahead`, from `_at` on) or bytes to be written (`_pending`): never both."""

    __module__ = "_io"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if buffer_size <= 0:
            raise ValueError("buffer size must be strictly positive")
        self._raw = raw
        self._size = buffer_size
        self._ahead = b""
        self._at = 0
        self._pending = []
        self._waiting = 0

    @property
    def raw(self):
        if self._raw is None:
            raise ValueError("raw stream has been detached")
        return self._raw

    @property
    def name(self):
        return self.raw.name

    @property
    def mode(self):
        return self.raw.mode

    @property
    def closed(self):
        raw = self._raw
        return (self.raw if raw is None else raw).closed

    def _open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _usable(self, doing):
        raw = self._raw
        if (self.raw if raw is None else raw).closed:
            raise ValueError(f"{doing} of closed file")

    def close(self):
        if self._raw is not None and not self.closed:
            try:
                self.flush()
            finally:
                self.raw.close()

    def detach(self):
        raw = self.raw
        self.flush()
        self._raw = None
        return raw

    def flush(self):
        self._usable("flush")
        self._write_out()

    def _write_out(self):
        if not self._pending:
            return
        data = b"".join(self._pending)
        self._pending = []
        self._waiting = 0
        done = 0
        while done < len(data):
            try:
                count = self.raw.write(data[done:] if done else data)
            except BaseException:
                self._keep(data[done:])
                raise
            if count is None:
                self._keep(data[done:])
                raise BlockingIOError(11, "write could not complete without blocking", 0)
            if not 0 <= count <= len(data) - done:
                raise OSError(f"raw write() returned invalid length {count} (should have been between 0 and "
                              f"{len(data) - done})")
            done += count

    def _keep(self, data):
        self._pending = [data]
        self._waiting = len(data)

    def _forget_ahead(self):
        """Move the raw file back to where its reader is."""
        if self._at < len(self._ahead):
            self.raw.seek(self._at - len(self._ahead), 1)
        self._ahead = b""
        self._at = 0

    def fileno(self):
        return self.raw.fileno()

    def isatty(self):
        return self.raw.isatty()

    def readable(self):
        return self.raw.readable()

    def writable(self):
        return self.raw.writable()

    def seekable(self):
        return self.raw.seekable()

    def _seekable(self):
        if not self.raw.seekable():
            raise UnsupportedOperation("File or stream is not seekable.")

    def seek(self, target, whence=0, /):
        if whence not in (0, 1, 2):
            raise ValueError(f"whence value {whence} unsupported")
        self._usable("seek")
        self._seekable()
        self._write_out()
        if whence == 1:
            target -= len(self._ahead) - self._at
        place = self.raw.seek(target, whence)
        self._ahead = b""
        self._at = 0
        return place

    def tell(self):
        self._usable("tell") if self.closed else None
        self._seekable()
        return self.raw.tell() - len(self._ahead) + self._at + self._waiting

    def truncate(self, pos=None, /):
        self._usable("truncate")
        if not self.writable():
            raise UnsupportedOperation("truncate")
        self._write_out()
        if pos is None:
            pos = self.tell()
        return self.raw.truncate(pos)

    def __repr__(self):
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        try:
            return f"<{name} name={self.name!r}>"
        except (AttributeError, ValueError):
            return f"<{name}>"

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle {_type_name(self)!r} instances")


class _Reading(_Buffered):
    __module__ = "_io"

    def _fill(self):
        """Read ahead; false at the end."""
        data = self.raw.read(self._size)
        if not data:
            return False
        self._ahead = self._ahead[self._at:] + data
        self._at = 0
        return True

    def _take(self, count):
        start = self._at
        self._at = min(start + count, len(self._ahead))
        return self._ahead[start:self._at]

    def read(self, size=-1, /):
        size = _limit(size)
        if size < -1:
            raise ValueError("read length must be non-negative or -1")
        raw = self._raw
        if raw is None or raw.closed:
            self._usable("read")
        if self._pending:
            self._write_out()
        end = self._at + size
        if size > 0 and end <= len(self._ahead):
            # The common case: it is there.
            data = self._ahead[self._at : end]
            self._at = end
            return data
        if size < 0:
            first = self._take(len(self._ahead))
            rest = self.raw.readall() if hasattr(self.raw, "readall") else self.raw.read()
            return first + rest if rest else first or rest or b""
        parts = [self._take(size)]
        got = len(parts[0])
        while got < size:
            if self._at >= len(self._ahead) and size - got >= self._size:
                part = self.raw.read(size - got)
            else:
                part = self._take(size - got) if self._at < len(self._ahead) or self._fill() else b""
            if not part:
                return None if part is None and not got else b"".join(parts)
            parts.append(part)
            got += len(part)
        return b"".join(parts)

    def read1(self, size=-1, /):
        size = _limit(size)
        self._usable("read")
        self._write_out()
        if size < 0:
            size = self._size
        if size == 0:
            return b""
        if self._at >= len(self._ahead):
            self._fill()
        return self._take(size)

    def peek(self, size=0, /):
        self._usable("peek")
        self._write_out()
        if self._at >= len(self._ahead):
            self._fill()
        return self._ahead[self._at:]

    def readline(self, size=-1, /):
        if size != -1:
            size = _limit(size)
        raw = self._raw
        if raw is None or raw.closed:
            self._usable("readline")
        if self._pending:
            self._write_out()
        if size == -1 and (end := self._ahead.find(b"\n", self._at) + 1):
            # The common case: it is there.
            line = self._ahead[self._at : end]
            self._at = end
            return line
        parts = []
        got = 0
        while size < 0 or got < size:
            if self._at >= len(self._ahead) and not self._fill():
                break
            end = self._ahead.find(b"\n", self._at) + 1
            wanted = (end or len(self._ahead)) - self._at
            if size >= 0:
                wanted = min(wanted, size - got)
            part = self._take(wanted)
            if part.endswith(b"\n") and not parts:
                return part
            parts.append(part)
            got += len(part)
            if part.endswith(b"\n"):
                break
        return b"".join(parts)


class _Writing(_Buffered):
    __module__ = "_io"

    def write(self, data, /):
        raw = self._raw
        if raw is None or raw.closed:
            self._usable("write")
        if type(data) is not bytes:
            data = _bytes_of(data)
        if self._ahead:
            self._forget_ahead()
        self._pending.append(data)
        self._waiting += len(data)
        if self._waiting > self._size:
            self._write_out()
        return len(data)


class BufferedReader(_Reading):
    """Reads ahead."""

    __module__ = "_io"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise UnsupportedOperation("File or stream is not readable.")
        super().__init__(raw, buffer_size)

    def writable(self):
        return False

    def write(self, data, /):
        raise UnsupportedOperation("write")


class BufferedWriter(_Writing):
    """Writes more at a time."""

    __module__ = "_io"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise UnsupportedOperation("File or stream is not writable.")
        super().__init__(raw, buffer_size)

    def readable(self):
        return False


class BufferedRandom(_Reading, _Writing):
    """Reads and writes at any place."""

    __module__ = "_io"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        raw._checkSeekable()
        raw._checkReadable()
        raw._checkWritable()
        super().__init__(raw, buffer_size)


class BufferedRWPair(_BufferedIOBase):
    """A reader and a writer, as one file that cannot seek."""

    __module__ = "_io"

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /):
        self.reader = BufferedReader(reader, buffer_size)
        self.writer = BufferedWriter(writer, buffer_size)

    def read(self, size=-1, /):
        return self.reader.read(size)

    def read1(self, size=-1, /):
        return self.reader.read1(size)

    def peek(self, size=0, /):
        return self.reader.peek(size)

    def write(self, data, /):
        return self.writer.write(data)

    def flush(self):
        self.writer.flush()

    def readable(self):
        return self.reader.readable()

    def writable(self):
        return self.writer.writable()

    def isatty(self):
        return self.reader.isatty() or self.writer.isatty()

    @property
    def closed(self):
        return self.writer.closed

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()


class _TextIOBase(_IOBase):
    """Text."""

    __module__ = "_io"

    encoding = None
    errors = None
    newlines = None

    def read(self, size=-1, /):
        raise UnsupportedOperation("read")

    def write(self, text, /):
        raise UnsupportedOperation("write")

    def readline(self, size=-1, /):
        raise UnsupportedOperation("readline")

    def detach(self):
        raise UnsupportedOperation("detach")


class IncrementalNewlineDecoder:
    r"""Reads every kind of line end, even in pieces; with `translate` as "\n". It remembers which kinds there were."""

    __module__ = "_io"

    def __init__(self, decoder, translate, errors="strict"):
        self._decoder = decoder
        self._translate = translate
        self._held = False
        self._seen = set()

    def decode(self, input, final=False):
        text = input if self._decoder is None else self._decoder.decode(input, final)
        if self._held and (text or final):
            text = "\r" + text
            self._held = False
        if text.endswith("\r") and not final:
            # It may be the first half of a line end.
            text = text[:-1]
            self._held = True
        if "\r" in text:
            pairs = text.count("\r\n")
            if pairs:
                self._seen.add("\r\n")
            if text.count("\r") > pairs:
                self._seen.add("\r")
            if text.count("\n") > pairs:
                self._seen.add("\n")
            if self._translate:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
        elif "\n" in text:
            self._seen.add("\n")
        return text

    def getstate(self):
        pending, flag = (b"", 0) if self._decoder is None else self._decoder.getstate()
        return pending, flag << 1 | self._held

    def setstate(self, state):
        pending, flag = state
        self._held = bool(flag & 1)
        if self._decoder is not None:
            self._decoder.setstate((pending, flag >> 1))

    def reset(self):
        self._held = False
        self._seen = set()
        if self._decoder is not None:
            self._decoder.reset()

    @property
    def newlines(self):
        seen = tuple(end for end in ("\r", "\n", "\r\n") if end in self._seen)
        return None if not seen else seen[0] if len(seen) == 1 else seen


def _check_newline(newline):
    if newline is not None and not isinstance(newline, str):
        raise TypeError(f"illegal newline type: {_type_name(newline)}")
    if newline not in (None, "", "\n", "\r", "\r\n"):
        raise ValueError(f"illegal newline value: {newline!r}")


def _end_of_line(text, at, newline):
    """Where the line that begins at `at` ends; -1 if its end is not in `text`."""
    if newline is None or newline == "\n":
        return text.find("\n", at) + 1 or -1
    if newline:
        end = text.find(newline, at)
        return -1 if end < 0 else end + len(newline)
    line, cr = text.find("\n", at), text.find("\r", at)
    if cr < 0 or 0 <= line < cr:
        return -1 if line < 0 else line + 1
    return cr + 2 if text.startswith("\n", cr + 1) else cr + 1


class TextIOWrapper(_TextIOBase):
    """Text over a file of bytes.

    `_text` was decoded and is read up to `_at`; whole lines of it, when only lines are wanted, wait in `_lines`, last
    first. `_snapshot` is the decoder's state before that text and the bytes it came from, so that `tell` can find the
    place in the file.
    """

    __module__ = "_io"

    # Was the buffer asked whether it can be read from, and written to, and said yes?
    _may_read = _may_write = False

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        _check_newline(newline)
        encoding = text_encoding(encoding)
        if encoding == "locale":
            encoding = "UTF-8"
        _check_type("TextIOWrapper", "encoding", encoding, str)
        _check_type("TextIOWrapper", "errors", errors, str)
        _lookup_codec(encoding)
        if errors is None:
            errors = "strict"
        _lookup_error(errors)
        self._buffer = buffer
        self._encode_by(encoding)
        self._errors = errors
        self._newline = newline
        self._line_buffering = bool(line_buffering)
        self._write_through = bool(write_through)
        self._decoder = None
        self._pending = []
        self._waiting = 0
        self._lines = []
        self._text = ""
        self._at = 0
        self._snapshot = None
        self._iterating = False
        self._can_seek = buffer.seekable()
        # A mark at the beginning (UTF-16, UTF-8 with signature) is written once.
        self._at_start = not (self._can_seek and buffer.writable() and buffer.tell() != 0)

    def _encode_by(self, encoding):
        # What stands behind the beginning has no mark.
        self._encoding, self._encoding_behind = encoding, _without_mark(encoding)

    @property
    def buffer(self):
        if self._buffer is None:
            raise ValueError("underlying buffer has been detached")
        return self._buffer

    @property
    def encoding(self):
        return self._encoding

    @property
    def errors(self):
        return self._errors

    @property
    def newlines(self):
        return getattr(self._decoder, "newlines", None)

    @property
    def line_buffering(self):
        return self._line_buffering

    @property
    def write_through(self):
        return self._write_through

    @property
    def name(self):
        return self.buffer.name

    @property
    def closed(self):
        buffer = self._buffer
        return (self.buffer if buffer is None else buffer).closed

    def _open(self):
        buffer = self._buffer
        # A derived class may say itself whether it is closed.
        if (self if buffer is None or type(self) is not TextIOWrapper else buffer).closed:
            raise ValueError("I/O operation on closed file.")

    def __repr__(self):
        parts = [f"<{type(self).__module__}.{type(self).__qualname__}"]
        try:
            parts.append(f"name={self.name!r}")
        except (AttributeError, ValueError):
            pass
        try:
            parts.append(f"mode={self.mode!r}")
        except (AttributeError, ValueError):
            pass
        return " ".join(parts) + f" encoding={self._encoding!r}>"

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle {_type_name(self)!r} instances")

    def reconfigure(self, *, encoding=None, errors=None, newline=..., line_buffering=None, write_through=None):
        if self._decoder is not None and (encoding is not None or errors is not None or newline is not ...):
            raise UnsupportedOperation("It is not possible to set the encoding or newline of stream after the first read")
        if errors is None:
            errors = self._errors if encoding is None else "strict"
        encoding = self._encoding if encoding is None else encoding
        newline = self._newline if newline is ... else newline
        _check_newline(newline)
        _lookup_codec(encoding)
        _lookup_error(errors)
        self.flush()
        self._encode_by(encoding)
        self._errors, self._newline = errors, newline
        if line_buffering is not None:
            self._line_buffering = bool(line_buffering)
        if write_through is not None:
            self._write_through = bool(write_through)

    def detach(self):
        buffer = self.buffer
        self.flush()
        self._buffer = None
        return buffer

    def close(self):
        if self._buffer is not None and not self.closed:
            try:
                self.flush()
            finally:
                self.buffer.close()

    def flush(self):
        self._open()
        self._write_out()
        self.buffer.flush()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    # Writing.

    def write(self, text, /):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {_argument_type(text)}")
        self._open()
        if not self._may_write:
            if not self.buffer.writable():
                raise UnsupportedOperation("not writable")
            self._may_write = True
        length = len(text)
        ends_line = self._line_buffering and ("\n" in text or "\r" in text)
        if "\n" in text and self._newline in ("\r", "\r\n"):
            text = text.replace("\n", self._newline)
        data = text.encode(self._encoding if self._at_start else self._encoding_behind, self._errors)
        self._at_start = self._at_start and not text
        if self._text or self._lines or self._snapshot is not None:
            self._forget_text()
        self._pending.append(data)
        self._waiting += len(data)
        if self._waiting > _CHUNK or ends_line or self._write_through:
            self._write_out()
        if ends_line:
            self.buffer.flush()
        return length

    def _write_out(self):
        if self._pending:
            data = b"".join(self._pending)
            self._pending = []
            self._waiting = 0
            self.buffer.write(data)

    def _forget_text(self):
        self._text = ""
        self._at = 0
        self._lines = []
        self._snapshot = None

    # Reading.

    def _reads(self):
        self._open()
        if not self._may_read:
            if not self.buffer.readable():
                raise UnsupportedOperation("not readable")
            self._may_read = True
        if self._pending:
            self._write_out()
        if self._decoder is None:
            decoder = _decoder_of(self._encoding)(self._errors)
            if not self._newline:
                decoder = IncrementalNewlineDecoder(decoder, self._newline is None)
            self._decoder = decoder
        if self._lines:
            self._text = "".join(self._lines[::-1]) + self._text[self._at:]
            self._at = 0
            self._lines = []

    def _fill(self):
        """Decode more; false at the end. The text that is there already stays before it."""
        state = self._decoder.getstate() if self._can_seek else None
        data = self.buffer.read1(_CHUNK) if hasattr(self.buffer, "read1") else self.buffer.read(_CHUNK)
        more = self._decoder.decode(data, not data)
        rest = self._text[self._at:]
        if state is not None:
            if rest and self._snapshot is not None:
                before, bytes_before, skipped = self._snapshot
                self._snapshot = before, bytes_before + data, skipped + self._at
            else:
                self._snapshot = state, data, 0
        self._text = rest + more
        self._at = 0
        return bool(data) or bool(more)

    def read(self, size=-1, /):
        size = _limit(size)
        self._reads()
        if size < 0:
            text = self._text[self._at:] + self._decoder.decode(self.buffer.read(), True)
            self._forget_text()
            return text
        while len(self._text) - self._at < size and self._fill():
            pass
        start = self._at
        self._at = min(start + size, len(self._text))
        return self._text[start:self._at]

    def readline(self, size=-1, /):
        if size == -1 and self._may_read and self._newline in (None, "\n") and not (self._lines or self._pending):
            end = self._text.find("\n", self._at) + 1
            if end:
                # The common case: it is there.
                self._open()
                line = self._text[self._at : end]
                self._at = end
                return line
        size = _limit(size)
        self._reads()
        while True:
            end = _end_of_line(self._text, self._at, self._newline)
            if end >= 0 or 0 <= size <= len(self._text) - self._at or not self._fill():
                break
        if end < 0:
            end = len(self._text)
        if size >= 0:
            end = min(end, self._at + size)
        start, self._at = self._at, end
        return self._text[start:end]

    def __next__(self):
        if self._lines:
            return self._lines.pop()
        self._iterating = True
        line = self.readline()
        if not line:
            self._iterating = False
            raise StopIteration
        if self._newline is None or self._newline == "\n":
            # The whole lines that were decoded with this one wait their turn.
            rest = self._text[self._at:]
            whole = rest.rfind("\n") + 1
            if whole:
                lines = [one + "\n" for one in rest[:whole - 1].split("\n")]
                lines.reverse()
                self._lines = lines
                self._text = rest[whole:]
                self._at = 0
                self._snapshot = None
        return line

    # Places.

    def tell(self):
        self._open()
        if not self._can_seek:
            raise UnsupportedOperation("underlying stream is not seekable")
        if self._iterating:
            raise OSError("telling position disabled by next() call")
        self._write_out()
        self.buffer.flush()
        place = self.buffer.tell()
        if self._snapshot is None:
            return place
        state, data, skipped = self._snapshot
        place -= len(data) + len(state[0])
        wanted = skipped + self._at
        data = state[0] + data
        # The shortest stretch of bytes that decodes to what was read.
        low, high = 0, len(data)
        decoder = self._decoder
        now = decoder.getstate()
        try:
            while low < high:
                middle = (low + high) // 2
                decoder.setstate((b"", state[1]))
                if len(decoder.decode(data[:middle])) < wanted:
                    low = middle + 1
                else:
                    high = middle
        finally:
            decoder.setstate(now)
        return place + low

    def seek(self, cookie, whence=0, /):
        self._open()
        if not self._can_seek:
            raise UnsupportedOperation("underlying stream is not seekable")
        cookie = index(cookie)
        if whence == 1:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            self._iterating = False
            cookie = self.tell() if not self._lines else self.buffer.tell()
            whence = 0
        self.flush()
        self._iterating = False
        if whence == 2:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero end-relative seeks")
            place = self.buffer.seek(0, 2)
        elif whence == 0:
            if cookie < 0:
                raise ValueError(f"negative seek position {cookie}")
            place = self.buffer.seek(cookie)
        else:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        self._forget_text()
        self._at_start = place == 0
        if self._decoder is not None:
            self._decoder.reset()
        return place

    def truncate(self, pos=None, /):
        self.flush()
        if pos is None:
            pos = self.tell()
        return self.buffer.truncate(pos)


def _without_mark(encoding):
    plain = _lookup_codec(encoding).name
    return {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(plain, encoding)


StringIO, BytesIO = _memory_files(_TextIOBase, _BufferedIOBase)


class IOBase(_IOBase, metaclass=ABCMeta):
    """What all files have in common."""


class RawIOBase(_RawIOBase, IOBase):
    """Bytes, as the system gives and takes them."""


class BufferedIOBase(_BufferedIOBase, IOBase):
    """Bytes, all that were asked for at once."""


class TextIOBase(_TextIOBase, IOBase):
    """Text."""


RawIOBase.register(FileIO)
for _class in (BytesIO, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair, StandardReader, StandardWriter):
    BufferedIOBase.register(_class)
for _class in (StringIO, TextIOWrapper, StandardText):
    TextIOBase.register(_class)
