"""Transports: the half of a connection that moves the bytes. What one must be able to do; the working ones are elsewhere."""

__all__ = (
    "BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport",
)

from .events import _to_be_written


@_to_be_written("close is_closing get_protocol set_protocol")
class BaseTransport:
    """What every transport can do."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """What is known about the connection under this name."""
        return self._extra.get(name, default)


@_to_be_written("is_reading pause_reading resume_reading")
class ReadTransport(BaseTransport):
    """One that receives."""

    __slots__ = ()


@_to_be_written(
    "abort can_write_eof get_write_buffer_limits get_write_buffer_size set_write_buffer_limits write write_eof"
)
class WriteTransport(BaseTransport):
    """One that sends."""

    __slots__ = ()

    def writelines(self, list_of_data):
        """Send one after the other."""
        self.write(b"".join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    """One that does both."""

    __slots__ = ()


@_to_be_written("abort sendto")
class DatagramTransport(BaseTransport):
    """One for datagrams."""

    __slots__ = ()


@_to_be_written("get_pid get_pipe_transport get_returncode kill send_signal terminate")
class SubprocessTransport(BaseTransport):
    """One for the pipes of another program."""

    __slots__ = ()


def __getattr__(name):
    if name == "_FlowControlMixin":
        from .outbox import FlowControl

        return FlowControl
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
