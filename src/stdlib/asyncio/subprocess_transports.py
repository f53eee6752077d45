"""Transports for other programs: their pipes, and their end."""

import os
import subprocess

from .protocols import Protocol
from .transports import SubprocessTransport


class _OfPipe(Protocol):
    """Told of one of the program's pipes; it tells the transport."""

    disconnected = False

    def __init__(self, process, number):
        self.process, self.number, self.pipe = process, number, None

    def __repr__(self):
        return f"<{type(self).__name__} fd={self.number} pipe={self.pipe!r}>"

    def connection_made(self, transport):
        self.pipe = transport

    def connection_lost(self, exc):
        self.disconnected = True
        self.process._pipe_connection_lost(self.number, exc)
        self.process = None


class _WriteSubprocessPipeProto(_OfPipe):
    def pause_writing(self):
        self.process._protocol.pause_writing()

    def resume_writing(self):
        self.process._protocol.resume_writing()


class _ReadSubprocessPipeProto(_OfPipe):
    def data_received(self, data):
        self.process._tell(self.process._protocol.pipe_data_received, self.number, data)


class _UnixSubprocessTransport(SubprocessTransport):
    """A program that was started, and its pipes by the numbers they have there."""

    def __init__(self, loop, protocol, args, shell, stdin, stdout, stderr, bufsize, waiter=None, extra=None, **kwargs):
        self._closed, self._proc = False, None
        super().__init__(extra)
        self._loop, self._protocol = loop, protocol
        self._pid = self._returncode = None
        self._exit_waiters = []
        # Before the protocol knows of the connection what there is to be told is kept.
        self._untold = []
        # The protocols of the pipes; None while one is not connected.
        self._pipes = {number: None for number, given in enumerate((stdin, stdout, stderr)) if given == subprocess.PIPE}
        self._connected = self._finished = False
        try:
            self._proc = subprocess.Popen(
                args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, universal_newlines=False,
                bufsize=bufsize, **kwargs
            )
        except:
            self.close()
            raise
        self._pid = self._proc.pid
        self._extra.update(subprocess=self._proc)
        self._connecting = loop.create_task(self._connect_pipes(waiter))

    def __repr__(self):
        shown = [type(self).__name__]
        if self._closed:
            shown.append("closed")
        if self._pid is not None:
            shown.append(f"pid={self._pid}")
        if self._returncode is not None:
            shown.append(f"returncode={self._returncode}")
        else:
            shown.append("not started" if self._pid is None else "running")
        shown += [f"{name}={pipe.pipe}" for name, number in (("stdin", 0),) if (pipe := self._pipes.get(number))]
        out, err = self._pipes.get(1), self._pipes.get(2)
        if out is not None and err is out:
            shown.append(f"stdout=stderr={out.pipe}")
        else:
            shown += [f"{name}={pipe.pipe}" for name, pipe in (("stdout", out), ("stderr", err)) if pipe is not None]
        return f"<{' '.join(shown)}>"

    def __del__(self):
        if not self._closed:
            from warnings import warn

            warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self.close()

    # ---- what is asked of it

    def set_protocol(self, protocol):
        """Tell another one from now on."""
        self._protocol = protocol

    def get_protocol(self):
        """Who is told."""
        return self._protocol

    def is_closing(self):
        """Is it closed?"""
        return self._closed

    def get_pid(self):
        """The number of the process."""
        return self._pid

    def get_returncode(self):
        """How it ended; None while it runs."""
        return self._returncode

    def get_pipe_transport(self, fd):
        """The transport of one of its pipes."""
        pipe = self._pipes.get(fd)
        return None if pipe is None else pipe.pipe

    def send_signal(self, signal):
        """Send it a signal."""
        self._running().send_signal(signal)

    def terminate(self):
        """Ask it to end."""
        self._running().terminate()

    def kill(self):
        """End it."""
        self._running().kill()

    def _running(self):
        if self._proc is None:
            raise ProcessLookupError()
        return self._proc

    def close(self):
        """Close the pipes, and end it if it runs."""
        if self._closed:
            return
        self._closed = True
        for pipe in self._pipes.values():
            if pipe is not None and pipe.pipe is not None:
                pipe.pipe.close()
        process = self._proc
        if process is not None and self._returncode is None and process.poll() is None:
            if self._loop.get_debug():
                from .log import logger

                logger.warning("Close running child process: kill %r", self)
            try:
                process.kill()
            except (ProcessLookupError, PermissionError):
                pass

    # ---- what happens

    async def _connect_pipes(self, waiter):
        try:
            process, loop = self._proc, self._loop
            for number, stream in enumerate((process.stdin, process.stdout, process.stderr)):
                if stream is None:
                    continue
                if number == 0:
                    connect, kind = loop.connect_write_pipe, _WriteSubprocessPipeProto
                else:
                    connect, kind = loop.connect_read_pipe, _ReadSubprocessPipeProto
                _, self._pipes[number] = await connect(lambda: kind(self, number), stream)
            loop.call_soon(self._protocol.connection_made, self)
            untold, self._untold = self._untold, None
            for callback, args in untold:
                loop.call_soon(callback, *args)
            self._connected = True
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            if waiter is not None and not waiter.cancelled():
                waiter.set_exception(failure)
        else:
            if waiter is not None and not waiter.cancelled():
                waiter.set_result(None)

    def _tell(self, callback, *args):
        if self._untold is None:
            self._loop.call_soon(callback, *args)
        else:
            self._untold.append((callback, args))

    def _pipe_connection_lost(self, number, failure):
        self._tell(self._protocol.pipe_connection_lost, number, failure)
        self._finish_if_over()

    def _process_exited(self, returncode):
        if self._loop.get_debug():
            from .log import logger

            logger.info("%r exited with return code %r", self, returncode)
        self._returncode = returncode
        self._tell(self._protocol.process_exited)
        if None in self._pipes.values():
            # A pipe that was never connected is not told of as lost.
            self._wake_waiters()
        self._finish_if_over()

    def _finish_if_over(self):
        if self._returncode is None or self._finished:
            return
        if all(pipe is not None and pipe.disconnected for pipe in self._pipes.values()):
            self._finished = True
            self._tell(self._end, None)

    def _end(self, failure):
        try:
            self._protocol.connection_lost(failure)
        finally:
            self._wake_waiters()
            self._loop = self._proc = self._protocol = None

    def _wake_waiters(self):
        waiters, self._exit_waiters = self._exit_waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(self._returncode)

    async def _wait(self):
        """Wait until it has ended; its status."""
        if self._returncode is None:
            waiter = self._loop.create_future()
            self._exit_waiters.append(waiter)
            return await waiter
        return self._returncode


def watch_for_end(loop, transport):
    """Have the transport told when its process ends."""
    process = transport._proc
    try:
        end = os.pidfd_open(process.pid)
    except OSError:
        return _look_again(loop, transport, process, 0.001)

    def look():
        if process.poll() is not None:
            loop._remove(end, False)
            os.close(end)
            transport._process_exited(process.returncode)

    loop._add(end, False, look, ())


def _look_again(loop, transport, process, pause):
    """The same where the system has no descriptors for that."""
    if process.poll() is not None:
        transport._process_exited(process.returncode)
    else:
        loop.call_later(pause, _look_again, loop, transport, process, min(2 * pause, 0.05))


async def begin(loop, protocol_factory, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
    """Start a program; the transport, and the protocol that the factory made for it."""
    protocol, waiter = protocol_factory(), loop.create_future()
    transport = _UnixSubprocessTransport(
        loop, protocol, args, shell, stdin, stdout, stderr, bufsize, waiter=waiter, **kwargs
    )
    watch_for_end(loop, transport)
    try:
        await waiter
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException:
        transport.close()
        await transport._wait()
        raise
    return transport, protocol


def refuse_text(bufsize, text, universal_newlines, encoding, errors):
    """Pipes are of bytes here, and not buffered."""
    if universal_newlines:
        raise ValueError("universal_newlines must be False")
    if bufsize != 0:
        raise ValueError("bufsize must be 0")
    if text:
        raise ValueError("text must be False")
    if encoding is not None:
        raise ValueError("encoding must be None")
    if errors is not None:
        raise ValueError("errors must be None")
