"""Compressed data, in the formats of zlib and gzip."""

import _zlib
from _zlib import adler32, crc32

__all__ = ["adler32", "compress", "compressobj", "crc32", "decompress", "decompressobj", "error"]

Z_DEFAULT_COMPRESSION = -1
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION = 0, 1, 9
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_TREES = range(7)
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = range(5)
DEFLATED = 8
DEF_MEM_LEVEL = 8
MAX_WBITS = 15
DEF_BUF_SIZE = 16384
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = "1.3.1"


class error(Exception):
    pass


def _bytes(data):
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None


def _container(wbits, compressing):
    """What is around the data, as the size of the window says."""
    if 8 <= wbits <= 15 or wbits == 0 and not compressing:
        return "zlib"
    if -15 <= wbits <= -8:
        return "raw"
    if 24 <= wbits <= 31:
        return "gzip"
    if 40 <= wbits <= 47 and not compressing:
        return "any"
    return None


class _Compress:
    """Compresses piece by piece."""

    def __init__(self, level, container, strategy):
        self._core = _zlib.deflater(level, strategy)
        self._container = container
        self._sum = 1 if container == "zlib" else 0
        self._size = 0
        self._finished = False
        speed = {0: 0, 1: 0, 2: 1, 3: 1, 4: 1, 5: 1, 6: 2, -1: 2}.get(level, 3)
        self._head = b""
        if container == "zlib":
            flags = speed << 6
            self._head = bytes([0x78, flags + (31 - (0x7800 + flags) % 31) % 31])
        elif container == "gzip":
            self._head = bytes([31, 139, 8, 0, 0, 0, 0, 0, 2 if level == 9 else 4 if level == 1 else 0, 3])

    def _feed(self, data, how):
        data = _bytes(data)
        if self._container == "zlib":
            self._sum = adler32(data, self._sum)
        elif self._container == "gzip":
            self._sum = crc32(data, self._sum)
        self._size += len(data)
        head, self._head = self._head, b""
        return head + self._core.feed(data, how)

    def compress(self, data, /):
        """Take more data; what is due of the result."""
        if self._finished:
            raise error("Error -2 while compressing data: inconsistent stream state")
        return self._feed(data, Z_NO_FLUSH)

    def flush(self, mode=Z_FINISH, /):
        """What is kept back."""
        if mode == Z_NO_FLUSH or self._finished:
            return b""
        if mode != Z_FINISH:
            return self._feed(b"", 3 if mode == Z_FULL_FLUSH else 2)
        out = self._feed(b"", Z_FINISH)
        self._finished = True
        if self._container == "zlib":
            out += self._sum.to_bytes(4, "big")
        elif self._container == "gzip":
            out += self._sum.to_bytes(4, "little") + (self._size & 0xFFFFFFFF).to_bytes(4, "little")
        return out

    def copy(self):
        """Another in the same state."""
        twin = object.__new__(_Compress)
        twin.__dict__.update(self.__dict__, _core=self._core.copy())
        return twin

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()


class _Decompress:
    """Decompresses piece by piece."""

    def __init__(self, container):
        self._core = _zlib.inflater()
        self._container = container
        # "head", "body", "tail", "done"
        self._state = "body" if container == "raw" else "head"
        self._sum = 0
        self._size = 0
        self.unused_data = b""
        self.unconsumed_tail = b""
        self.eof = False

    def copy(self):
        """Another in the same state."""
        twin = object.__new__(_Decompress)
        twin.__dict__.update(self.__dict__, _core=self._core.copy())
        return twin

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()

    def _header(self, data):
        """How long the header is; None when more of it is to come."""
        if self._container == "any" and data:
            self._container = "gzip" if data[0] == 31 else "zlib"
        if self._container == "zlib":
            if len(data) < 2:
                return None
            if int.from_bytes(data[:2]) % 31:
                raise error("Error -3 while decompressing data: incorrect header check")
            if data[0] & 15 != 8:
                raise error("Error -3 while decompressing data: unknown compression method")
            if data[0] >> 4 > 7:
                raise error("Error -3 while decompressing data: invalid window size")
            if data[1] & 32:
                raise error("Error 2 while decompressing data: need dictionary")
            self._sum = 1
            return 2
        if data[:2] != b"\x1f\x8b"[:len(data)]:
            raise error("Error -3 while decompressing data: incorrect header check")
        if len(data) < 10:
            return None
        if data[2] != 8:
            raise error("Error -3 while decompressing data: unknown compression method")
        flags, at = data[3], 10
        if flags & 4:
            at += 2 + int.from_bytes(data[at:at + 2], "little")
        for bit in (8, 16):
            if flags & bit:
                end = data.find(0, at)
                if end < 0:
                    return None
                at = end + 1
        if flags & 2:
            at += 2
        return at if at <= len(data) else None

    def _trailer(self, data):
        size = 4 if self._container == "zlib" else 8
        if len(data) < size:
            return None
        if self._container == "zlib":
            if int.from_bytes(data[:4]) != self._sum:
                raise error("Error -3 while decompressing data: incorrect data check")
        else:
            if int.from_bytes(data[:4], "little") != self._sum:
                raise error("Error -3 while decompressing data: incorrect data check")
            if int.from_bytes(data[4:8], "little") != self._size & 0xFFFFFFFF:
                raise error("Error -3 while decompressing data: incorrect length check")
        return size

    _kept = b""

    def decompress(self, data, /, max_length=0):
        """Take more data; the result, or as much of it as is wanted."""
        if max_length < 0:
            raise ValueError("max_length must be non-negative")
        data = _bytes(data)
        if self._state == "done":
            self.unused_data += data
            return b""
        self.unconsumed_tail = b""
        data = self._kept + data
        self._kept = b""
        out = b""
        if self._state == "head":
            length = self._header(data)
            if length is None:
                self._kept = data
                return out
            data = data[length:]
            self._state = "body"
        if self._state == "body":
            try:
                out, taken, ended = self._core.feed(data, max_length or -1)
            except ValueError:
                raise error("Error -3 while decompressing data: invalid stored block lengths"
                            if data[:1] and data[0] & 6 == 0 else
                            "Error -3 while decompressing data: invalid block type") from None
            data = data[taken:]
            self._size += len(out)
            if self._container == "zlib":
                self._sum = adler32(out, self._sum)
            elif self._container == "gzip":
                self._sum = crc32(out, self._sum)
            if not ended:
                self.unconsumed_tail = data
                return out
            self._state = "tail"
        if self._container == "raw":
            length = 0
        else:
            length = self._trailer(data)
        if length is None:
            self._kept = data
            return out
        self._state = "done"
        self.eof = True
        self.unused_data = data[length:]
        return out

    def flush(self, length=DEF_BUF_SIZE, /):
        """What is left."""
        if length <= 0:
            raise ValueError("length must be greater than zero")
        if self.unconsumed_tail:
            return self.decompress(self.unconsumed_tail)
        return b""


for _class, _name in ((_Compress, "Compress"), (_Decompress, "Decompress")):
    _class.__name__ = _class.__qualname__ = _name


def compress(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS):
    """Data compressed."""
    container = _container(wbits, True)
    if container is None:
        raise error("Invalid initialization option")
    if not -1 <= level <= 9:
        raise error("Bad compression level")
    made = _Compress(level, container, 0)
    return made.compress(data) + made.flush()


def compressobj(level=Z_DEFAULT_COMPRESSION, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,
                strategy=Z_DEFAULT_STRATEGY, zdict=None):
    """Something that compresses piece by piece."""
    container = _container(wbits, True)
    if container is None or not -1 <= level <= 9 or method != DEFLATED or not 0 <= strategy <= 4:
        raise ValueError("Invalid initialization option")
    if zdict is not None:
        raise NotImplementedError("zlib.compressobj(zdict=...)")
    return _Compress(level, container, strategy)


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    """Compressed data as it was."""
    container = _container(wbits, False)
    if container is None:
        raise error("Error -2 while preparing to decompress data: inconsistent stream state")
    made = _Decompress(container)
    out = made.decompress(data)
    if not made.eof:
        raise error("Error -5 while decompressing data: incomplete or truncated stream")
    return out


def decompressobj(wbits=MAX_WBITS, zdict=b""):
    """Something that decompresses piece by piece."""
    container = _container(wbits, False)
    if container is None:
        raise ValueError("Invalid initialization option")
    if zdict:
        raise NotImplementedError("zlib.decompressobj(zdict=...)")
    return _Decompress(container)
