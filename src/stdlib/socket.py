"""Sockets: the operating system's network connections, as objects."""

import _socket
import errno as _errno
import io
import os
from _socket import *
from enum import IntEnum, IntFlag

__all__ = [name for name in dir(_socket) if not name.startswith("_")]
__all__ += ["AddressFamily", "SocketKind", "create_connection", "create_server", "fromfd", "getfqdn", "gethostbyaddr",
            "gethostbyname_ex", "getprotobyname", "getservbyname", "getservbyport", "has_dualstack_ipv6", "recv_fds",
            "send_fds", "socketpair"]


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

    def __del__(self):
        if self.fileno() >= 0:
            import warnings

            warnings.warn(f"unclosed {self!r}", ResourceWarning, 2, source=self)
            _socket.socket.close(self)

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
        writing, binary = "w" in mode, "b" in mode
        reading = "r" in mode or not writing
        raw = SocketIO(self, "r" * reading + "w" * writing)
        self._io_refs += 1
        if buffering == 0:
            if not binary:
                raise ValueError("unbuffered streams must be binary")
            return raw
        size = io.DEFAULT_BUFFER_SIZE if buffering is None or buffering < 0 else buffering
        if reading and writing:
            file = io.BufferedRWPair(raw, raw, size)
        else:
            file = (io.BufferedReader if reading else io.BufferedWriter)(raw, size)
        if not binary:
            file = io.TextIOWrapper(file, io.text_encoding(encoding), errors, newline)
            file.mode = mode
        return file

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None, /):
        """Send what is in the buffers, with what goes along: triples of level, kind and data."""
        data = b"".join([_view(buffer) for buffer in buffers])
        ancillary = [tuple(piece) for piece in ancdata]
        return self._send_message(data, ancillary, flags, address)

    def recvmsg(self, bufsize, ancbufsize=0, flags=0, /):
        """Receive: what came, what came along, what is to be known of it, and from whom."""
        return self._recv_message(bufsize, ancbufsize, flags)

    def recvmsg_into(self, buffers, ancbufsize=0, flags=0, /):
        """As `recvmsg`, into buffers one after the other; how many bytes instead of what came."""
        rooms = [memoryview(buffer).cast("B") for buffer in buffers]
        if any(room.readonly for room in rooms):
            raise TypeError("recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers")
        data, *more = self._recv_message(sum(map(len, rooms)), ancbufsize, flags)
        at = 0
        for room in rooms:
            part = data[at : at + len(room)]
            room[: len(part)] = part
            at += len(part)
        return len(data), *more

    def sendfile(self, file, offset=0, count=None):
        """Send what is in a file; the number of bytes."""
        return self._sendfile_use_send(file, offset, count)

    def _sendfile_use_send(self, file, offset=0, count=None):
        if "b" not in getattr(file, "mode", "b"):
            raise ValueError("file should be opened in binary mode")
        if not self.type & SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        if count is not None:
            if not isinstance(count, int):
                raise TypeError(f"count must be a positive integer (got {count!r})")
            if count <= 0:
                raise ValueError(f"count must be a positive integer (got {count!r})")
        if self.gettimeout() == 0:
            raise ValueError("non-blocking sockets are not supported")
        if offset:
            file.seek(offset)
        total = 0
        try:
            while count is None or total < count:
                block = file.read(8192 if count is None else min(8192, count - total))
                if not block:
                    break
                self.sendall(block)
                total += len(block)
            return total
        finally:
            # Where the other end is at.
            if total > 0 and hasattr(file, "seek"):
                file.seek(offset + total)

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
        """Is it passed on to other programs?"""
        return os.get_inheritable(self.fileno())

    def set_inheritable(self, inheritable):
        """Say whether it is passed on to other programs."""
        os.set_inheritable(self.fileno(), inheritable)


def _view(buffer):
    try:
        return memoryview(buffer)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not {type(buffer).__name__!r}") from None


class SocketIO(io.RawIOBase):
    """A socket as a file of bytes, unbuffered."""

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError(f"invalid mode: {mode!r}")
        super().__init__()
        self._sock, self._mode = sock, mode if "b" in mode else mode + "b"
        self._reading, self._writing, self._timed_out = "r" in mode, "w" in mode, False

    @property
    def name(self):
        return -1 if self.closed else self.fileno()

    @property
    def mode(self):
        return self._mode

    def readable(self):
        self._checkClosed()
        return self._reading

    def writable(self):
        self._checkClosed()
        return self._writing

    def seekable(self):
        self._checkClosed()
        return False

    def fileno(self):
        self._checkClosed()
        return self._sock.fileno()

    def _receive(self, method, argument):
        self._checkClosed()
        self._checkReadable()
        if self._timed_out:
            raise OSError("cannot read from timed out object")
        try:
            return getattr(self._sock, method)(argument)
        except BlockingIOError:
            return None
        except timeout:
            # Part of what was asked for may have come and be lost to whoever asked.
            self._timed_out = True
            raise

    def read(self, size=-1, /):
        return self.readall() if size is None or size < 0 else self._receive("recv", size)

    def readinto(self, buffer, /):
        return self._receive("recv_into", buffer)

    def write(self, data, /):
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return None

    def close(self):
        if not self.closed:
            super().close()
            self._sock._decref_socketios()
            self._sock = None


def fromfd(fd, family, type, proto=0):
    """A socket for a copy of a descriptor."""
    return socket(family, type, proto, _socket.dup(fd))


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two sockets that are connected to each other."""
    if family is None:
        family = AF_UNIX
    a, b = _socket.socketpair(family, type, proto)
    return socket(family, type, proto, a), socket(family, type, proto, b)


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Send descriptors along with what is in the buffers, over a local socket."""
    import array

    return sock.sendmsg(buffers, [(SOL_SOCKET, SCM_RIGHTS, array.array("i", fds))], flags, address)


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Receive data, and up to `maxfds` descriptors along with it: both, and what is to be known of them, and from whom."""
    import array

    fds = array.array("i")
    data, ancillary, flags, address = sock.recvmsg(bufsize, CMSG_LEN(maxfds * fds.itemsize), flags)
    for level, kind, numbers in ancillary:
        if (level, kind) == (SOL_SOCKET, SCM_RIGHTS):
            fds.frombytes(numbers[: len(numbers) - len(numbers) % fds.itemsize])
    return data, list(fds), flags, address


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """The addresses for a host and a port."""
    found = _socket.getaddrinfo(host, port, family, type, proto, flags)
    answers = []
    for family, type, proto, canonical, address in found:
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
    answers = getaddrinfo(host, port, 0, SOCK_DGRAM, 0, AI_NUMERICHOST)
    if len(answers) > 1:
        raise OSError("sockaddr resolved to multiple addresses")
    family, *_, address = answers[0]
    if family == AF_INET and more:
        raise OSError("IPv4 sockaddr must be 2 tuple")
    return _socket.getnameinfo(family, (*address[:2], *more), flags)


def _other_names(ours):
    """The first line of the table of hosts that holds one of these names or addresses: its names."""
    for address, *names in _listed("/etc/hosts"):
        if ours & {address, *names}:
            return names
    return []


def gethostbyname_ex(host):
    """Name, other names and IPv4 addresses of a host."""
    addresses, name = [], ""
    for *_, canonical, address in _socket.getaddrinfo(host, None, AF_INET, SOCK_STREAM, 0, AI_CANONNAME):
        name = name or canonical
        if address[0] not in addresses:
            addresses.append(address[0])
    others = [] if host in addresses else [other for other in _other_names({host}) if other != (name or host)]
    return name or host, others, addresses


def gethostbyaddr(host):
    """Name, other names and addresses of the host that has an address."""
    *_, address = _socket.getaddrinfo(host, None, 0, SOCK_STREAM)[0]
    family = AF_INET6 if len(address) == 4 else AF_INET
    name, *others = _other_names({address[0]}) or [None]
    if name is None:
        try:
            name, _ = _socket.getnameinfo(family, address, NI_NAMEREQD)
        except gaierror:
            raise herror(1, "Unknown host") from None
    return name, others, [address[0]]


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
    if not name or name in ("0.0.0.0", "::"):
        name = gethostname()
    try:
        first, others, _ = gethostbyaddr(name)
    except error:
        return name
    return next((other for other in (first, *others) if "." in other), first)


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
