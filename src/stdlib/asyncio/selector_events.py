"""A loop that waits for descriptors: readers, writers, and operations on sockets."""

__all__ = ("BaseSelectorEventLoop",)

import sys

from . import base_events, events
from .connections import Connections
from .reports import debug

# What a selector calls reading and writing.
_EVENTS = 1, 2


class BaseSelectorEventLoop(Connections, base_events.BaseEventLoop):
    """A loop with readers and writers."""

    def __init__(self, selector=None):
        super().__init__()
        debug("Using selector: %s", "EpollSelector" if selector is None else type(selector).__name__)
        if selector is not None:
            self._use(selector)
        # The transports by descriptor, and the files of sockets that servers listen at.
        self._transports, self._files = {}, {}

    # ---- a selector of the program's own

    def _use(self, selector):
        import socket

        self._selector = selector
        # Who calls in from another thread writes to the one, and the selector sees the other.
        self._bell, self._ear = socket.socketpair()
        for end in self._bell, self._ear:
            end.setblocking(False)
        self._watch_by_selector(self._ear.fileno(), False, events.Handle(self._heard, (), self, None))
        self.call_soon_threadsafe = self._call_and_wake

    def _call_and_wake(self, callback, *args, context=None):
        handle = type(self).call_soon_threadsafe(self, callback, *args, context=context)
        try:
            self._bell.send(b"\0")
        except OSError:
            # It is full of calls that were not heard yet, or closed.
            pass
        return handle

    def _heard(self):
        try:
            while self._ear.recv(4096):
                pass
        except (BlockingIOError, InterruptedError):
            pass

    def _watch_by_selector(self, fd, writing, handle):
        """What `_watch` does."""
        selector, event = self._selector, _EVENTS[writing]
        key = selector.get_map().get(fd)
        if key is None:
            selector.register(fd, event, (None, handle) if writing else (handle, None))
            return None
        reader, writer = key.data
        selector.modify(fd, key.events | event, (reader, handle) if writing else (handle, writer))
        return writer if writing else reader

    def _forget_by_selector(self, fd, writing):
        """What `_forget` does."""
        selector = self._selector
        key = selector.get_map().get(fd)
        if key is None:
            return None
        reader, writer = key.data
        left = key.events & ~_EVENTS[writing]
        if left:
            selector.modify(fd, left, (reader, None) if writing else (None, writer))
        else:
            selector.unregister(fd)
        return writer if writing else reader

    def _process_events(self, event_list):
        for key, mask in event_list:
            for writing, handle in enumerate(key.data):
                if handle is not None and mask & _EVENTS[writing]:
                    if handle.cancelled():
                        self._remove(key.fd, bool(writing))
                    else:
                        self._add_callback(handle)

    def close(self):
        """Give up what waits, and the descriptors of the loop."""
        if self._selector is None or self.is_running() or self.is_closed():
            super().close()
            return
        self._forget_by_selector(self._ear.fileno(), False)
        super().close()
        self._bell.close()
        self._ear.close()
        self._selector.close()
        self._selector = None

    # ---- readers and writers

    def add_reader(self, fd, callback, *args):
        """Run a callback whenever something can be read from a descriptor."""
        self._check_free(fd)
        self._add(fd, False, callback, args)

    def add_writer(self, fd, callback, *args):
        """Run a callback whenever something can be written to a descriptor."""
        self._check_free(fd)
        self._add(fd, True, callback, args)

    def remove_reader(self, fd):
        """No longer; False if there was nothing."""
        self._check_free(fd)
        return self._remove(fd, False)

    def remove_writer(self, fd):
        """No longer; False if there was nothing."""
        self._check_free(fd)
        return self._remove(fd, True)

    def _check_free(self, fd):
        """What a transport works with is not to be watched by others."""
        if not self._transports:
            return
        transport = self._transports.get(_descriptor(fd))
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f"File descriptor {fd!r} is used by transport {transport!r}")

    def _add(self, fd, writing, callback, args):
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        watch = self._watch if self._selector is None else self._watch_by_selector
        old = watch(_descriptor(fd), writing, handle)
        if old is not None:
            old.cancel()
        return handle

    def _remove(self, fd, writing):
        if self.is_closed():
            return False
        forget = self._forget if self._selector is None else self._forget_by_selector
        old = forget(_descriptor(fd), writing)
        if old is None:
            return False
        old.cancel()
        return True

    # ---- sockets

    async def sock_recv(self, sock, n):
        """Receive at most so many bytes; none at the end."""
        return await self._until_ready(sock, False, "recv", n)

    async def sock_recv_into(self, sock, buf):
        """Receive into a buffer; how many bytes."""
        return await self._until_ready(sock, False, "recv_into", buf)

    async def sock_recvfrom(self, sock, bufsize):
        """Receive a datagram, and learn from whom."""
        return await self._until_ready(sock, False, "recvfrom", bufsize)

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        """Receive a datagram into a buffer; how many bytes, and from whom."""
        return await self._until_ready(sock, False, "recvfrom_into", buf, nbytes or len(buf))

    async def sock_sendto(self, sock, data, address):
        """Send a datagram."""
        return await self._until_ready(sock, True, "sendto", data, address)

    async def sock_sendall(self, sock, data):
        """Send all of it."""
        view = memoryview(data).cast("B") if data else memoryview(b"")
        # Nothing at all is sent once, too: whether that can be done is to be known.
        sent = await self._until_ready(sock, True, "send", view)
        while sent < len(view):
            sent += await self._until_ready(sock, True, "send", view[sent:])

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
        """Send what is in a file; how many bytes."""
        from .sendfile import send_through_socket

        _check_nonblocking(self, sock)
        return await send_through_socket(self, sock, file, offset, count, fallback)

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        """Send what is in a file through a transport; how many bytes."""
        from .sendfile import send_through_transport

        return await send_through_transport(self, transport, file, offset, count, fallback)

    async def sock_accept(self, sock):
        """The next connection, and who made it."""
        connection, address = await self._until_ready(sock, False, "accept")
        connection.setblocking(False)
        return connection, address

    async def sock_connect(self, sock, address):
        """Connect."""
        _check_nonblocking(self, sock)
        try:
            sock.connect(address)
            return
        except (BlockingIOError, InterruptedError):
            pass
        await self._until_ready(sock, True, None, address, at_once=False)

    async def _until_ready(self, sock, writing, method, *args, at_once=True):
        """Try; if it would have to wait, try again when the socket is ready. The method is looked up each time."""
        _check_nonblocking(self, sock)
        if at_once:
            try:
                return getattr(sock, method)(*args)
            except (BlockingIOError, InterruptedError):
                pass
        fd = sock.fileno()
        future = self.create_future()
        handle = self._add(fd, writing, _try_again, (future, sock, method, args))
        try:
            return await future
        finally:
            # Somebody else may wait for it by now.
            if not handle.cancelled():
                self._remove(fd, writing)


def _try_again(future, sock, method, args):
    if future.done():
        return
    try:
        result = _connected(sock, *args) if method is None else getattr(sock, method)(*args)
    except (BlockingIOError, InterruptedError):
        return
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as failure:
        future.set_exception(failure)
    else:
        future.set_result(result)


def _connected(sock, address):
    import socket

    error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if error != 0:
        raise OSError(error, f"Connect call failed {address}")


def _check_nonblocking(loop, sock):
    ssl = sys.modules.get("ssl")
    if ssl is not None and isinstance(sock, ssl.SSLSocket):
        raise TypeError("Socket cannot be of type SSLSocket")
    if loop.get_debug() and sock.gettimeout() != 0:
        raise ValueError("the socket must be non-blocking")


def _descriptor(fd):
    if isinstance(fd, int):
        number = fd
    else:
        try:
            number = int(fd.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"Invalid file object: {fd!r}") from None
    if number < 0:
        raise ValueError(f"Invalid file descriptor: {number}")
    return number
