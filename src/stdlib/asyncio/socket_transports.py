"""The working transports: sockets that a loop watches.

A connection's life is the same for streams and datagrams ([`_OfSocket`]): the protocol is told that it was made, the socket is
watched, it begins to close, what waits is sent, the protocol is told that it is lost, the socket is closed. Each of these is a
turn of the loop of its own.
"""

from weakref import WeakValueDictionary
from socket import SHUT_WR, error as _error

from . import constants, transports
from .futures import _set_result_unless_cancelled
from .outbox import FlowControl, Outbox
from .protocols import BufferedProtocol
from .trsock import TransportSocket

# So many bytes are read at once, and sent at once.
_GULP = 256 * 1024
# What would have had to wait.
_LATER = BlockingIOError, InterruptedError
_FATAL = SystemExit, KeyboardInterrupt


class _OfSocket(FlowControl, transports.Transport):
    """What transports of streams and of datagrams have in common."""

    _sock = _server = _protocol = None
    # Has close() been called, or the connection been lost? How many times has it been used since it was lost?
    _closing, _lost = False, 0
    # Is reading paused by the program? Which directions does the loop watch?
    _paused = _reads = _writes = False

    def __init__(self, loop, sock, protocol, extra=None, server=None):
        super().__init__(extra, loop)
        self._sock, self._fd = sock, sock.fileno()
        self._extra["socket"] = TransportSocket(sock)
        self._learn("sockname", sock.getsockname)
        if "peername" not in self._extra:
            self._learn("peername", sock.getpeername)
        self._outbox = Outbox()
        self._server = server
        self.set_protocol(protocol)
        if server is not None:
            server._attach(self)
        if not loop._transports:
            loop._transports = WeakValueDictionary()
        loop._transports[self._fd] = self

    def _learn(self, name, ask):
        try:
            self._extra[name] = ask()
        except _error:
            self._extra[name] = None

    def __repr__(self):
        about = type(self).__name__
        if self._sock is None:
            about += " closed"
        elif self._closing:
            about += " closing"
        about += f" fd={self._fd}"
        if self._sock is not None and not self._loop.is_closed():
            reads, writes = ("polling" if watched else "idle" for watched in (self._reads, self._writes))
            about += f" read={reads} write=<{writes}, bufsize={self.get_write_buffer_size()}>"
        return f"<{about}>"

    def __del__(self):
        if self._sock is not None:
            from warnings import warn

            warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()
            if self._server is not None:
                self._server._detach(self)

    # ---- the protocol

    def set_protocol(self, protocol):
        """Tell another one from now on."""
        self._protocol = protocol

    def get_protocol(self):
        """Who is told."""
        return self._protocol

    def _begin(self, waiter):
        """The first turns: the protocol is told, then there may come something, then whoever made this goes on."""
        loop = self._loop
        loop.call_soon(self._protocol.connection_made, self)
        loop.call_soon(self._first_watch)
        if waiter is not None:
            loop.call_soon(_set_result_unless_cancelled, waiter, None)

    # ---- watching

    def _first_watch(self):
        if self.is_reading():
            self._watch_reading()

    def _watch_reading(self):
        if not self._closing:
            self._reads = True
            self._loop._add(self._fd, False, self._receive, ())

    def _stop_reading(self):
        if self._reads:
            self._reads = False
            self._loop._remove(self._fd, False)

    def _watch_writing(self):
        if not self._writes:
            self._writes = True
            self._loop._add(self._fd, True, self._flush, ())

    def _stop_writing(self):
        if self._writes:
            self._writes = False
            self._loop._remove(self._fd, True)

    def is_reading(self):
        """Is what comes handed to the protocol?"""
        return not (self._closing or self._paused)

    def pause_reading(self):
        """Let what comes wait in the system."""
        if self.is_reading():
            self._paused = True
            self._stop_reading()

    def resume_reading(self):
        """Hand over what comes again."""
        if self._paused and not self._closing:
            self._paused = False
            self._watch_reading()

    # ---- the end

    def is_closing(self):
        """Is it closed, or about to be?"""
        return self._closing

    def close(self):
        """Receive no more, send what waits, and then close."""
        if not self._closing:
            self._closing = True
            self._stop_reading()
            if not self._outbox.pieces:
                self._lose(None)

    def abort(self):
        """Close, and forget what waits."""
        self._force_close(None)

    def _force_close(self, failure):
        if self._lost:
            return
        self._outbox.clear()
        self._closing = True
        self._stop_reading()
        self._lose(failure)

    def _lose(self, failure):
        self._stop_writing()
        self._lost += 1
        self._loop.call_soon(self._end, failure)

    # What a task waits for that wants everything to be sent.
    _emptied = None

    async def _until_empty(self):
        """Wait until nothing waits to be sent."""
        if self._outbox.pieces:
            self._emptied = self._loop.create_future()
            try:
                await self._emptied
            finally:
                self._emptied = None

    def _end(self, failure):
        try:
            self._protocol.connection_lost(failure)
        finally:
            if self._emptied is not None and not self._emptied.done():
                self._emptied.set_exception(ConnectionError("Connection is closed by peer"))
            self._sock.close()
            server, self._server = self._server, None
            self._sock = self._protocol = self._loop = None
            if server is not None:
                server._detach(self)

    def _fail(self, failure, message):
        """An error that the connection does not outlive; the system's own are everyday, all others are told of."""
        loop = self._loop
        if not isinstance(failure, OSError):
            about = dict(message=message, exception=failure, transport=self, protocol=self._protocol)
            loop.call_exception_handler(about)
        elif loop.get_debug():
            from .log import logger

            logger.debug("%r: %s", self, message, exc_info=True)
        self._force_close(failure)

    def _used_after_loss(self):
        if self._lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            from .log import logger

            logger.warning("socket.send() raised exception.")
        self._lost += 1

    def get_write_buffer_size(self):
        """How many bytes wait to be sent."""
        return self._outbox.size


class _SelectorSocketTransport(_OfSocket):
    """A connection of bytes in order."""

    _start_tls_compatible = True
    # Will nothing be written any more?
    _half_closed = False

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        super().__init__(loop, sock, protocol, extra, server)
        self._without_delay()
        self._begin(waiter)

    def _without_delay(self):
        # Small pieces go out at once: whoever writes them joins what belongs together.
        from socket import AF_INET, AF_INET6, IPPROTO_TCP, SOCK_STREAM, TCP_NODELAY

        sock = self._sock
        if sock.family in (AF_INET, AF_INET6) and sock.type == SOCK_STREAM and sock.proto in (0, IPPROTO_TCP):
            sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)

    # ---- receiving

    def set_protocol(self, protocol):
        """Tell another one from now on, and hand over what comes as that one wants it."""
        self._protocol = protocol
        self._fills = isinstance(protocol, BufferedProtocol)
        if self._reads:
            self._watch_reading()

    @property
    def _receive(self):
        return self._into_its_buffer if self._fills else self._as_bytes

    def _as_bytes(self):
        if self._lost:
            return
        try:
            data = self._sock.recv(_GULP)
        except _LATER:
            return
        except _FATAL:
            raise
        except BaseException as failure:
            self._fail(failure, "Fatal read error on socket transport")
            return
        if not data:
            self._ended()
            return
        try:
            self._protocol.data_received(data)
        except _FATAL:
            raise
        except BaseException as failure:
            self._fail(failure, "Fatal error: protocol.data_received() call failed.")

    def _into_its_buffer(self):
        if self._lost:
            return
        doing = "Fatal error: protocol.get_buffer() call failed."
        try:
            buffer = self._protocol.get_buffer(-1)
            if not len(buffer):
                raise RuntimeError("get_buffer() returned an empty buffer")
            doing = "Fatal read error on socket transport"
            try:
                count = self._sock.recv_into(buffer)
            except _LATER:
                return
            if count:
                doing = "Fatal error: protocol.buffer_updated() call failed."
                self._protocol.buffer_updated(count)
                return
        except _FATAL:
            raise
        except BaseException as failure:
            self._fail(failure, doing)
            return
        self._ended()

    def _ended(self):
        if self._loop.get_debug():
            from .log import logger

            logger.debug("%r received EOF", self)
        try:
            stays = self._protocol.eof_received()
        except _FATAL:
            raise
        except BaseException as failure:
            self._fail(failure, "Fatal error: protocol.eof_received() call failed.")
            return
        if stays:
            # The end would be reported again and again.
            self._stop_reading()
        else:
            self.close()

    # ---- sending

    def write(self, data):
        """Send some bytes: at once as far as that can be, and the rest later."""
        if type(data) is not bytes:
            _check_bytes(data)
            data = memoryview(data).cast("B")
        if self._half_closed:
            self._check_open("write")
        if not data:
            return
        if self._lost:
            self._used_after_loss()
            return
        outbox = self._outbox
        if outbox.pieces:
            outbox.add(bytes(data))
        else:
            try:
                sent = self._sock.send(data)
            except _LATER:
                sent = 0
            except _FATAL:
                raise
            except BaseException as failure:
                self._fail(failure, "Fatal write error on socket transport")
                return
            if sent == len(data):
                return
            # The caller may change what it has given us.
            outbox.add(bytes(memoryview(data)[sent:]))
            self._watch_writing()
        self._swelled()

    def writelines(self, list_of_data):
        """Send one after the other."""
        self._check_open("writelines")
        pieces = [bytes(data) for data in list_of_data if data]
        if not pieces:
            return
        if self._lost:
            self._used_after_loss()
            return
        idle = not self._outbox.pieces
        for piece in pieces:
            self._outbox.add(piece)
        if idle:
            self._flush()
            if self._lost or not self._outbox.pieces:
                return
            self._watch_writing()
        self._swelled()

    def _check_open(self, method):
        if self._half_closed:
            raise RuntimeError(f"Cannot call {method}() after write_eof()")

    def _flush(self):
        """Send of what waits as much as there is room for."""
        if self._lost:
            return
        outbox = self._outbox
        try:
            piece = outbox.next(_GULP)
            outbox.sent(self._sock.send(piece))
        except _LATER:
            return
        except _FATAL:
            raise
        except BaseException as failure:
            self._stop_writing()
            outbox.clear()
            self._fail(failure, "Fatal write error on socket transport")
            return
        self._shrank()
        if not outbox.pieces:
            if self._emptied is not None and not self._emptied.done():
                self._emptied.set_result(None)
            self._stop_writing()
            if self._closing:
                if not self._lost:
                    self._lose(None)
            elif self._half_closed:
                self._sock.shutdown(SHUT_WR)

    def can_write_eof(self):
        """Yes: one direction can be closed alone."""
        return True

    def write_eof(self):
        """Close our direction once everything is sent; the other stays open."""
        if not (self._closing or self._half_closed):
            self._half_closed = True
            if not self._outbox.pieces:
                self._sock.shutdown(SHUT_WR)


class _SelectorDatagramTransport(_OfSocket, transports.DatagramTransport):
    """Datagrams: from anybody, or of one address only."""

    # What one takes of the buffer beside its bytes.
    _HEAD = 8

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock, protocol, extra)
        self._address = address
        self._begin(waiter)

    def _receive(self):
        if self._lost:
            return
        protocol = self._protocol
        try:
            data, sender = self._sock.recvfrom(_GULP)
        except _LATER:
            pass
        except OSError as failure:
            protocol.error_received(failure)
        except _FATAL:
            raise
        except BaseException as failure:
            self._fail(failure, "Fatal read error on datagram transport")
        else:
            protocol.datagram_received(data, sender)

    def sendto(self, data, addr=None):
        """Send a datagram."""
        _check_bytes(data)
        if self._address:
            if addr not in (None, self._address):
                raise ValueError(f"Invalid address: must be None or {self._address}")
            addr = self._address
            if self._lost:
                self._used_after_loss()
                return
        outbox = self._outbox
        if outbox.pieces or not self._sends(data, addr):
            outbox.pieces.append((bytes(data), addr))
            outbox.size += len(data) + self._HEAD
            self._watch_writing()
            self._swelled()

    def _sends(self, data, addr):
        """Is it gone, or lost? If not it has to wait."""
        try:
            if self._extra["peername"]:
                self._sock.send(data)
            else:
                self._sock.sendto(data, addr)
        except _LATER:
            return False
        except OSError as failure:
            self._protocol.error_received(failure)
        except _FATAL:
            raise
        except BaseException as failure:
            self._fail(failure, "Fatal write error on datagram transport")
        return True

    def _flush(self):
        outbox = self._outbox
        while outbox.pieces:
            data, addr = outbox.pieces[0]
            if not self._sends(data, addr):
                break
            if not outbox.pieces:
                # It failed for good, or the protocol gave up.
                return
            outbox.pieces.popleft()
            outbox.size -= len(data) + self._HEAD
        self._shrank()
        if not outbox.pieces:
            self._stop_writing()
            if self._closing and not self._lost:
                self._lose(None)


def _check_bytes(data):
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
