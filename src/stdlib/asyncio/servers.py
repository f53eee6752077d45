"""Servers: listening sockets of a loop, and the connections that were made through them."""

from weakref import WeakSet

from .events import AbstractServer
from .exceptions import CancelledError
from .trsock import TransportSocket


class Server(AbstractServer):
    """Sockets that listen, and the connections made through them.

    It ends in two steps: closed, it listens no more; when its last connection is gone too, it is over.
    """

    def __init__(
        self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout, ssl_shutdown_timeout=None
    ):
        self._home, self._sockets = loop, sockets
        self._make_protocol, self._backlog = protocol_factory, backlog
        # The context of TLS if there is to be any, and what the handshake and the end are given.
        self._tls = ssl_context, ssl_handshake_timeout, ssl_shutdown_timeout
        self._serves = False
        # The future of serve_forever, while it waits; those of wait_closed, until it is over.
        self._forever, self._waiters = None, []
        # How many connections there are, and those of them that somebody has still.
        self._open, self._clients = 0, WeakSet()

    def __repr__(self):
        return f"<{type(self).__name__} sockets={self.sockets!r}>"

    def get_loop(self):
        """The loop that it belongs to."""
        return self._home

    def is_serving(self):
        """Does it take new connections?"""
        return self._serves

    @property
    def sockets(self):
        """The sockets that listen; none once it is closed."""
        return () if self._sockets is None else tuple(map(TransportSocket, self._sockets))

    def _attach(self, transport):
        self._open += 1
        self._clients.add(transport)

    def _detach(self, transport):
        self._clients.discard(transport)
        self._open -= 1
        if self._sockets is None and not self._open:
            self._finish()

    def _finish(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters or ():
            if not waiter.done():
                waiter.set_result(None)

    def _listen(self):
        if not self._serves:
            self._serves = True
            for sock in self._sockets:
                sock.listen(self._backlog)
                self._home._start_serving(self._make_protocol, sock, self._tls, self, self._backlog)

    async def start_serving(self):
        """Take connections from now on."""
        self._check_not_closed()
        self._listen()
        # The loop gets a chance to take the first.
        from .tasks import sleep

        await sleep(0)

    def _check_not_closed(self):
        if self._sockets is None:
            raise RuntimeError(f"server {self!r} is closed")

    async def serve_forever(self):
        """Take connections until this is cancelled, which closes the server."""
        if self._forever is not None:
            raise RuntimeError(f"server {self!r} is already being awaited on serve_forever()")
        self._check_not_closed()
        self._listen()
        self._forever = self._home.create_future()
        try:
            await self._forever
        except CancelledError:
            self.close()
            await self.wait_closed()
            raise
        finally:
            self._forever = None

    def close(self):
        """Take no more connections; those that there are go on."""
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        for sock in sockets:
            self._home._stop_serving(sock)
        self._serves = False
        if self._forever is not None and not self._forever.done():
            self._forever.cancel()
            self._forever = None
        if not self._open:
            self._finish()

    def close_clients(self):
        """Close the connections, each once it has sent what waits."""
        for transport in list(self._clients):
            transport.close()

    def abort_clients(self):
        """Close the connections at once."""
        for transport in list(self._clients):
            transport.abort()

    async def wait_closed(self):
        """Wait until it is closed, and its last connection gone."""
        if self._waiters is not None:
            waiter = self._home.create_future()
            self._waiters.append(waiter)
            await waiter
