"""Transports: the half of a connection that moves the bytes. What one must be able to do; the working ones are elsewhere."""

__all__ = (
    "BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport",
)


class BaseTransport:
    """What every transport can do."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """What is known about the connection under this name."""
        return self._extra.get(name, default)

    def is_closing(self):
        """Is it closing or closed?"""
        raise NotImplementedError

    def close(self):
        """Close it when what waits to be sent is sent; the protocol is told by `connection_lost(None)`."""
        raise NotImplementedError

    def set_protocol(self, protocol):
        """Tell another protocol from now on."""
        raise NotImplementedError

    def get_protocol(self):
        """The protocol that is told."""
        raise NotImplementedError


class ReadTransport(BaseTransport):
    """One that receives."""

    __slots__ = ()

    def is_reading(self):
        """Does it receive?"""
        raise NotImplementedError

    def pause_reading(self):
        """Receive nothing for now."""
        raise NotImplementedError

    def resume_reading(self):
        """Receive again."""
        raise NotImplementedError


class WriteTransport(BaseTransport):
    """One that sends."""

    __slots__ = ()

    def set_write_buffer_limits(self, high=None, low=None):
        """How many bytes may wait before the protocol is told to pause, and how few must be left before it may resume."""
        raise NotImplementedError

    def get_write_buffer_size(self):
        """How many bytes wait to be sent."""
        raise NotImplementedError

    def get_write_buffer_limits(self):
        """The two limits, the low one first."""
        raise NotImplementedError

    def write(self, data):
        """Send it; what cannot be sent now waits."""
        raise NotImplementedError

    def writelines(self, list_of_data):
        """Send one after the other."""
        self.write(b"".join(list_of_data))

    def write_eof(self):
        """Send nothing more after what waits."""
        raise NotImplementedError

    def can_write_eof(self):
        """Can the sending end alone?"""
        raise NotImplementedError

    def abort(self):
        """Close it at once; what waits is lost."""
        raise NotImplementedError


class Transport(ReadTransport, WriteTransport):
    """One that does both."""

    __slots__ = ()


class DatagramTransport(BaseTransport):
    """One for datagrams."""

    __slots__ = ()

    def sendto(self, data, addr=None):
        """Send a datagram to this address, or to that of `remote_addr`."""
        raise NotImplementedError

    def abort(self):
        """Close it at once; what waits is lost."""
        raise NotImplementedError


class SubprocessTransport(BaseTransport):
    """One for the pipes of another program."""

    __slots__ = ()

    def get_pid(self):
        """The number of the process."""
        raise NotImplementedError

    def get_returncode(self):
        """What it ended with, or None."""
        raise NotImplementedError

    def get_pipe_transport(self, fd):
        """The transport of that descriptor of the program, or None."""
        raise NotImplementedError

    def send_signal(self, signal):
        """Send it a signal."""
        raise NotImplementedError

    def terminate(self):
        """Ask it to end, by SIGTERM."""
        raise NotImplementedError

    def kill(self):
        """End it, by SIGKILL."""
        raise NotImplementedError


def __getattr__(name):
    if name == "_FlowControlMixin":
        from .outbox import FlowControl

        return FlowControl
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
