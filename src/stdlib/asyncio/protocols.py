"""Protocols: what is told of a connection. A program derives from them, and writes what it wants to know of."""

__all__ = "BaseProtocol", "Protocol", "BufferedProtocol", "DatagramProtocol", "SubprocessProtocol"


class BaseProtocol:
    """What every protocol is told."""

    __slots__ = ()

    def connection_made(self, transport):
        """It begins; this is the other half."""

    def connection_lost(self, exc):
        """It is over: by itself (None), or because of an error."""

    def pause_writing(self):
        """More waits to be sent than should: write no more for now."""

    def resume_writing(self):
        """There is room again."""


class Protocol(BaseProtocol):
    """Bytes in order, handed over as they come."""

    __slots__ = ()

    def data_received(self, data):
        """Some bytes have come."""

    def eof_received(self):
        """The other end sends no more. A true answer keeps our direction open."""


class BufferedProtocol(BaseProtocol):
    """Bytes in order, written into a buffer of the protocol's own."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """Where the next bytes shall be put."""

    def buffer_updated(self, nbytes):
        """So many have been put there."""

    def eof_received(self):
        """The other end sends no more. A true answer keeps our direction open."""


class DatagramProtocol(BaseProtocol):
    """Datagrams, each for itself."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """One has come from there."""

    def error_received(self, exc):
        """One could not be sent, or not be received."""


class SubprocessProtocol(BaseProtocol):
    """The pipes of another program, and its end."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """It has written some bytes to that descriptor of its own."""

    def pipe_connection_lost(self, fd, exc):
        """That pipe is closed."""

    def process_exited(self):
        """It has ended."""
