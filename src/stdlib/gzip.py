"""Files in the format of gzip."""

import builtins
import io
import os
import struct
import time
import zlib

__all__ = ["BadGzipFile", "GzipFile", "compress", "decompress", "open"]

READ, WRITE = "rb", "wb"
FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT = 1, 2, 4, 8, 16


class BadGzipFile(OSError):
    """That is not in the format of gzip."""


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    """Open a compressed file, for bytes or for text."""
    if "t" in mode:
        if "b" in mode:
            raise ValueError(f"Invalid mode: {mode!r}")
    else:
        for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
            if value is not None:
                raise ValueError(f"Argument '{name}' not supported in binary mode")
    if isinstance(filename, (str, bytes)) or hasattr(filename, "__fspath__"):
        file = GzipFile(filename, mode.replace("t", ""), compresslevel)
    elif hasattr(filename, "read") or hasattr(filename, "write"):
        file = GzipFile(None, mode.replace("t", ""), compresslevel, filename)
    else:
        raise TypeError("filename must be a str or bytes object, or a file")
    return io.TextIOWrapper(file, encoding, errors, newline) if "t" in mode else file


class GzipFile(io.BufferedIOBase):
    """A compressed file."""

    myfileobj = None

    def __init__(self, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):
        self._data = self._out = None
        if mode and ("t" in mode or "U" in mode):
            raise ValueError(f"Invalid mode: {mode!r}")
        if mode and "b" not in mode:
            mode += "b"
        if fileobj is None:
            fileobj = self.myfileobj = builtins.open(filename, mode or "rb")
        if filename is None:
            filename = getattr(fileobj, "name", "")
            if not isinstance(filename, (str, bytes)):
                filename = ""
        else:
            filename = os.fspath(filename)
        if mode is None:
            mode = getattr(fileobj, "mode", "rb")
        self.fileobj = fileobj
        self.name = filename
        self._place = 0
        self._closed = False
        self.mtime = mtime
        if mode.startswith("r"):
            self.mode = READ
        elif mode.startswith(("w", "a", "x")):
            self.mode = WRITE
            self._out = zlib.compressobj(compresslevel, zlib.DEFLATED, -zlib.MAX_WBITS)
            self._sum, self._size = 0, 0
            name = os.path.basename(os.fsdecode(filename)).removesuffix(".gz").encode("latin-1", "ignore")
            when = time.time() if mtime is None else mtime
            extra = b"\2" if compresslevel == 9 else b"\4" if compresslevel == 1 else b"\0"
            fileobj.write(b"\x1f\x8b\x08" + (b"\x08" if name else b"\0") + struct.pack("<L", int(when)) + extra + b"\xff"
                          + (name + b"\0" if name else b""))
        else:
            raise ValueError(f"Invalid mode: {mode!r}")

    def __repr__(self):
        return f"<gzip {self.fileobj!r} {id(self):#x}>"

    @property
    def closed(self):
        return self._closed

    def readable(self):
        return self.mode == READ

    def writable(self):
        return self.mode == WRITE

    def seekable(self):
        return True

    def _content(self):
        self._check()
        if self.mode != READ:
            raise OSError(9, "read() on write-only GzipFile object")
        if self._data is None:
            self._data = _members(self.fileobj.read())
        return self._data

    def _check(self):
        if self._closed:
            raise ValueError("I/O operation on closed file")

    def read(self, size=-1):
        data = self._content()
        end = len(data) if size is None or size < 0 else self._place + size
        piece = data[self._place:end]
        self._place += len(piece)
        return piece

    read1 = read

    def readinto(self, buffer):
        piece = self.read(len(buffer))
        buffer[:len(piece)] = piece
        return len(piece)

    def peek(self, n):
        return self._content()[self._place:self._place + n]

    def readline(self, size=-1):
        data = self._content()
        end = data.find(b"\n", self._place) + 1 or len(data)
        if size is not None and size >= 0:
            end = min(end, self._place + size)
        piece = data[self._place:end]
        self._place = end
        return piece

    def write(self, data):
        self._check()
        if self.mode != WRITE:
            raise OSError(9, "write() on read-only GzipFile object")
        data = bytes(memoryview(data)) if not isinstance(data, bytes) else data
        self._sum = zlib.crc32(data, self._sum)
        self._size += len(data)
        self._place += len(data)
        self.fileobj.write(self._out.compress(data))
        return len(data)

    def flush(self, zlib_mode=zlib.Z_SYNC_FLUSH):
        self._check()
        if self.mode == WRITE:
            self.fileobj.write(self._out.flush(zlib_mode))
            self.fileobj.flush()

    def tell(self):
        self._check()
        return self._place

    def seek(self, offset, whence=0):
        self._check()
        if self.mode == WRITE:
            target = offset if whence == 0 else self._place + offset
            if whence == 2:
                raise ValueError("Seek from end not supported")
            if target < self._place:
                raise OSError("Negative seek in write mode")
            self.write(bytes(target - self._place))
            return self._place
        base = {0: 0, 1: self._place, 2: len(self._content())}[whence]
        self._place = max(0, base + offset)
        return self._place

    def rewind(self):
        if self.mode != READ:
            raise OSError("Can't rewind in write mode")
        self._place = 0

    def fileno(self):
        return self.fileobj.fileno()

    def close(self):
        if self._closed:
            return
        self._closed = True
        try:
            if self.mode == WRITE:
                self.fileobj.write(self._out.flush())
                self.fileobj.write(struct.pack("<LL", self._sum, self._size & 0xFFFFFFFF))
        finally:
            if self.myfileobj is not None:
                self.myfileobj.close()
                self.myfileobj = None


def _members(data):
    out = []
    while data:
        if data[:2] != b"\x1f\x8b":
            if out and not data.strip(b"\0"):
                break
            raise BadGzipFile(f"Not a gzipped file ({data[:2]!r})")
        part = zlib.decompressobj(31)
        try:
            out.append(part.decompress(data))
        except zlib.error as error:
            if "length check" in str(error):
                raise BadGzipFile("Incorrect length of data produced") from None
            if "data check" in str(error):
                raise BadGzipFile("CRC check failed") from None
            raise
        if not part.eof:
            raise EOFError("Compressed file ended before the end-of-stream marker was reached")
        data = part.unused_data
    return b"".join(out)


def compress(data, compresslevel=9, *, mtime=0):
    """Data compressed."""
    packed = zlib.compress(data, compresslevel, 31)
    return packed[:4] + struct.pack("<L", int(time.time() if mtime is None else mtime)) + packed[8:9] + b"\xff" + packed[10:]


def decompress(data):
    """Compressed data as it was."""
    return _members(bytes(data))
