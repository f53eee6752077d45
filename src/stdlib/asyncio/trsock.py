"""The socket of a transport, as programs see it: to be asked and tuned, not to be read from or written to."""


class TransportSocket:
    """A socket that a transport works with."""

    __slots__ = ("_sock",)

    def __init__(self, sock):
        self._sock = sock

    def __repr__(self):
        told = [f"{name}={getattr(self, name)}" for name in ("family", "type", "proto")]
        fd = self.fileno()
        if fd >= 0:
            for name, ask in ("laddr", self.getsockname), ("raddr", self.getpeername):
                try:
                    address = ask()
                except OSError:
                    continue
                if address:
                    told.append(f"{name}={address}")
        return f"<asyncio.TransportSocket fd={fd}, {', '.join(told)}>"

    def __getstate__(self):
        raise TypeError("Cannot serialize asyncio.TransportSocket object")

    def settimeout(self, value):
        """It never waits, and that cannot be changed."""
        if value != 0:
            raise ValueError("settimeout(): only 0 timeout is allowed on transport sockets")

    def setblocking(self, flag):
        """It never waits, and that cannot be changed."""
        if flag:
            raise ValueError("setblocking(): transport sockets cannot be blocking")

    def gettimeout(self):
        """0: it never waits."""
        return 0


def _passed_on():
    # What only asks, or tunes, is the socket's own affair.
    for name in "family", "type", "proto":
        setattr(TransportSocket, name, property(lambda self, name=name: getattr(self._sock, name)))
    for name in "fileno dup get_inheritable shutdown getsockopt setsockopt getpeername getsockname".split():

        def method(self, *args, _name=name):
            return getattr(self._sock, _name)(*args)

        method.__name__, method.__qualname__ = name, f"TransportSocket.{name}"
        setattr(TransportSocket, name, method)


_passed_on()
