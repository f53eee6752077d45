"""Transports for the ends of pipes: what a program reads from standard input, or writes to another's."""

import os

from . import transports
from .futures import _set_result_unless_cancelled
from .outbox import FlowControl, Outbox

_GULP = 256 * 1024
_FATAL = SystemExit, KeyboardInterrupt
# Kinds of files, as the bits of their modes say.
_KIND, _PIPE, _SOCKET, _DEVICE = 0o170000, 0o010000, 0o140000, 0o020000


class _OfPipe:
    """What both ends have in common."""

    _closing = _lost = False

    def _take_over(self, loop, pipe, protocol, waiter, what):
        self._extra["pipe"] = pipe
        self._loop, self._pipe, self._protocol, self._fd = loop, pipe, protocol, pipe.fileno()
        self._kind = os.fstat(self._fd).st_mode & _KIND
        if self._kind not in (_PIPE, _SOCKET, _DEVICE):
            self._pipe = self._protocol = None
            raise ValueError(f"Pipe transport is {what}")
        os.set_blocking(self._fd, False)
        loop.call_soon(protocol.connection_made, self)
        loop.call_soon(self._first_watch)
        if waiter is not None:
            loop.call_soon(_set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        state = " closed" if self._pipe is None else " closing" if self._closing else ""
        more = "closed" if self._pipe is None else "open" if self._loop.is_closed() else self._activity()
        return f"<{type(self).__name__}{state} fd={self._fd} {more}>"

    def __del__(self):
        if getattr(self, "_pipe", None) is not None:
            from warnings import warn

            warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._pipe.close()

    def set_protocol(self, protocol):
        """Tell another one from now on."""
        self._protocol = protocol

    def get_protocol(self):
        """Who is told."""
        return self._protocol

    def is_closing(self):
        """Is it closed, or about to be?"""
        return self._closing

    def _lose(self, failure):
        self._closing = self._lost = True
        self._loop._remove(self._fd, False)
        self._loop._remove(self._fd, True)
        self._loop.call_soon(self._end, failure)

    def _end(self, failure):
        try:
            self._protocol.connection_lost(failure)
        finally:
            self._pipe.close()
            self._pipe = self._protocol = self._loop = None

    def _fail(self, failure, message):
        if not isinstance(failure, OSError):
            about = dict(message=message, exception=failure, transport=self, protocol=self._protocol)
            self._loop.call_exception_handler(about)
        if not self._lost:
            self._lose(failure)


class _UnixReadPipeTransport(_OfPipe, transports.ReadTransport):
    """The end that is read from."""

    _paused = False

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(extra)
        self._take_over(loop, pipe, protocol, waiter, "for pipes/sockets only.")

    def _activity(self):
        return "polling" if self.is_reading() else "idle"

    def _first_watch(self):
        if self.is_reading():
            self._loop._add(self._fd, False, self._take, ())

    def _take(self):
        try:
            data = os.read(self._fd, _GULP)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as failure:
            self._fail(failure, "Fatal read error on pipe transport")
            return
        if data:
            self._protocol.data_received(data)
        elif not self._lost:
            self._loop.call_soon(self._protocol.eof_received)
            self._lose(None)

    def is_reading(self):
        """Is what comes handed to the protocol?"""
        return not (self._closing or self._paused)

    def pause_reading(self):
        """Let what comes wait in the pipe."""
        if self.is_reading():
            self._paused = True
            self._loop._remove(self._fd, False)

    def resume_reading(self):
        """Hand over what comes again."""
        if self._paused and not self._closing:
            self._paused = False
            self._first_watch()

    def close(self):
        """Read no more."""
        if not self._closing:
            self._lose(None)


class _UnixWritePipeTransport(_OfPipe, FlowControl, transports.WriteTransport):
    """The end that is written to."""

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(extra, loop)
        self._outbox = Outbox()
        self._take_over(loop, pipe, protocol, waiter, "only for pipes, sockets and character devices")

    def _activity(self):
        size = self.get_write_buffer_size()
        return f"{'polling' if size else 'idle'} bufsize={size}"

    def _first_watch(self):
        # Nothing ever comes here: it becomes readable when the other end is gone.
        if not self._closing and self._kind != _DEVICE:
            self._loop._add(self._fd, False, self._other_end_gone, ())

    def _other_end_gone(self):
        if not self._lost:
            failure = BrokenPipeError() if self._outbox.pieces else None
            self._outbox.clear()
            self._lose(failure)

    def get_write_buffer_size(self):
        """How many bytes wait to be written."""
        return self._outbox.size

    def write(self, data):
        """Write some bytes: at once as far as that can be, and the rest later."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if not data or self._lost or self._closing:
            return
        data = bytes(data)
        if not self._outbox.pieces:
            try:
                data = data[os.write(self._fd, data) :]
            except (BlockingIOError, InterruptedError):
                pass
            except _FATAL:
                raise
            except BaseException as failure:
                self._fail(failure, "Fatal write error on pipe transport")
                return
            if not data:
                return
            self._loop._add(self._fd, True, self._flush, ())
        self._outbox.add(data)
        self._swelled()

    def _flush(self):
        outbox = self._outbox
        try:
            outbox.sent(os.write(self._fd, outbox.next(_GULP)))
        except (BlockingIOError, InterruptedError):
            return
        except _FATAL:
            raise
        except BaseException as failure:
            outbox.clear()
            self._fail(failure, "Fatal write error on pipe transport")
            return
        self._shrank()
        if not outbox.pieces:
            self._loop._remove(self._fd, True)
            if self._closing and not self._lost:
                self._lose(None)

    def can_write_eof(self):
        """Yes: that is to close it."""
        return True

    def write_eof(self):
        """Close it once everything is written."""
        if not self._closing:
            self._closing = True
            if not self._outbox.pieces:
                self._lose(None)

    def close(self):
        """Close it once everything is written."""
        self.write_eof()

    def abort(self):
        """Close it, and forget what waits."""
        if not self._lost:
            self._outbox.clear()
            self._lose(None)
