"""Other programs, talked to with await."""

__all__ = ("create_subprocess_exec", "create_subprocess_shell")

import subprocess

from . import events
from .protocols import SubprocessProtocol
from .streams import _DEFAULT_LIMIT, FlowControlMixin, StreamReader, StreamWriter
from .tasks import gather

PIPE, STDOUT, DEVNULL = subprocess.PIPE, subprocess.STDOUT, subprocess.DEVNULL


class SubprocessStreamProtocol(FlowControlMixin, SubprocessProtocol):
    """Fills a reader for each output of the program, and has a writer for its input."""

    def __init__(self, limit, loop):
        super().__init__(loop=loop)
        self._limit = limit
        self.stdin = self.stdout = self.stderr = self._transport = None
        self._has_ended = False
        # The outputs that are not closed.
        self._open = set()
        self._stdin_closed = self._loop.create_future()

    def __repr__(self):
        streams = [(name, getattr(self, name)) for name in ("stdin", "stdout", "stderr")]
        shown = [f"{name}={stream!r}" for name, stream in streams if stream is not None]
        return f"<{' '.join([type(self).__name__, *shown])}>"

    def connection_made(self, transport):
        self._transport = transport
        for number, name in (1, "stdout"), (2, "stderr"):
            pipe = transport.get_pipe_transport(number)
            if pipe is not None:
                reader = StreamReader(limit=self._limit, loop=self._loop)
                reader.set_transport(pipe)
                setattr(self, name, reader)
                self._open.add(number)
        pipe = transport.get_pipe_transport(0)
        if pipe is not None:
            self.stdin = StreamWriter(pipe, protocol=self, reader=None, loop=self._loop)

    def _reader(self, number):
        return {1: self.stdout, 2: self.stderr}.get(number)

    def pipe_data_received(self, fd, data):
        reader = self._reader(fd)
        if reader is not None:
            reader.feed_data(data)

    def pipe_connection_lost(self, fd, exc):
        if fd == 0:
            if self.stdin is not None:
                self.stdin.close()
            self.connection_lost(exc)
            if exc is None:
                self._stdin_closed.set_result(None)
            else:
                self._stdin_closed.set_exception(exc)
                # Whoever wants to know asks; otherwise it is nobody's business that the program read no more.
                self._stdin_closed._log_traceback = False
            return
        reader = self._reader(fd)
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        self._open.discard(fd)
        self._close_if_over()

    def process_exited(self):
        self._has_ended = True
        self._close_if_over()

    def _close_if_over(self):
        if self._has_ended and not self._open:
            self._transport.close()
            self._transport = None

    def _get_close_waiter(self, stream):
        if stream is self.stdin:
            return self._stdin_closed


class Process:
    """A program that was started."""

    def __init__(self, transport, protocol, loop):
        self._transport, self._protocol, self._loop = transport, protocol, loop
        self.stdin, self.stdout, self.stderr = protocol.stdin, protocol.stdout, protocol.stderr
        self.pid = transport.get_pid()

    def __repr__(self):
        return f"<{type(self).__name__} {self.pid}>"

    @property
    def returncode(self):
        """How it ended; None while it runs."""
        return self._transport.get_returncode()

    async def wait(self):
        """Wait until it has ended; its status."""
        return await self._transport._wait()

    def send_signal(self, signal):
        """Send it a signal."""
        self._transport.send_signal(signal)

    def terminate(self):
        """Ask it to end."""
        self._transport.terminate()

    def kill(self):
        """End it."""
        self._transport.kill()

    async def communicate(self, input=None):
        """Give it some input, read what it writes, and wait for its end; what it wrote to its two outputs."""
        feeding = _nothing() if self.stdin is None else self._feed(input)
        _, stdout, stderr = await gather(feeding, self._all_of(self.stdout, 1), self._all_of(self.stderr, 2))
        await self.wait()
        return stdout, stderr

    async def _feed(self, input):
        try:
            if input is not None:
                self.stdin.write(input)
            await self.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            # It reads no more, and need not.
            pass
        self.stdin.close()

    async def _all_of(self, reader, number):
        if reader is None:
            return None
        pipe = self._transport.get_pipe_transport(number)
        written = await reader.read()
        pipe.close()
        return written


async def _nothing():
    return None


async def create_subprocess_exec(
    program, *args, stdin=None, stdout=None, stderr=None, limit=_DEFAULT_LIMIT, **kwds
):
    """Start a program; a Process."""
    return await _create("subprocess_exec", limit, program, *args, stdin=stdin, stdout=stdout, stderr=stderr, **kwds)


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None, limit=_DEFAULT_LIMIT, **kwds):
    """Run a line of the shell; a Process."""
    return await _create("subprocess_shell", limit, cmd, stdin=stdin, stdout=stdout, stderr=stderr, **kwds)


async def _create(method, limit, *what, **kwds):
    loop = events.get_running_loop()
    start = getattr(loop, method)
    transport, protocol = await start(lambda: SubprocessStreamProtocol(limit=limit, loop=loop), *what, **kwds)
    return Process(transport, protocol, loop)
