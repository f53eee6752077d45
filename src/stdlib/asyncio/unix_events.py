"""The loop of this system."""

__all__ = ("SelectorEventLoop", "EventLoop")

import _signal

from . import events, selector_events


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """A loop that waits for descriptors, and heeds signals."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}

    def add_signal_handler(self, sig, callback, *args):
        """Have a callback called in the loop when a signal arrives."""
        self._check_callback(callback, "add_signal_handler")
        self._check_signal(sig)
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        try:
            _signal.signal(sig, self._signal_arrived)
        except ValueError:
            raise RuntimeError("set_wakeup_fd only works in main thread of the main interpreter") from None
        except OSError:
            raise RuntimeError(f"sig {sig} cannot be caught") from None
        self._signal_handlers[sig] = handle

    def remove_signal_handler(self, sig):
        """No longer; False if there was none."""
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        _signal.signal(sig, _signal.default_int_handler if sig == _signal.SIGINT else _signal.SIG_DFL)
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in _signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")

    def _signal_arrived(self, sig, frame):
        # Called between two instructions of whatever runs: the callback has its turn like any other.
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle.cancelled():
            self.remove_signal_handler(sig)
        else:
            self.call_soon_threadsafe(handle._run)

    async def connect_read_pipe(self, protocol_factory, pipe):
        """Read from the end of a pipe; a transport, and the protocol that the factory made for it."""
        from .pipe_transports import _UnixReadPipeTransport

        return await self._connect_pipe(_UnixReadPipeTransport, protocol_factory, pipe)

    async def connect_write_pipe(self, protocol_factory, pipe):
        """Write to the end of a pipe; a transport, and the protocol that the factory made for it."""
        from .pipe_transports import _UnixWritePipeTransport

        return await self._connect_pipe(_UnixWritePipeTransport, protocol_factory, pipe)

    async def _connect_pipe(self, transport_class, protocol_factory, pipe):
        protocol, waiter = protocol_factory(), self.create_future()
        transport = transport_class(self, pipe, protocol, waiter)
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    async def subprocess_exec(
        self, protocol_factory, program, *args, stdin=-1, stdout=-1, stderr=-1, universal_newlines=False, shell=False,
        bufsize=0, encoding=None, errors=None, text=None, **kwargs
    ):
        """Start a program; a transport, and the protocol that the factory made for it."""
        from .subprocess_transports import begin, refuse_text

        refuse_text(bufsize, text, universal_newlines, encoding, errors)
        if shell:
            raise ValueError("shell must be False")
        what = (program, *args)
        return await begin(self, protocol_factory, what, False, stdin, stdout, stderr, bufsize, **kwargs)

    async def subprocess_shell(
        self, protocol_factory, cmd, *, stdin=-1, stdout=-1, stderr=-1, universal_newlines=False, shell=True,
        bufsize=0, encoding=None, errors=None, text=None, **kwargs
    ):
        """Run a line of the shell; a transport, and the protocol that the factory made for it."""
        from .subprocess_transports import begin, refuse_text

        if not isinstance(cmd, (bytes, str)):
            raise ValueError("cmd must be a string")
        refuse_text(bufsize, text, universal_newlines, encoding, errors)
        if not shell:
            raise ValueError("shell must be True")
        return await begin(self, protocol_factory, cmd, True, stdin, stdout, stderr, bufsize, **kwargs)

    def close(self):
        """Give up what waits, the handlers of signals, and the descriptors of the loop."""
        super().close()
        for sig in list(self._signal_handlers):
            self.remove_signal_handler(sig)


class _UnixDefaultEventLoopPolicy(events._BaseDefaultEventLoopPolicy):
    _loop_factory = _UnixSelectorEventLoop


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
_DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy


def can_use_pidfd():
    """Can a descriptor tell of the end of another program? Where the system has none, it is asked again and again."""
    return True
