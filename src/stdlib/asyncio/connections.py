"""Making connections, and waiting for them: the part of a loop that puts sockets, transports and protocols together."""

import errno

from . import constants
from .tasks import FIRST_COMPLETED, sleep, wait

# The system could not take a connection for want of these.
_SHORT_OF = errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM


class Connections:
    """The part of a loop that makes connections."""

    # ---- names

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        """The addresses of a host and port."""
        import socket

        ask = self._getaddrinfo_debug if self._debug else socket.getaddrinfo
        return await self.run_in_executor(None, ask, host, port, family, type, proto, flags)

    def _getaddrinfo_debug(self, host, port, family=0, type=0, proto=0, flags=0):
        import socket

        from .log import logger

        numbers = ("family", family), ("type", type), ("proto", proto), ("flags", flags)
        asked = ", ".join([f"{host}:{port!r}", *(f"{name}={number!r}" for name, number in numbers if number)])
        logger.debug("Get address info %s", asked)
        began = self.time()
        found = socket.getaddrinfo(host, port, family, type, proto, flags)
        took = self.time() - began
        tell = logger.info if took >= self.slow_callback_duration else logger.debug
        tell(f"Getting address info {asked} took {took * 1e3:.3f}ms: {found!r}")
        return found

    async def getnameinfo(self, sockaddr, flags=0):
        """The host and port of an address."""
        import socket

        return await self.run_in_executor(None, socket.getnameinfo, sockaddr, flags)

    async def _addresses(self, address, *, family, type, proto, flags):
        import socket

        host, port = address[:2]
        if host is not None:
            # What is a number is not asked for.
            try:
                numeric = flags | socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
                return socket.getaddrinfo(host, port, family, type, proto, numeric)
            except socket.gaierror:
                pass
        infos = await self.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)
        if not infos:
            raise OSError("getaddrinfo() returned empty list")
        return infos

    # ---- streams, from here

    async def create_connection(
        self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None,
        local_addr=None, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
        happy_eyeballs_delay=None, interleave=None, all_errors=False,
    ):
        """Connect to a host and port; a transport, and the protocol that the factory made for it."""
        import socket

        if server_hostname is not None and not ssl:
            raise ValueError("server_hostname is only meaningful with ssl")
        if ssl and server_hostname is None:
            if not host:
                raise ValueError("You must set server_hostname when using ssl without a host")
            server_hostname = host
        tls = _tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
        if sock is not None:
            if host is not None or port is not None:
                raise ValueError("host/port and sock can not be specified at the same time")
            _check_stream(sock)
        elif host is None and port is None:
            raise ValueError("host and port was not specified and no sock specified")
        else:
            how = dict(family=family, type=socket.SOCK_STREAM, proto=proto, flags=flags)
            infos = await self._addresses((host, port), **how)
            homes = None if local_addr is None else await self._addresses(local_addr, **how)
            if interleave is None and happy_eyeballs_delay is not None:
                interleave = 1
            if interleave:
                infos = _in_turns(infos, interleave)
            failures = []
            sock = await self._first_to_connect(infos, homes, failures, happy_eyeballs_delay)
            if sock is None:
                raise _all_failed(failures, all_errors)
        return await self._introduce(sock, protocol_factory, tls, server_hostname)

    async def _first_to_connect(self, infos, homes, failures, delay):
        """A connected socket, or None. With a delay the next address is tried while earlier ones still are."""
        tries = (self._connect_to(info, homes, failures) for info in infos)
        if delay is not None:
            return await _first_of(self, tries, delay)
        for attempt in tries:
            sock = await attempt
            if sock is not None:
                return sock

    async def _connect_to(self, info, homes, failures):
        import socket

        family, type, proto, _, address = info
        sock = None
        try:
            sock = socket.socket(family, type, proto)
            sock.setblocking(False)
            if homes is not None:
                _bind_to_one(sock, family, homes)
            await self.sock_connect(sock, address)
            return sock
        except OSError as failure:
            failures.append(failure)
            if sock is not None:
                sock.close()
        except BaseException:
            if sock is not None:
                sock.close()
            raise

    async def create_unix_connection(
        self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
        ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
    ):
        """Connect to a socket of the file system; a transport, and the protocol that the factory made for it."""
        import socket

        if server_hostname is not None and not ssl:
            raise ValueError("server_hostname is only meaningful with ssl")
        if ssl and server_hostname is None:
            raise ValueError("you have to pass server_hostname when using ssl")
        tls = _tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
        if sock is None:
            if path is None:
                raise ValueError("no path and sock were specified")
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, _path_of(path))
            except:
                sock.close()
                raise
        elif path is not None:
            raise ValueError("path and sock can not be specified at the same time")
        else:
            _check_unix(sock)
        return await self._introduce(sock, protocol_factory, tls, server_hostname)

    async def connect_accepted_socket(
        self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None
    ):
        """A transport for a connection that was accepted elsewhere, and the protocol that the factory made for it."""
        tls = _tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
        _check_stream(sock)
        return await self._introduce(sock, protocol_factory, tls, None, True)

    async def _introduce(self, sock, protocol_factory, tls, server_hostname, server_side=False):
        """A transport for a connected socket, and a protocol that has been told of it."""
        sock.setblocking(False)
        waiter = self.create_future()
        protocol = protocol_factory()
        transport = self._make_transport(
            sock, protocol, waiter, tls, server_side=server_side, server_hostname=server_hostname
        )
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    def _make_transport(self, sock, protocol, waiter, tls, *, extra=None, server=None, **ends):
        context, handshake_timeout, shutdown_timeout = tls
        if not context:
            return self._make_socket_transport(sock, protocol, waiter, extra=extra, server=server)
        return self._make_ssl_transport(
            sock, protocol, None if isinstance(context, bool) else context, waiter, extra=extra, server=server,
            ssl_handshake_timeout=handshake_timeout, ssl_shutdown_timeout=shutdown_timeout, **ends,
        )

    def _make_ssl_transport(
        self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False, server_hostname=None, extra=None,
        server=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
    ):
        from .socket_transports import _SelectorSocketTransport
        from .sslproto import SSLProtocol

        between = SSLProtocol(
            self, protocol, sslcontext, waiter, server_side, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout,
        )
        _SelectorSocketTransport(self, rawsock, between, None, extra, server)
        return between._app_transport

    async def start_tls(
        self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None,
    ):
        """Encrypt from now on what a transport carries: the transport that the protocol is to write to instead."""
        import ssl

        if not isinstance(sslcontext, ssl.SSLContext):
            raise TypeError(f"sslcontext is expected to be an instance of ssl.SSLContext, got {sslcontext!r}")
        if not getattr(transport, "_start_tls_compatible", False):
            raise TypeError(f"transport {transport!r} is not supported by start_tls()")
        from .sslproto import SSLProtocol

        waiter = self.create_future()
        between = SSLProtocol(
            self, protocol, sslcontext, waiter, server_side, server_hostname, False, ssl_handshake_timeout,
            ssl_shutdown_timeout,
        )
        # Nothing may come between the two protocols.
        transport.pause_reading()
        transport.set_protocol(between)
        begins = self.call_soon(between.connection_made, transport)
        goes_on = self.call_soon(transport.resume_reading)
        try:
            await waiter
        except BaseException:
            transport.close()
            begins.cancel()
            goes_on.cancel()
            raise
        return between._app_transport

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        from .socket_transports import _SelectorSocketTransport

        return _SelectorSocketTransport(self, sock, protocol, waiter, extra, server)

    # ---- streams, from elsewhere

    async def create_server(
        self, protocol_factory, host=None, port=None, *, family=0, flags=1, sock=None, backlog=100, ssl=None,
        reuse_address=None, reuse_port=None, keep_alive=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
        start_serving=True,
    ):
        """Listen at a host and port; a server, each of whose connections gets a protocol of the factory."""
        if isinstance(ssl, bool):
            raise TypeError("ssl argument must be an SSLContext or None")
        tls = _tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
        if sock is not None:
            if host is not None or port is not None:
                raise ValueError("host/port and sock can not be specified at the same time")
            _check_stream(sock)
            sockets = [sock]
        elif host is None and port is None:
            raise ValueError("Neither host/port nor sock were specified")
        else:
            infos = await self._places_to_listen(host, port, family, flags)
            options = dict(reuse_address=reuse_address is not False, reuse_port=reuse_port, keep_alive=keep_alive)
            sockets = self._bind_all(infos, **options)
        return await self._serve(protocol_factory, sockets, backlog, tls, start_serving)

    async def _places_to_listen(self, host, port, family, flags):
        import socket

        if host == "" or host is None:
            hosts = [None]
        elif isinstance(host, str):
            hosts = [host]
        else:
            hosts = host
        infos = {}
        for host in hosts:
            found = await self._addresses((host, port), family=family, type=socket.SOCK_STREAM, proto=0, flags=flags)
            infos.update(dict.fromkeys(found))
        return list(infos)

    def _bind_all(self, infos, *, reuse_address, reuse_port, keep_alive):
        import socket

        bound = []
        try:
            for family, type, proto, _, address in infos:
                try:
                    sock = socket.socket(family, type, proto)
                except OSError:
                    # The system has no such family, and can have no such address.
                    continue
                bound.append(sock)
                if reuse_address:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
                if reuse_port:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                if keep_alive:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, True)
                if family == socket.AF_INET6:
                    # The IPv4 address of the same name has a socket of its own.
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
                try:
                    sock.bind(address)
                except OSError as failure:
                    reason = str(failure).lower()
                    text = f"error while attempting to bind on address {address!r}: {reason}"
                    if failure.errno != errno.EADDRNOTAVAIL:
                        raise OSError(failure.errno, text) from None
                    bound.pop().close()
                    if self.get_debug():
                        from .base_events import logger

                        logger.warning(text)
            if not bound:
                raise OSError(f"could not bind on any address out of {[info[4] for info in infos]!r}")
        except:
            for sock in bound:
                sock.close()
            raise
        return bound

    async def create_unix_server(
        self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None, start_serving=True, cleanup_socket=True,
    ):
        """Listen at a socket of the file system; a server, each of whose connections gets a protocol of the factory."""
        if isinstance(ssl, bool):
            raise TypeError("ssl argument must be an SSLContext or None")
        tls = _tls(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
        if sock is not None:
            if path is not None:
                raise ValueError("path and sock can not be specified at the same time")
            _check_unix(sock)
        elif path is None:
            raise ValueError("path was not specified, and no sock specified")
        else:
            sock = _bind_to_path(_path_of(path))
        if cleanup_socket:
            self._note_file_of(sock)
        return await self._serve(protocol_factory, [sock], backlog, tls, start_serving)

    async def _serve(self, protocol_factory, sockets, backlog, tls, at_once):
        from .servers import Server

        for sock in sockets:
            sock.setblocking(False)
        context, *timeouts = tls
        server = Server(self, sockets, protocol_factory, context, backlog, *timeouts)
        if at_once:
            server._listen()
            await sleep(0)
        if self.get_debug():
            from .base_events import logger

            logger.info("%r is serving", server)
        return server

    def _start_serving(self, protocol_factory, sock, tls, server=None, backlog=100):
        self._add(sock.fileno(), False, self._take_connections, (protocol_factory, sock, tls, server, backlog))

    def _take_connections(self, protocol_factory, sock, tls, server, backlog):
        """Take all that wait, but no more than the line is long, so that others get their turn."""
        for _ in range(backlog + 1):
            try:
                connection, peer = sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as failure:
                if failure.errno not in _SHORT_OF:
                    raise
                self._pause_serving(protocol_factory, sock, tls, server, backlog, failure)
                return
            connection.setblocking(False)
            self.create_task(self._welcome(protocol_factory, connection, peer, tls, server))

    def _pause_serving(self, protocol_factory, sock, tls, server, backlog, failure):
        # Nothing can be taken, and the socket would report itself without end.
        from .trsock import TransportSocket

        text = "socket.accept() out of system resource"
        self.call_exception_handler(dict(message=text, exception=failure, socket=TransportSocket(sock)))
        self._remove(sock.fileno(), False)
        self.call_later(constants.ACCEPT_RETRY_DELAY, self._resume_serving, protocol_factory, sock, tls, server, backlog)

    def _resume_serving(self, protocol_factory, sock, tls, server, backlog):
        if sock.fileno() >= 0:
            self._start_serving(protocol_factory, sock, tls, server, backlog)

    async def _welcome(self, protocol_factory, connection, peer, tls, server):
        protocol = transport = None
        try:
            protocol = protocol_factory()
            waiter = self.create_future()
            transport = self._make_transport(
                connection, protocol, waiter, tls, extra=dict(peername=peer), server=server, server_side=True
            )
            try:
                await waiter
            except BaseException:
                transport.close()
                raise
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            if transport is None:
                connection.close()
            if self.get_debug():
                about = dict(message="Error on transport creation for incoming connection", exception=failure)
                about |= {k: v for k, v in (("protocol", protocol), ("transport", transport)) if v is not None}
                self.call_exception_handler(about)

    def _stop_serving(self, sock):
        self._remove(sock.fileno(), False)
        self._remove_file_of(sock)
        sock.close()

    # ---- files of sockets

    def _note_file_of(self, sock):
        """At the end the server's file goes, unless it is another's by then."""
        import os

        path = sock.getsockname()
        if path and not _is_abstract(path):
            try:
                self._files[sock] = path, os.stat(path).st_ino
            except OSError:
                pass

    def _remove_file_of(self, sock):
        import os

        path, inode = self._files.pop(sock, (None, None))
        if path is not None:
            try:
                if os.stat(path).st_ino == inode:
                    os.unlink(path)
            except FileNotFoundError:
                pass
            except OSError as failure:
                from .base_events import logger

                logger.error("Unable to clean up listening UNIX socket %r: %r", path, failure)

    # ---- datagrams

    async def create_datagram_endpoint(
        self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0, reuse_port=None,
        allow_broadcast=None, sock=None,
    ):
        """A transport for datagrams, and the protocol that the factory made for it."""
        remote = None
        if sock is None:
            pairs = await self._ends(local_addr, remote_addr, family, proto, flags)
            sock, remote = await self._bind_datagrams(pairs, local_addr, remote_addr, reuse_port, allow_broadcast)
        else:
            import socket

            if sock.type == socket.SOCK_STREAM:
                raise ValueError(f"A datagram socket was expected, got {sock!r}")
            given = dict(
                local_addr=local_addr, remote_addr=remote_addr, family=family, proto=proto, flags=flags,
                reuse_port=reuse_port, allow_broadcast=allow_broadcast,
            )
            given = ", ".join(f"{name}={value}" for name, value in given.items() if value)
            if given:
                raise ValueError(
                    f"socket modifier keyword arguments can not be used when sock is specified. ({given})"
                )
            sock.setblocking(False)
        waiter = self.create_future()
        protocol = protocol_factory()
        transport = self._make_datagram_transport(sock, protocol, remote, waiter)
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        from .socket_transports import _SelectorDatagramTransport

        return _SelectorDatagramTransport(self, sock, protocol, address, waiter, extra)

    async def _ends(self, here, there, family, proto, flags):
        """What can be tried: family, protocol, and the two addresses."""
        import socket

        if not (here or there):
            if family == 0:
                raise ValueError("unexpected address family")
            return [(family, proto, None, None)]
        if family == getattr(socket, "AF_UNIX", None):
            for address in here, there:
                if address is not None and not isinstance(address, str):
                    raise TypeError("string is expected")
            if here and not _is_abstract(here):
                _remove_stale(here)
            return [(family, proto, here, there)]
        found = {}
        for place, address in enumerate((here, there)):
            if address is None:
                continue
            if not (isinstance(address, tuple) and len(address) == 2):
                raise TypeError("2-tuple is expected")
            infos = await self._addresses(address, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags)
            for family_, _, proto_, _, resolved in infos:
                found.setdefault((family_, proto_), [None, None])[place] = resolved
        pairs = [
            (*kind, *ends)
            for kind, ends in found.items()
            if (not here or ends[0] is not None) and (not there or ends[1] is not None)
        ]
        if not pairs:
            raise ValueError("can not get address information")
        return pairs

    async def _bind_datagrams(self, pairs, here, there, reuse_port, allow_broadcast):
        import socket

        failures = []
        for family, proto, local, remote in pairs:
            sock = None
            try:
                sock = socket.socket(family, socket.SOCK_DGRAM, proto)
                if reuse_port:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                if allow_broadcast:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                sock.setblocking(False)
                if here:
                    sock.bind(local)
                if there:
                    if not allow_broadcast:
                        await self.sock_connect(sock, remote)
                    return sock, remote
                return sock, None
            except OSError as failure:
                failures.append(failure)
                if sock is not None:
                    sock.close()
            except:
                if sock is not None:
                    sock.close()
                raise
        raise failures[0]


def _tls(context, handshake_timeout, shutdown_timeout):
    """What was said of TLS, which has to agree."""
    if not context:
        for name, timeout in ("handshake", handshake_timeout), ("shutdown", shutdown_timeout):
            if timeout is not None:
                raise ValueError(f"ssl_{name}_timeout is only meaningful with ssl")
    return context, handshake_timeout, shutdown_timeout


def _check_stream(sock):
    import socket

    if sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")


def _check_unix(sock):
    import socket

    if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A UNIX Domain Stream Socket was expected, got {sock!r}")


def _path_of(path):
    import os

    return os.fspath(path)


def _is_abstract(path):
    return path[:1] in ("\0", b"\0")


def _remove_stale(path):
    """A socket that was left behind by a program that is gone is in the way."""
    import os

    try:
        if os.stat(path).st_mode & 0o170000 == 0o140000:
            os.remove(path)
    except FileNotFoundError:
        pass
    except OSError as failure:
        from .base_events import logger

        logger.error("Unable to check or remove stale UNIX socket %r: %r", path, failure)


def _bind_to_path(path):
    import socket

    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if not _is_abstract(path):
            _remove_stale(path)
        sock.bind(path)
    except OSError as failure:
        sock.close()
        if failure.errno == errno.EADDRINUSE:
            raise OSError(errno.EADDRINUSE, f"Address {path!r} is already in use") from None
        raise
    except:
        sock.close()
        raise
    return sock


def _bind_to_one(sock, family, homes):
    failure = None
    for home_family, _, _, _, address in homes:
        if home_family != family:
            continue
        try:
            sock.bind(address)
            return
        except OSError as refused:
            reason = str(refused).lower()
            failure = OSError(
                refused.errno, f"error while attempting to bind on address {address!r}: {reason}"
            )
    raise failure or OSError(f"no matching local address with family={family!r} found")


def _all_failed(failures, all_of_them):
    """What is raised when no address could be connected to."""
    if all_of_them:
        return ExceptionGroup("create_connection failed", failures)
    texts = [str(failure) for failure in failures]
    if len(set(texts)) == 1:
        return failures[0]
    return OSError(f"Multiple exceptions: {', '.join(texts)}")


def _in_turns(infos, first):
    """Addresses with their families in turn, after so many of the first family."""
    families = {}
    for info in infos:
        families.setdefault(info[0], []).append(info)
    lines = list(families.values())
    ordered = lines[0][: first - 1]
    del lines[0][: first - 1]
    while any(lines):
        ordered += [line.pop(0) for line in lines if line]
    return ordered


async def _first_of(loop, attempts, delay):
    """Begin one attempt after the other, the next when `delay` has passed or one has failed; what the first success gives."""
    attempts, running = iter(attempts), set()
    try:
        while True:
            attempt = next(attempts, None)
            if attempt is not None:
                running.add(loop.create_task(attempt))
            elif not running:
                return None
            patience = None if attempt is None else delay
            done, running = await wait(running, timeout=patience, return_when=FIRST_COMPLETED)
            results = [task.result() for task in done]
            won = [sock for sock in results if sock is not None]
            for late in won[1:]:
                late.close()
            if won:
                return won[0]
    finally:
        for task in running:
            task.cancel()
        if running:
            await wait(running)
        for attempt in attempts:
            attempt.close()
