"""TLS between a transport and a protocol: to the transport below it is a protocol, to the protocol above it shows a transport.

What comes from below goes into `_incoming`, through the connection (an `ssl.SSLObject`, which does no input or output), and to
the protocol; what the protocol writes goes through the connection into `_outgoing` and to the transport. Either direction is
paused where the next one is.
"""

from enum import Enum
import ssl

from . import constants, protocols, transports
from .exceptions import CancelledError
from .log import logger
from .outbox import FlowControl, Marks, Outbox

_WAITS = ssl.SSLWantReadError, ssl.SSLSyscallError
_FATAL = SystemExit, KeyboardInterrupt
# So many bytes are taken from the transport, and handed to the protocol, at once.
_GULP = 256 * 1024


class SSLProtocolState(Enum):
    """How far the connection is."""

    UNWRAPPED = "UNWRAPPED"
    DO_HANDSHAKE = "DO_HANDSHAKE"
    WRAPPED = "WRAPPED"
    # What waits is sent, then both ends say that they are done.
    FLUSHING = "FLUSHING"
    SHUTDOWN = "SHUTDOWN"


class AppProtocolState(Enum):
    """What the protocol above has been told."""

    STATE_INIT = "STATE_INIT"
    STATE_CON_MADE = "STATE_CON_MADE"
    STATE_EOF = "STATE_EOF"
    STATE_CON_LOST = "STATE_CON_LOST"


UNWRAPPED, DO_HANDSHAKE, WRAPPED, FLUSHING, SHUTDOWN = SSLProtocolState
INIT, MADE, ENDED, LOST = AppProtocolState


def _create_transport_context(server_side, server_hostname):
    """What `ssl=True` means."""
    if server_side:
        raise ValueError("Server side SSL needs a valid SSLContext")
    context = ssl.create_default_context()
    if not server_hostname:
        context.check_hostname = False
    return context


class _SSLProtocolTransport(FlowControl, transports.Transport):
    """What the protocol above writes to."""

    _start_tls_compatible = True
    # Files are read here and written; the system cannot send what has to be encrypted.
    _sends_files_by_writing = True
    _emptied = None

    def __init__(self, loop, ssl_protocol):
        super().__init__(None, loop)
        self._ssl_protocol, self._closed = ssl_protocol, False
        self._marks = Marks(constants.FLOW_CONTROL_HIGH_WATER_SSL_WRITE * 1024)

    def __del__(self):
        if not self._closed:
            from warnings import warn

            self._closed = True
            warn("unclosed transport <asyncio._SSLProtocolTransport object>", ResourceWarning, source=self)

    @property
    def _protocol(self):
        return self._ssl_protocol._app_protocol

    def get_extra_info(self, name, default=None):
        """What is known about the connection under this name."""
        return self._ssl_protocol._get_extra_info(name, default)

    def set_protocol(self, protocol):
        """Tell another one from now on."""
        self._ssl_protocol._set_app_protocol(protocol)

    def get_protocol(self):
        """Who is told."""
        return self._ssl_protocol._app_protocol

    def is_closing(self):
        """Is it closed, or about to be?"""
        return self._closed or self._ssl_protocol._is_transport_closing()

    def close(self):
        """Send what waits, say that we are done, and close when the other end has said so too."""
        if not self._closed:
            self._closed = True
            self._ssl_protocol._start_shutdown()

    def abort(self):
        """Close without a word."""
        self._force_close(None)

    def _force_close(self, failure):
        self._closed = True
        self._ssl_protocol._abort(failure)

    def is_reading(self):
        """Is what comes handed to the protocol?"""
        return not self._ssl_protocol._app_reading_paused

    def pause_reading(self):
        """Let what comes wait."""
        self._ssl_protocol._pause_app_reading()

    def resume_reading(self):
        """Hand over what comes again."""
        self._ssl_protocol._resume_app_reading()

    def get_write_buffer_size(self):
        """How many bytes wait to be sent."""
        return self._ssl_protocol._get_write_buffer_size()

    def get_read_buffer_limits(self):
        """The marks for what has come and was not read, the lower one first."""
        marks = self._ssl_protocol._incoming_marks
        return marks.low, marks.high

    def set_read_buffer_limits(self, high=None, low=None):
        """Set them."""
        self._ssl_protocol._incoming_marks.set(high, low)
        self._ssl_protocol._control_reading()

    def get_read_buffer_size(self):
        """How many bytes have come and were not read."""
        return self._ssl_protocol._incoming.pending

    def write(self, data):
        """Send some bytes."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data: expecting a bytes-like instance, got {type(data).__name__}")
        if data:
            self._ssl_protocol._write_appdata((data,))

    def writelines(self, list_of_data):
        """Send one after the other."""
        self._ssl_protocol._write_appdata(list_of_data)

    def can_write_eof(self):
        """No: the end of one direction is the end of TLS."""
        return False

    def write_eof(self):
        """Not over TLS."""
        raise NotImplementedError

    async def _until_empty(self):
        """Wait until nothing waits to be encrypted."""
        if self.get_write_buffer_size():
            self._emptied = self._loop.create_future()
            try:
                await self._emptied
            finally:
                self._emptied = None

    def _shrank(self):
        super()._shrank()
        waiter = self._emptied
        if waiter is not None and not waiter.done() and not self.get_write_buffer_size():
            waiter.set_result(None)

    def _test__append_write_backlog(self, data):
        self._ssl_protocol._backlog.add(data)


class SSLProtocol(protocols.BufferedProtocol):
    """TLS, from the handshake to the end."""

    def __init__(
        self, loop, app_protocol, sslcontext, waiter, server_side=False, server_hostname=None, call_connection_made=True,
        ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
    ):
        self._handshake_timeout = _patience("handshake", ssl_handshake_timeout, constants.SSL_HANDSHAKE_TIMEOUT)
        self._shutdown_timeout = _patience("shutdown", ssl_shutdown_timeout, constants.SSL_SHUTDOWN_TIMEOUT)
        if not sslcontext:
            sslcontext = _create_transport_context(server_side, server_hostname)
        self._loop, self._context, self._server_side = loop, sslcontext, server_side
        self._hostname = server_hostname if server_hostname and not server_side else None
        self._extra = dict(sslcontext=sslcontext)
        self._waiter = waiter
        self._state = UNWRAPPED
        self._app_state = INIT if call_connection_made else MADE
        self._set_app_protocol(app_protocol)
        self._app_transport = _SSLProtocolTransport(loop, self)
        # The transport below, and the connection.
        self._transport = self._sslobj = self._timer = None
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._room = None
        # What the protocol has written and the connection has not taken.
        self._backlog = Outbox()
        self._lost, self._below_has_ended = 0, False
        # Who is to wait: the transport below to hand on, we to write to it, we to hand on to the protocol.
        self._reading_paused = self._writing_paused = self._app_reading_paused = False
        self._incoming_marks = Marks(constants.FLOW_CONTROL_HIGH_WATER_SSL_READ * 1024)

    def _set_app_protocol(self, protocol):
        self._app_protocol = protocol
        self._hand_on = self._into_its_buffer if isinstance(protocol, protocols.BufferedProtocol) else self._as_bytes

    def _get_extra_info(self, name, default=None):
        if name in self._extra:
            return self._extra[name]
        return default if self._transport is None else self._transport.get_extra_info(name, default)

    def _is_transport_closing(self):
        return self._transport is not None and self._transport.is_closing()

    def _wakeup_waiter(self, failure=None):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            if failure is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(failure)

    def _set_timer(self, patience=None, callback=None):
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if patience is None else self._loop.call_later(patience, callback)

    # ---- from below

    def connection_made(self, transport):
        """The transport below is there: begin."""
        self._transport = transport
        self._start_handshake()

    def connection_lost(self, exc):
        """The transport below is gone."""
        self._backlog.clear()
        self._outgoing.read()
        self._lost += 1
        transport, self._app_transport = self._app_transport, None
        transport._closed = True
        if self._state is not DO_HANDSHAKE and self._app_state in (MADE, ENDED):
            self._app_state = LOST
            self._loop.call_soon(self._app_protocol.connection_lost, exc)
        waiter = transport._emptied
        if waiter is not None and not waiter.done():
            waiter.set_exception(ConnectionError("Connection is closed by peer"))
        self._state = UNWRAPPED
        self._transport = self._app_protocol = self._hand_on = self._room = None
        self._wakeup_waiter(ConnectionResetError() if exc is None and self._waiter is not None else exc)
        self._set_timer()

    def get_buffer(self, n):
        """Where the next bytes shall be put."""
        if self._room is None:
            self._room = memoryview(bytearray(_GULP))
        return self._room

    def buffer_updated(self, nbytes):
        """So many have been put there."""
        self._incoming.write(self.get_buffer(nbytes)[:nbytes])
        state = self._state
        if state is DO_HANDSHAKE:
            self._do_handshake()
        elif state is WRAPPED:
            self._do_read()
        elif state is FLUSHING:
            self._do_flush()
        elif state is SHUTDOWN:
            self._do_shutdown()

    def eof_received(self):
        """The other end sends no more: what has come is handed on, then it is over. A paused protocol is waited for."""
        self._below_has_ended = True
        if self._loop.get_debug():
            logger.debug("%r received EOF", self)
        state = self._state
        if state is DO_HANDSHAKE:
            self._handshake_over(ConnectionResetError())
        elif state is WRAPPED or state is FLUSHING:
            self._state = FLUSHING
            if self._app_reading_paused:
                return True
            self._do_flush()
        elif state is SHUTDOWN:
            self._do_shutdown()

    def pause_writing(self):
        """The transport below has enough."""
        self._writing_paused = True

    def resume_writing(self):
        """The transport below takes more."""
        self._writing_paused = False
        self._process_outgoing()
        if self._backlog.pieces:
            self._do_write()
        self._do_flush()

    # ---- the handshake

    def _start_handshake(self):
        if self._loop.get_debug():
            logger.debug("%r starts SSL handshake", self)
        self._state = DO_HANDSHAKE
        self._set_timer(self._handshake_timeout, self._handshake_timed_out)
        try:
            self._sslobj = self._context.wrap_bio(
                self._incoming, self._outgoing, server_side=self._server_side, server_hostname=self._hostname
            )
        except Exception as failure:
            self._handshake_over(failure)
        else:
            self._do_handshake()

    def _handshake_timed_out(self):
        if self._state is DO_HANDSHAKE:
            text = f"SSL handshake is taking longer than {self._handshake_timeout} seconds: aborting the connection"
            self._fatal_error(ConnectionAbortedError(text))

    def _do_handshake(self):
        try:
            self._sslobj.do_handshake()
        except _WAITS:
            self._process_outgoing()
        except ssl.SSLError as failure:
            # The other end is told why.
            self._process_outgoing()
            self._handshake_over(failure)
        else:
            self._handshake_over(None)

    def _handshake_over(self, failure):
        self._set_timer()
        connection = self._sslobj
        try:
            if failure is not None:
                raise failure
            self._state = WRAPPED
            certificate = connection.getpeercert()
        except _FATAL:
            raise
        except BaseException as failure:
            self._state = UNWRAPPED
            where = " on verifying the certificate" if isinstance(failure, ssl.CertificateError) else ""
            self._fatal_error(failure, f"SSL handshake failed{where}")
            self._wakeup_waiter(failure)
            return
        if self._loop.get_debug():
            logger.debug("%r: SSL handshake is done", self)
        self._extra.update(
            peercert=certificate, cipher=connection.cipher(), compression=connection.compression(), ssl_object=connection
        )
        if self._app_state is INIT:
            self._app_state = MADE
            self._app_protocol.connection_made(self._app_transport)
        self._wakeup_waiter()
        # Something may have come with the last words of the handshake, and something may wait to be sent.
        self._do_read()

    # ---- the end

    def _start_shutdown(self):
        if self._state in (FLUSHING, SHUTDOWN, UNWRAPPED):
            return
        self._app_transport._closed = True
        if self._state is DO_HANDSHAKE:
            self._abort(None)
            return
        self._state = FLUSHING
        self._set_timer(self._shutdown_timeout, self._shutdown_timed_out)
        self._do_flush()

    def _shutdown_timed_out(self):
        if self._state in (FLUSHING, SHUTDOWN):
            self._transport._force_close(TimeoutError("SSL shutdown timed out"))

    def _do_flush(self):
        """On the way to the end: hand on what has come, send what waits; once nothing waits, say that we are done."""
        if self._state is not FLUSHING:
            return
        self._do_read()
        if self._state is FLUSHING and not self._backlog.pieces:
            self._state = SHUTDOWN
            self._do_shutdown()

    def _do_shutdown(self):
        if self._state is not SHUTDOWN:
            return
        try:
            if not self._below_has_ended:
                self._sslobj.unwrap()
        except _WAITS:
            self._process_outgoing()
        except ssl.SSLError as failure:
            self._process_outgoing()
            self._shutdown_over(failure)
        else:
            self._process_outgoing()
            self._tell_end()
            self._shutdown_over(None)

    def _shutdown_over(self, failure):
        self._set_timer()
        if failure is not None:
            self._fatal_error(failure, "Error occurred during shutdown")
        elif self._transport is not None:
            self._loop.call_soon(self._transport.close)

    def _abort(self, failure):
        self._state = UNWRAPPED
        if self._transport is not None:
            self._transport._force_close(failure)

    def _fatal_error(self, failure, message="Fatal error on transport"):
        if self._transport is not None:
            self._transport._force_close(failure)
        if isinstance(failure, OSError):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        elif not isinstance(failure, CancelledError):
            about = dict(message=message, exception=failure, transport=self._transport, protocol=self)
            self._loop.call_exception_handler(about)

    # ---- sending

    def _write_appdata(self, pieces):
        if self._state in (FLUSHING, SHUTDOWN, UNWRAPPED):
            if self._lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning("SSL connection is closed")
            self._lost += 1
            return
        for piece in pieces:
            if piece:
                # The caller may change what it has given us.
                self._backlog.add(bytes(piece))
        if self._state is WRAPPED:
            try:
                self._do_write()
            except _FATAL:
                raise
            except BaseException as failure:
                self._fatal_error(failure, "Fatal error on SSL protocol")

    def _do_write(self):
        backlog = self._backlog
        try:
            # Nothing is encrypted before there is room for it below.
            while backlog.pieces and not self._writing_paused:
                backlog.sent(self._sslobj.write(backlog.next(_GULP)))
                self._process_outgoing()
        except _WAITS:
            pass
        self._process_outgoing()

    def _process_outgoing(self):
        if not self._writing_paused:
            data = self._outgoing.read()
            if data and self._transport is not None:
                self._transport.write(data)
        if self._app_protocol is not None:
            self._app_transport._swelled()
            self._app_transport._shrank()

    def _get_write_buffer_size(self):
        return self._outgoing.pending + self._backlog.size

    # ---- receiving

    def _do_read(self):
        if self._state is not WRAPPED and self._state is not FLUSHING:
            return
        try:
            if not self._app_reading_paused:
                self._hand_on()
                if self._backlog.pieces:
                    self._do_write()
                else:
                    self._process_outgoing()
            self._control_reading()
        except _FATAL:
            raise
        except BaseException as failure:
            self._fatal_error(failure, "Fatal error on SSL protocol")

    def _as_bytes(self):
        """Hand on all that has come, as one piece."""
        pieces, done = [], False
        try:
            while piece := self._sslobj.read(_GULP):
                pieces.append(piece)
            done = True
        except _WAITS:
            pass
        if pieces:
            self._app_protocol.data_received(pieces[0] if len(pieces) == 1 else b"".join(pieces))
        if done:
            self._tell_end()
            self._start_shutdown()

    def _into_its_buffer(self):
        """Put what has come into the buffers of the protocol, each as full as can be."""
        done = waits = False
        while not (done or waits or self._app_reading_paused):
            room = self._app_protocol.get_buffer(-1)
            if not len(room):
                raise RuntimeError("get_buffer() returned an empty buffer")
            filled = 0
            try:
                while filled < len(room):
                    count = self._sslobj.read(len(room) - filled, memoryview(room)[filled:])
                    if not count:
                        done = True
                        break
                    filled += count
            except _WAITS:
                waits = True
            if filled:
                self._app_protocol.buffer_updated(filled)
        if done:
            self._tell_end()
            self._start_shutdown()

    def _tell_end(self):
        if self._app_state is not MADE:
            return
        self._app_state = ENDED
        try:
            stays = self._app_protocol.eof_received()
        except _FATAL:
            raise
        except BaseException as failure:
            self._fatal_error(failure, "Error calling eof_received()")
        else:
            if stays:
                logger.warning("returning true from eof_received() has no effect when using ssl")

    def _pause_app_reading(self):
        self._app_reading_paused = True

    def _resume_app_reading(self):
        if not self._app_reading_paused:
            return
        self._app_reading_paused = False
        if self._state is WRAPPED:
            self._loop.call_soon(self._do_read)
        elif self._state is FLUSHING:
            self._loop.call_soon(self._do_flush)
        elif self._state is SHUTDOWN:
            self._loop.call_soon(self._do_shutdown)

    def _control_reading(self):
        """The transport below is paused while too much waits to be read."""
        size = self._incoming.pending
        if self._transport is None:
            return
        if size >= self._incoming_marks.high and not self._reading_paused:
            self._reading_paused = True
            self._transport.pause_reading()
        elif size <= self._incoming_marks.low and self._reading_paused:
            self._reading_paused = False
            self._transport.resume_reading()


def _patience(what, seconds, usual):
    if seconds is None:
        return usual
    if seconds <= 0:
        raise ValueError(f"ssl_{what}_timeout should be a positive number, got {seconds}")
    return seconds
