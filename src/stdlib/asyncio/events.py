"""Loops as such: what one must be able to do, and which is the current one."""

__all__ = (
    "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy", "set_event_loop_policy",
    "get_event_loop", "set_event_loop", "new_event_loop", "get_running_loop", "_get_running_loop", "_set_running_loop",
)

import _threads
from _asyncio import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_running_loop


class AbstractServer:
    """What `create_server` gives; as a context it is closed at the end."""

    def close(self):
        """Accept no more connections; those that there are go on."""
        raise NotImplementedError

    def close_clients(self):
        """Close the connections, each when what waits to be sent is sent."""
        raise NotImplementedError

    def abort_clients(self):
        """Close the connections at once."""
        raise NotImplementedError

    def get_loop(self):
        """The loop it belongs to."""
        raise NotImplementedError

    def is_serving(self):
        """Are connections accepted?"""
        raise NotImplementedError

    async def start_serving(self):
        """Accept connections from now on."""
        raise NotImplementedError

    async def serve_forever(self):
        """Accept connections until this is cancelled; then the server is closed."""
        raise NotImplementedError

    async def wait_closed(self):
        """Wait until it is closed and has no connections left."""
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """The interface of loops."""

    # Running, and its end.

    def run_forever(self):
        """Run until `stop` is called."""
        raise NotImplementedError

    def run_until_complete(self, future):
        """Run until the future (or the task of the coroutine) is done; its result."""
        raise NotImplementedError

    def stop(self):
        """Leave `run_forever` at the end of this turn."""
        raise NotImplementedError

    def is_running(self):
        """Is it running?"""
        raise NotImplementedError

    def is_closed(self):
        """Was it closed?"""
        raise NotImplementedError

    def close(self):
        """Give up what it holds. It must not be running, and does not run again."""
        raise NotImplementedError

    async def shutdown_asyncgens(self):
        """Close the async generators that are under way."""
        raise NotImplementedError

    async def shutdown_default_executor(self):
        """Wait for the threads of the default executor to end."""
        raise NotImplementedError

    # Callbacks.

    def _timer_handle_cancelled(self, handle):
        raise NotImplementedError

    def call_soon(self, callback, *args, context=None):
        """Have it called in the next turn."""
        raise NotImplementedError

    def call_later(self, delay, callback, *args, context=None):
        """Have it called in so many seconds."""
        raise NotImplementedError

    def call_at(self, when, callback, *args, context=None):
        """Have it called when the loop's clock shows this time."""
        raise NotImplementedError

    def time(self):
        """What the loop's clock shows."""
        raise NotImplementedError

    def create_future(self):
        """A future of this loop."""
        raise NotImplementedError

    def create_task(self, coro, **kwargs):
        """A task of this loop that runs the coroutine."""
        raise NotImplementedError

    # Threads.

    def call_soon_threadsafe(self, callback, *args, context=None):
        """As `call_soon`, from any thread."""
        raise NotImplementedError

    def run_in_executor(self, executor, func, *args):
        """Have it called in a thread of the executor; a future."""
        raise NotImplementedError

    def set_default_executor(self, executor):
        """The executor that is used where none is named."""
        raise NotImplementedError

    # Connections, servers and other programs.

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        """`socket.getaddrinfo`, asked by a thread."""
        raise NotImplementedError

    async def getnameinfo(self, sockaddr, flags=0):
        """`socket.getnameinfo`, asked by a thread."""
        raise NotImplementedError

    async def create_connection(
        self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None, local_addr=None,
        server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, happy_eyeballs_delay=None,
        interleave=None,
    ):
        """Connect to a host; a transport and its protocol."""
        raise NotImplementedError

    async def create_server(
        self, protocol_factory, host=None, port=None, *, family=0, flags=1, sock=None, backlog=100,
        ssl=None, reuse_address=None, reuse_port=None, keep_alive=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None, start_serving=True,
    ):
        """Listen for connections, each of which gets a protocol; a server."""
        raise NotImplementedError

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        """Send a file over a transport; how many bytes."""
        raise NotImplementedError

    async def start_tls(
        self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None,
    ):
        """Go on with TLS; the transport to be used from now on."""
        raise NotImplementedError

    async def create_unix_connection(
        self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None,
    ):
        """Connect to a local socket."""
        raise NotImplementedError

    async def create_unix_server(
        self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None, start_serving=True,
    ):
        """Listen on a local socket."""
        raise NotImplementedError

    async def connect_accepted_socket(
        self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None
    ):
        """A transport and a protocol for a connection that was accepted elsewhere."""
        raise NotImplementedError

    async def create_datagram_endpoint(
        self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0, reuse_address=None,
        reuse_port=None, allow_broadcast=None, sock=None,
    ):
        """Send and receive datagrams; a transport and its protocol."""
        raise NotImplementedError

    async def connect_read_pipe(self, protocol_factory, pipe):
        """A transport that reads from a pipe, and its protocol."""
        raise NotImplementedError

    async def connect_write_pipe(self, protocol_factory, pipe):
        """A transport that writes to a pipe, and its protocol."""
        raise NotImplementedError

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=-1, stdout=-1, stderr=-1, **kwargs):
        """Have the shell run a command."""
        raise NotImplementedError

    async def subprocess_exec(self, protocol_factory, *args, stdin=-1, stdout=-1, stderr=-1, **kwargs):
        """Start a program."""
        raise NotImplementedError

    # Descriptors and sockets.

    def add_reader(self, fd, callback, *args):
        """Have it called whenever there is something to read."""
        raise NotImplementedError

    def remove_reader(self, fd):
        """Watch it for reading no longer."""
        raise NotImplementedError

    def add_writer(self, fd, callback, *args):
        """Have it called whenever there is room to write."""
        raise NotImplementedError

    def remove_writer(self, fd):
        """Watch it for writing no longer."""
        raise NotImplementedError

    async def sock_recv(self, sock, nbytes):
        """Receive up to so many bytes."""
        raise NotImplementedError

    async def sock_recv_into(self, sock, buf):
        """Receive into a buffer; how many bytes."""
        raise NotImplementedError

    async def sock_recvfrom(self, sock, bufsize):
        """Receive a datagram; its bytes and the sender's address."""
        raise NotImplementedError

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        """Receive a datagram into a buffer; how many bytes, and the sender's address."""
        raise NotImplementedError

    async def sock_sendall(self, sock, data):
        """Send all of it."""
        raise NotImplementedError

    async def sock_sendto(self, sock, data, address):
        """Send a datagram; how many bytes."""
        raise NotImplementedError

    async def sock_connect(self, sock, address):
        """Connect a socket."""
        raise NotImplementedError

    async def sock_accept(self, sock):
        """Wait for a connection; its socket and the other end's address."""
        raise NotImplementedError

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=None):
        """Send a file over a socket; how many bytes."""
        raise NotImplementedError

    # Signals, the factory of tasks, errors, debugging.

    def add_signal_handler(self, sig, callback, *args):
        """Have it called when the signal arrives."""
        raise NotImplementedError

    def remove_signal_handler(self, sig):
        """Leave the signal to Python again; was there a handler?"""
        raise NotImplementedError

    def set_task_factory(self, factory):
        """What makes tasks: `factory(loop, coro, **kwargs)`; asyncio itself with None."""
        raise NotImplementedError

    def get_task_factory(self):
        """What makes tasks, or None."""
        raise NotImplementedError

    def get_exception_handler(self):
        """Who is told of exceptions that nobody takes, or None."""
        raise NotImplementedError

    def set_exception_handler(self, handler):
        """Who is told of exceptions that nobody takes: `handler(loop, context)`; the log with None."""
        raise NotImplementedError

    def default_exception_handler(self, context):
        """Write to the log what has happened."""
        raise NotImplementedError

    def call_exception_handler(self, context):
        """Tell the handler what has happened."""
        raise NotImplementedError

    def get_debug(self):
        """Is it in debug mode?"""
        raise NotImplementedError

    def set_debug(self, enabled):
        """Turn debug mode on or off."""
        raise NotImplementedError


class _AbstractEventLoopPolicy:
    """Which loop is the current one where none is running, and how a new one is made."""

    def get_event_loop(self):
        """The current loop."""
        raise NotImplementedError

    def set_event_loop(self, loop):
        """Make it the current loop."""
        raise NotImplementedError

    def new_event_loop(self):
        """A new loop."""
        raise NotImplementedError


class _BaseDefaultEventLoopPolicy(_AbstractEventLoopPolicy):
    _loop_factory = None

    def __init__(self):
        # Those that were set, by the number of the thread.
        self._current = {}

    def get_event_loop(self):
        """The loop that was set; RuntimeError if none was."""
        current = self._current.get(_threads.number())
        if current is not None:
            return current
        raise RuntimeError(f"There is no current event loop in thread {_thread_name()!r}.")

    def set_event_loop(self, loop):
        """Set the loop, or with None no loop."""
        _check_kind("loop", loop, AbstractEventLoop)
        if loop is None:
            self._current.pop(_threads.number(), None)
        else:
            self._current[_threads.number()] = loop

    def new_event_loop(self):
        """A new loop, which is not made the current one."""
        return self._loop_factory()


def _thread_name():
    from threading import current_thread

    return current_thread().name


def _check_kind(what, value, kind):
    if not (value is None or isinstance(value, kind)):
        # The name is that of the public alias.
        wanted = kind.__name__.removeprefix("_")
        raise TypeError(f"{what} must be an instance of {wanted} or None, not '{type(value).__name__}'")


# The policy in use, once somebody has asked for one or set one.
_event_loop_policy = None


def _get_event_loop_policy():
    if _event_loop_policy is None:
        from .unix_events import _DefaultEventLoopPolicy

        _set_event_loop_policy(_DefaultEventLoopPolicy())
    return _event_loop_policy


def _set_event_loop_policy(policy):
    global _event_loop_policy
    _check_kind("policy", policy, _AbstractEventLoopPolicy)
    _event_loop_policy = policy


def _deprecated(name):
    import warnings

    warnings.warn(
        f"'asyncio.{name}' is deprecated and slated for removal in Python 3.16", DeprecationWarning, stacklevel=3
    )


def get_event_loop_policy():
    """The policy in use."""
    _deprecated("get_event_loop_policy")
    return _get_event_loop_policy()


def set_event_loop_policy(policy):
    """Use another policy; the default one with None."""
    _deprecated("set_event_loop_policy")
    _set_event_loop_policy(policy)


# The loop of the prompt, which counts as running while an input that awaits nothing is run, so that `create_task` can be
# typed; others may run meanwhile.
_lent = None


def _lend(loop):
    global _lent
    _lent = loop
    _set_running_loop(loop)


def _loop_in_the_way():
    """The running loop, where none other may run."""
    loop = _get_running_loop()
    return None if loop is _lent else loop


# What is not said by the loop that runs is said by the policy.


def get_event_loop():
    """The running loop or, where none is running, the one that was set."""
    return _get_running_loop() or _get_event_loop_policy().get_event_loop()


def set_event_loop(loop):
    """Make it the current loop."""
    _get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """A new loop."""
    return _get_event_loop_policy().new_event_loop()




# CPython has these twice, in Python and in C, and its tests take both.
for _name in "_get_running_loop", "_set_running_loop", "get_running_loop", "get_event_loop":
    globals()[f"_py_{_name}"] = globals()[f"_c_{_name}"] = globals()[_name]
