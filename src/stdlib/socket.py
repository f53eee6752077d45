"""Sockets: the operating system's network connections, as objects."""

import _socket
import errno as _errno
import os
from _socket import *
from enum import IntEnum, IntFlag

__all__ = [name for name in dir(_socket) if not name.startswith("_")]
__all__ += ["create_connection", "create_server", "fromfd", "getfqdn", "has_dualstack_ipv6", "socketpair", "SocketIO"]


def _members(enum, module, prefixes):
    members = {}
    for name in dir(_socket):
        if name.startswith(prefixes):
            members[name] = getattr(_socket, name)
    made = enum(module, members, module="socket")
    for name in members:
        globals()[name] = made[name]
    return made


AddressFamily = _members(IntEnum, "AddressFamily", ("AF_",))
SocketKind = _members(IntEnum, "SocketKind", ("SOCK_",))
MsgFlag = _members(IntFlag, "MsgFlag", ("MSG_",))
AddressInfo = _members(IntFlag, "AddressInfo", ("AI_",))

error = OSError
timeout = TimeoutError
EBADF = _errno.EBADF
EAGAIN = _errno.EAGAIN
EWOULDBLOCK = _errno.EWOULDBLOCK
_GLOBAL_DEFAULT_TIMEOUT = object()


def _named(value, enum):
    try:
        return enum(value)
    except ValueError:
        return value


class socket(_socket.socket):
    """A network connection, or the means to make one."""

    __slots__ = ["__weakref__", "_io_refs", "_closed"]

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _socket.socket.__init__(self, family, type, proto, fileno)
        self._io_refs = 0
        self._closed = False

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if not self._closed:
            self.close()

    def __repr__(self):
        cls = self.__class__
        closed = " [closed]" if getattr(self, "_closed", False) else ""
        text = (
            f"<{cls.__module__}.{cls.__qualname__}{closed} fd={self.fileno()}, family={self.family},"
            f" type={self.type}, proto={self.proto}"
        )
        if not closed:
            for label, ask in (("laddr", self.getsockname), ("raddr", self.getpeername)):
                try:
                    address = ask()
                    if address:
                        text += f", {label}={address}"
                except (OSError, AttributeError):
                    pass
        return text + ">"

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    @property
    def family(self):
        """The address family of the socket."""
        return _named(super().family, AddressFamily)

    @property
    def type(self):
        """The type of the socket."""
        return _named(super().type, SocketKind)

    def dup(self):
        """Another socket for the same connection."""
        copy = self.__class__(self.family, self.type, self.proto, fileno=_socket.dup(self.fileno()))
        copy.settimeout(self.gettimeout())
        return copy

    def accept(self):
        """Wait for a connection: a new socket, and the address of the other end."""
        fd, address = self._accept()
        connection = socket(self.family, self.type, self.proto, fileno=fd)
        if getdefaulttimeout() is None and self.gettimeout():
            connection.setblocking(True)
        return connection, address

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        """The connection as a file."""
        if not set(mode) <= {"r", "w", "b"}:
            raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
        writing = "w" in mode
        reading = "r" in mode or not writing
        self._io_refs += 1
        return _SocketFile(self, reading, writing, "b" in mode, encoding or "utf-8", errors or "strict", newline)

    def sendfile(self, file, offset=0, count=None):
        """Send what is in a file; the number of bytes."""
        if offset:
            file.seek(offset)
        total = 0
        while count is None or total < count:
            block = file.read(8192 if count is None else min(8192, count - total))
            if not block:
                break
            self.sendall(block)
            total += len(block)
        return total

    def _decref_socketios(self):
        if self._io_refs > 0:
            self._io_refs -= 1
        if self._closed:
            self.close()

    def _real_close(self):
        _socket.socket.close(self)

    def close(self):
        """Close the socket."""
        self._closed = True
        if self._io_refs <= 0:
            self._real_close()

    def detach(self):
        """Close the socket object and give its descriptor away."""
        self._closed = True
        return super().detach()

    def get_inheritable(self):
        return False

    def set_inheritable(self, inheritable):
        raise NotImplementedError("sockets are never inherited by other programs")


class _SocketFile:
    """A socket as a file: buffered, of bytes or text."""

    def __init__(self, sock, reading, writing, binary, encoding, errors, newline):
        self._sock = sock
        self._reading = reading
        self._writing = writing
        self._binary = binary
        self.encoding = encoding
        self.errors = errors
        self._newline = newline
        self._buffer = b""
        self._ended = False
        self._out = []
        self.closed = False

    @property
    def name(self):
        return self._sock.fileno() if self._sock is not None else -1

    @property
    def mode(self):
        return ("r" if self._reading else "") + ("w" if self._writing else "") + ("b" if self._binary else "")

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def readable(self):
        self._check()
        return self._reading

    def writable(self):
        self._check()
        return self._writing

    def seekable(self):
        self._check()
        return False

    def fileno(self):
        self._check()
        return self._sock.fileno()

    def isatty(self):
        self._check()
        return False

    def _fill(self):
        if self._ended:
            return False
        data = self._sock.recv(8192)
        if not data:
            self._ended = True
            return False
        if not self._binary and self._newline is None:
            if data.endswith(b"\r"):
                data += self._sock.recv(1)
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        self._buffer += data
        return True

    def _take(self, size):
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data if self._binary else data.decode(self.encoding, self.errors)

    def read(self, size=-1):
        self._check()
        if size is None or size < 0:
            while self._fill():
                pass
            return self._take(len(self._buffer))
        while len(self._buffer) < size and self._fill():
            pass
        return self._take(size)

    def read1(self, size=-1):
        self._check()
        if not self._buffer:
            self._fill()
        return self._take(len(self._buffer) if size < 0 else size)

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readline(self, size=-1):
        self._check()
        start = 0
        while True:
            end = self._buffer.find(b"\n", start) + 1
            if end:
                break
            start = len(self._buffer)
            if (0 <= size <= start) or not self._fill():
                end = len(self._buffer)
                break
        return self._take(end if size is None or size < 0 else min(end, size))

    def readlines(self, hint=-1):
        lines = []
        total = 0
        for line in self:
            lines.append(line)
            total += len(line)
            if 0 < hint <= total:
                break
        return lines

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, data):
        self._check()
        if not self._binary:
            if not isinstance(data, str):
                raise TypeError(f"write() argument must be str, not {type(data).__name__}")
            size = len(data)
            data = data.encode(self.encoding, self.errors)
        else:
            size = len(data)
        self._out.append(bytes(data))
        if sum(map(len, self._out)) >= 8192:
            self.flush()
        return size

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        self._check()
        if self._out:
            data = b"".join(self._out)
            self._out.clear()
            self._sock.sendall(data)

    def close(self):
        if not self.closed:
            try:
                self.flush()
            finally:
                self.closed = True
                self._sock._decref_socketios()
                self._sock = None

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *args):
        self.close()


SocketIO = _SocketFile
SocketType = socket


def fromfd(fd, family, type, proto=0):
    """A socket for a copy of a descriptor."""
    return socket(family, type, proto, _socket.dup(fd))


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two sockets that are connected to each other."""
    if family is None:
        family = AF_UNIX
    a, b = _socket.socketpair(family, type, proto)
    return socket(family, type, proto, a), socket(family, type, proto, b)


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """The addresses for a host and a port."""
    answers = []
    for family, type, proto, canonical, address in _socket.getaddrinfo(host, port, family, type, proto, flags):
        answers.append((_named(family, AddressFamily), _named(type, SocketKind), proto, canonical, address))
    return answers


def getnameinfo(sockaddr, flags, /):
    """The names of the host and port of an address."""
    if not isinstance(sockaddr, tuple):
        raise TypeError("getnameinfo() argument 1 must be a tuple")
    if not 2 <= len(sockaddr) <= 4 or not isinstance(sockaddr[0], str):
        raise TypeError("getnameinfo(): illegal sockaddr argument")
    host, port, *more = sockaddr
    if more and not 0 <= more[0] <= 0xFFFFF:
        raise OverflowError("getnameinfo(): flowinfo must be 0-1048575.")
    answers = _socket.getaddrinfo(host, port, 0, SOCK_DGRAM, 0, AI_NUMERICHOST)
    if len(answers) > 1:
        raise OSError("sockaddr resolved to multiple addresses")
    family, *_, address = answers[0]
    if family == AF_INET and more:
        raise OSError("IPv4 sockaddr must be 2 tuple")
    return _socket.getnameinfo(family, (*address[:2], *more), flags)


def gethostbyname_ex(host):
    """Name, other names and IPv4 addresses of a host."""
    addresses = []
    for *_, address in _socket.getaddrinfo(host, None, AF_INET, SOCK_STREAM):
        if address[0] not in addresses:
            addresses.append(address[0])
    return host, [], addresses


def _listed(path):
    """The lines of a table of the system, as words; none where there is no table."""
    try:
        file = open(path)
    except OSError:
        return
    with file:
        for line in file:
            words = line.partition("#")[0].split()
            if len(words) > 1:
                yield words


def getprotobyname(protocolname, /):
    """The number of a protocol, as /etc/protocols has it."""
    for name, number, *others in _listed("/etc/protocols"):
        if protocolname in (name, *others):
            return int(number)
    raise OSError("protocol not found")


def _services(protocol):
    for name, place, *others in _listed("/etc/services"):
        port, _, of = place.partition("/")
        if protocol is None or protocol == of:
            yield int(port), (name, *others)


def getservbyname(servicename, protocolname=None, /):
    """The port of a service, as /etc/services has it."""
    for port, names in _services(protocolname):
        if servicename in names:
            return port
    raise OSError("service/proto not found")


def getservbyport(port, protocolname=None, /):
    """The service that has a port."""
    if not 0 <= port <= 0xFFFF:
        raise OverflowError("getservbyport: port must be 0-65535.")
    for number, names in _services(protocolname):
        if number == port:
            return names[0]
    raise OSError("port/proto not found")


def getfqdn(name=""):
    """The full name of a host."""
    name = name.strip()
    return gethostname() if not name or name in ("0.0.0.0", "::") else name


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    """Connect to (host, port), trying each of its addresses."""
    host, port = address
    failures = []
    for family, type, proto, _, target in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket(family, type, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(target)
            failures.clear()
            return sock
        except error as failure:
            if not all_errors:
                failures.clear()
            failures.append(failure)
            if sock is not None:
                sock.close()
    if failures:
        try:
            if not all_errors:
                raise failures[0]
            raise ExceptionGroup("create_connection failed", failures)
        finally:
            failures.clear()
    raise error("getaddrinfo returns an empty list")


def has_dualstack_ipv6():
    """Can one socket serve IPv4 and IPv6?"""
    try:
        with socket(AF_INET6, SOCK_STREAM) as sock:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except error:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """A listening socket bound to (host, port)."""
    if dualstack_ipv6 and family != AF_INET6:
        raise ValueError("dualstack_ipv6 requires AF_INET6 family")
    sock = socket(family, SOCK_STREAM)
    try:
        sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except error as failure:
            message = f"{failure.strerror} (while attempting to bind on address {address!r})"
            raise error(failure.errno, message) from None
        if backlog is None:
            sock.listen()
        else:
            sock.listen(backlog)
        return sock
    except error:
        sock.close()
        raise
