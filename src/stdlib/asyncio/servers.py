"""Servers: listening sockets of a loop."""

from . import events


class Server(events.AbstractServer):
    """Sockets that listen, and the connections made through them."""

    def __init__(self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout, ssl_shutdown_timeout=None):
        self._loop = loop
        self._sockets = sockets
        self._protocol_factory = protocol_factory
        self._backlog = backlog
        self._serving = False
