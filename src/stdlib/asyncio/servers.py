"""Servers: listening sockets of a loop."""

from .events import AbstractServer


class Server(AbstractServer):
    """Sockets that listen, and the connections made through them."""

    def __init__(
        self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout, ssl_shutdown_timeout=None
    ):
        self._home, self._sockets = loop, sockets
        self._make_protocol, self._backlog = protocol_factory, backlog
        self._serves = False
