"""Streams: connections that are read and written with await."""

__all__ = (
    "StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server",
    "open_unix_connection", "start_unix_server",
)

from _weakref import ref

from . import events
from .coroutines import iscoroutine
from .exceptions import IncompleteReadError, LimitOverrunError
from .protocols import Protocol
from .tasks import sleep

_DEFAULT_LIMIT = 64 * 1024


async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connect; a reader and a writer."""
    return await _open("create_connection", limit, host, port, **kwds)


async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connect to a socket of the file system; a reader and a writer."""
    return await _open("create_unix_connection", limit, path, **kwds)


async def _open(method, limit, *where, **kwds):
    loop = events.get_running_loop()
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await getattr(loop, method)(lambda: protocol, *where, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Serve; the callback is given a reader and a writer for each connection, and may be a coroutine function."""
    return await _start("create_server", client_connected_cb, limit, host, port, **kwds)


async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """The same at a socket of the file system."""
    return await _start("create_unix_server", client_connected_cb, limit, path, **kwds)


async def _start(method, client_connected_cb, limit, *where, **kwds):
    loop = events.get_running_loop()

    def protocol():
        return StreamReaderProtocol(StreamReader(limit=limit, loop=loop), client_connected_cb, loop=loop)

    return await getattr(loop, method)(protocol, *where, **kwds)


class FlowControlMixin(Protocol):
    """A protocol in which writers can wait until there is room again."""

    def __init__(self, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._paused = self._connection_lost = False
        self._drain_waiters = []

    def pause_writing(self):
        self._paused = True

    def resume_writing(self):
        self._paused = False
        self._let_writers_go(None)

    def connection_lost(self, exc):
        self._connection_lost = True
        if self._paused:
            self._let_writers_go(exc)

    def _let_writers_go(self, failure):
        for waiter in self._drain_waiters:
            if waiter.done():
                continue
            if failure is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(failure)

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError("Connection lost")
        if not self._paused:
            return
        waiter = self._loop.create_future()
        self._drain_waiters.append(waiter)
        try:
            await waiter
        finally:
            self._drain_waiters.remove(waiter)

    def _get_close_waiter(self, stream):
        raise NotImplementedError


class StreamReaderProtocol(FlowControlMixin):
    """Fills a reader with what comes; at a server, hands reader and writer to the callback.

    A reader that nobody has any more is not kept by this: the connection is given up. A server's reader is kept until its
    callback has it.
    """

    _reader = _server_reader = _transport = _task = None

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        if stream_reader is not None:
            self._reader = ref(stream_reader)
        if client_connected_cb is not None:
            self._server_reader = stream_reader
        self._callback = client_connected_cb
        # Over TLS one direction cannot be closed alone.
        self._over_ssl = False
        # Was there a reader that is to be missed?
        self._expects_reader = stream_reader is not None
        self._closed = self._loop.create_future()

    def __del__(self):
        closed = getattr(self, "_closed", None)
        if closed is not None and closed.done() and not closed.cancelled():
            # Nobody waits for it any longer, so nobody misses its exception.
            closed.exception()

    @property
    def _stream_reader(self):
        return None if self._reader is None else self._reader()

    def connection_made(self, transport):
        reader = self._stream_reader
        if self._expects_reader and reader is None:
            text = (
                "An open stream was garbage collected prior to establishing network connection;"
                ' call "stream.close()" explicitly.'
            )
            self._loop.call_exception_handler(dict(message=text))
            transport.abort()
            return
        self._replace_transport(transport)
        if reader is not None:
            reader.set_transport(transport)
        if self._callback is not None:
            # Nobody else has the writer: if the callback drops it, that is noticed.
            answer = self._callback(reader, StreamWriter(transport, self, reader, self._loop))
            if iscoroutine(answer):
                self._task = self._loop.create_task(answer)
                self._task.add_done_callback(self._callback_ended)
            self._server_reader = None

    def _replace_transport(self, transport):
        self._transport = transport
        self._over_ssl = transport.get_extra_info("sslcontext") is not None

    def _callback_ended(self, task):
        transport = self._transport
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            text = "Unhandled exception in client_connected_cb"
            self._loop.call_exception_handler(dict(message=text, exception=failure, transport=transport))
        if (failure is not None or task.cancelled()) and transport is not None:
            transport.close()

    def connection_lost(self, exc):
        reader = self._stream_reader
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        if not self._closed.done():
            if exc is None:
                self._closed.set_result(None)
            else:
                self._closed.set_exception(exc)
        super().connection_lost(exc)
        self._reader = self._task = self._transport = None

    def data_received(self, data):
        reader = self._reader
        if reader is not None:
            reader = reader()
            if reader is not None:
                reader.feed_data(data)

    def eof_received(self):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof()
        # What is still to be written may be written.
        return not self._over_ssl

    def _get_close_waiter(self, stream):
        return self._closed


class StreamWriter:
    """The half of a connection that is written to."""

    def __init__(self, transport, protocol, reader, loop):
        self._transport, self._protocol, self._reader, self._loop = transport, protocol, reader, loop
        # A drain that needs not wait may be awaited for a future that is done.
        self._complete_fut = loop.create_future()
        self._complete_fut.set_result(None)

    def __repr__(self):
        with_reader = "" if self._reader is None else f" reader={self._reader!r}"
        return f"<{type(self).__name__} transport={self._transport!r}{with_reader}>"

    def __del__(self):
        transport = getattr(self, "_transport", None)
        if transport is None or transport.is_closing():
            return
        from warnings import warn

        if self._loop.is_closed():
            warn("loop is closed", ResourceWarning)
        else:
            self.close()
            warn(f"unclosed {self!r}", ResourceWarning)

    @property
    def transport(self):
        """What moves the bytes."""
        return self._transport

    def write(self, data):
        """Send bytes; what the system does not take at once waits in a buffer. Await `drain` after it."""
        self._transport.write(data)

    def writelines(self, data):
        """Send one after the other."""
        self._transport.writelines(data)

    def can_write_eof(self):
        """Can our direction be closed alone?"""
        return self._transport.can_write_eof()

    def write_eof(self):
        """Close our direction once what waits is sent."""
        return self._transport.write_eof()

    def close(self):
        """Close the connection once what waits is sent."""
        return self._transport.close()

    def is_closing(self):
        """Is it closed, or about to be?"""
        return self._transport.is_closing()

    async def wait_closed(self):
        """Wait until it is closed."""
        await self._protocol._get_close_waiter(self)

    def get_extra_info(self, name, default=None):
        """What is known about the connection under this name."""
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        """Wait until there is room in the buffer."""
        reader = self._reader
        if type(reader) is StreamReader:
            failure = reader._exception
        else:
            failure = None if reader is None else reader.exception()
        if failure is not None:
            raise failure
        if self._transport.is_closing():
            # The loop gets a turn in which it can tell of the loss.
            await sleep(0)
        protocol = self._protocol
        # Nearly always there is room, and no coroutine is needed to find that out.
        if type(protocol) is not StreamReaderProtocol or protocol._paused or protocol._connection_lost:
            await protocol._drain_helper()

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Encrypt from now on."""
        protocol = self._protocol
        await self.drain()
        transport = await self._loop.start_tls(
            self._transport, protocol, sslcontext, server_side=protocol._callback is not None,
            server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout,
        )
        self._transport = transport
        protocol._replace_transport(transport)
        if self._reader is not None:
            self._reader._transport = transport


class StreamReader:
    """The half of a connection that is read from: what has come and was not taken yet."""

    _source_traceback = None

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._limit, self._buffer = limit, bytearray()
        self._loop = events.get_event_loop() if loop is None else loop
        self._eof = self._paused = False
        # The future of the one coroutine that may wait, the error that ends everything, and the transport.
        self._waiter = self._exception = self._transport = None

    def __repr__(self):
        parts = [
            self._buffer and f"{len(self._buffer)} bytes",
            self._eof and "eof",
            self._limit != _DEFAULT_LIMIT and f"limit={self._limit}",
            self._waiter and f"waiter={self._waiter!r}",
            self._exception and f"exception={self._exception!r}",
            self._transport and f"transport={self._transport!r}",
            self._paused and "paused",
        ]
        return f"<{' '.join([type(self).__name__, *filter(None, parts)])}>"

    # ---- from below

    def set_transport(self, transport):
        """Where the bytes come from, which is asked to pause when there are too many."""
        assert self._transport is None, "Transport already set"
        self._transport = transport

    def exception(self):
        """The error that has ended the connection, or None."""
        return self._exception

    def set_exception(self, exc):
        """Whoever reads is to get this."""
        self._exception = exc
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_exception(exc)

    def feed_data(self, data):
        """These bytes have come."""
        assert not self._eof, "feed_data after feed_eof"
        if not data:
            return
        buffer = self._buffer
        buffer += data
        waiter = self._waiter
        if waiter is not None:
            self._waiter = None
            if not waiter.cancelled():
                waiter.set_result(None)
        if len(buffer) > 2 * self._limit and not self._paused and self._transport is not None:
            try:
                self._transport.pause_reading()
            except NotImplementedError:
                # It cannot be asked, and need not be asked again.
                self._transport = None
            else:
                self._paused = True

    def feed_eof(self):
        """No more will come."""
        self._eof = True
        self._wake()

    def at_eof(self):
        """Has everything been taken, and will no more come?"""
        return self._eof and not self._buffer

    def _wake(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_result(None)

    # ---- from above

    def _more(self, method):
        """A future to wait for until something has come, or the end. Whoever has waited takes it from `_waiter`."""
        if self._waiter is not None:
            raise RuntimeError(f"{method}() called while another coroutine is already waiting for incoming data")
        assert not self._eof, "_wait_for_data after EOF"
        if self._paused:
            # Nothing would come.
            self._go_on()
        self._waiter = waiter = self._loop.create_future()
        return waiter

    def _go_on(self):
        self._paused = False
        self._transport.resume_reading()

    def _take(self, count):
        """The first bytes, which are gone with it; whoever sends may go on if few are left."""
        buffer = self._buffer
        if count >= len(buffer):
            data = bytes(buffer)
            buffer.clear()
        else:
            data = bytes(buffer[:count])
            del buffer[:count]
        if self._paused:
            self._has_room()
        return data

    def _has_room(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._go_on()

    async def read(self, n=-1):
        """Up to `n` bytes, as soon as there are any; without `n` all until the end. Nothing at the end."""
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        if n < 0:
            # By blocks, which keep the buffer below its limit.
            blocks = []
            while block := await self.read(self._limit):
                blocks.append(block)
            return b"".join(blocks)
        buffer = self._buffer
        if not buffer and not self._eof:
            if self._waiter is None and not self._paused:
                self._waiter = waiter = self._loop.create_future()
            else:
                waiter = self._more("read")
            try:
                await waiter
            finally:
                self._waiter = None
        if self._paused or n < len(buffer):
            return self._take(n)
        data = bytes(buffer)
        buffer.clear()
        return data

    async def readexactly(self, n):
        """Exactly `n` bytes; IncompleteReadError if the end comes first."""
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        if self._exception is not None:
            raise self._exception
        while len(self._buffer) < n:
            if self._eof:
                partial = bytes(self._buffer)
                self._buffer.clear()
                raise IncompleteReadError(partial, n)
            waiter = self._more("readexactly")
            try:
                await waiter
            finally:
                self._waiter = None
        return self._take(n) if n else b""

    async def readline(self):
        """A line with its end, or what there is before the end of all."""
        try:
            return await self.readuntil(b"\n")
        except IncompleteReadError as short:
            return short.partial
        except LimitOverrunError as long:
            # What is too long is thrown away: with its end, if that is known.
            skipped = long.consumed
            if self._buffer.startswith(b"\n", skipped):
                del self._buffer[: skipped + 1]
            else:
                self._buffer.clear()
            self._has_room()
            raise ValueError(long.args[0])

    async def readuntil(self, separator=b"\n"):
        """The bytes up to a separator and with it; of several separators, the one that comes first."""
        separators = sorted(separator, key=len) if isinstance(separator, tuple) else [separator]
        if not separators:
            raise ValueError("Separator should contain at least one element")
        shortest, longest = len(separators[0]), len(separators[-1])
        if not shortest:
            raise ValueError("Separator should be at least one-byte string")
        if self._exception is not None:
            raise self._exception
        # No separator begins before this place.
        seen = 0
        while True:
            if len(self._buffer) - seen >= shortest:
                found = _first_found(self._buffer, separators, seen)
                if found is not None:
                    start, end = found
                    break
                seen = max(0, len(self._buffer) + 1 - longest)
                if seen > self._limit:
                    raise LimitOverrunError("Separator is not found, and chunk exceed the limit", seen)
            if self._eof:
                partial = bytes(self._buffer)
                self._buffer.clear()
                raise IncompleteReadError(partial, None)
            waiter = self._more("readuntil")
            try:
                await waiter
            finally:
                self._waiter = None
        if start > self._limit:
            raise LimitOverrunError("Separator is found, but chunk is longer than limit", start)
        return self._take(end)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line


def _first_found(buffer, separators, begin):
    """Start and end of the separator that ends first."""
    found = None
    for separator in separators:
        start = buffer.find(separator, begin)
        if start >= 0 and (found is None or start + len(separator) < found[1]):
            found = start, start + len(separator)
    return found
