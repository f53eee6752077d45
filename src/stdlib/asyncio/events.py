"""Loops as such: what one must be able to do, and which is the current one."""

__all__ = (
    "AbstractEventLoop",
    "AbstractServer",
    "Handle",
    "TimerHandle",
    "get_event_loop_policy",
    "set_event_loop_policy",
    "get_event_loop",
    "set_event_loop",
    "new_event_loop",
    "_set_running_loop",
    "get_running_loop",
    "_get_running_loop",
)

from _asyncio import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_running_loop


class AbstractServer:
    """What `create_server` gives."""

    def close(self):
        """Stop serving."""
        raise NotImplementedError

    def close_clients(self):
        raise NotImplementedError

    def abort_clients(self):
        raise NotImplementedError

    def get_loop(self):
        raise NotImplementedError

    def is_serving(self):
        raise NotImplementedError

    async def start_serving(self):
        raise NotImplementedError

    async def serve_forever(self):
        raise NotImplementedError

    async def wait_closed(self):
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """The interface of loops."""


def _unwritten(name, coroutine):
    if coroutine:

        async def method(self, *args, **kwargs):
            raise NotImplementedError
    else:

        def method(self, *args, **kwargs):
            raise NotImplementedError

    method.__name__ = name
    method.__qualname__ = f"AbstractEventLoop.{name}"
    return method


for _name in (
    "run_forever run_until_complete stop is_running is_closed close _timer_handle_cancelled call_soon call_later call_at"
    " time create_future create_task call_soon_threadsafe run_in_executor set_default_executor add_reader remove_reader"
    " add_writer remove_writer add_signal_handler remove_signal_handler set_task_factory get_task_factory"
    " get_exception_handler set_exception_handler default_exception_handler call_exception_handler get_debug set_debug"
).split():
    setattr(AbstractEventLoop, _name, _unwritten(_name, False))
for _name in (
    "shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo create_connection create_server sendfile"
    " start_tls create_unix_connection create_unix_server connect_accepted_socket create_datagram_endpoint"
    " connect_read_pipe connect_write_pipe subprocess_shell subprocess_exec sock_recv sock_recv_into sock_recvfrom"
    " sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile"
).split():
    setattr(AbstractEventLoop, _name, _unwritten(_name, True))
del _name


class _AbstractEventLoopPolicy:
    """Which loop is the current one where none is running, and how a new one is made."""

    def get_event_loop(self):
        raise NotImplementedError

    def set_event_loop(self, loop):
        raise NotImplementedError

    def new_event_loop(self):
        raise NotImplementedError


class _BaseDefaultEventLoopPolicy(_AbstractEventLoopPolicy):
    _loop_factory = None

    def __init__(self):
        self._loop = None

    def get_event_loop(self):
        """The loop that was set; RuntimeError if none was."""
        if self._loop is None:
            raise RuntimeError("There is no current event loop in thread 'MainThread'.")
        return self._loop

    def set_event_loop(self, loop):
        """Set the loop, or with None no loop."""
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._loop = loop

    def new_event_loop(self):
        """A new loop, which is not made the current one."""
        return self._loop_factory()


_policy = None


def _get_event_loop_policy():
    global _policy
    if _policy is None:
        from .unix_events import _DefaultEventLoopPolicy

        _policy = _DefaultEventLoopPolicy()
    return _policy


def _deprecated(name):
    import warnings

    warnings.warn(
        f"'asyncio.{name}' is deprecated and slated for removal in Python 3.16", DeprecationWarning, stacklevel=3
    )


def get_event_loop_policy():
    """The policy in use."""
    _deprecated("get_event_loop_policy")
    return _get_event_loop_policy()


def _set_event_loop_policy(policy):
    global _policy
    if policy is not None and not isinstance(policy, _AbstractEventLoopPolicy):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _policy = policy


def set_event_loop_policy(policy):
    """Use another policy; the default one with None."""
    _deprecated("set_event_loop_policy")
    _set_event_loop_policy(policy)


def get_event_loop():
    """The running loop or, where none is running, the one that was set."""
    running = _get_running_loop()
    return _get_event_loop_policy().get_event_loop() if running is None else running


def set_event_loop(loop):
    """Make it the current loop."""
    _get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """A new loop."""
    return _get_event_loop_policy().new_event_loop()


def __getattr__(name):
    if name in ("AbstractEventLoopPolicy", "BaseDefaultEventLoopPolicy"):
        _deprecated(name)
        return globals()[f"_{name}"]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
