"""Loops as such: what one must be able to do, and which is the current one."""

__all__ = (
    "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy", "set_event_loop_policy",
    "get_event_loop", "set_event_loop", "new_event_loop", "get_running_loop", "_get_running_loop", "_set_running_loop",
)

import _threads
from _asyncio import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_running_loop


def _to_be_written(methods, coroutines=""):
    """Give a class methods and coroutines that say nothing but that derived classes must have them."""

    def decorate(cls):
        for name in methods.split():

            def unwritten(self, *args, **kwargs):
                raise NotImplementedError

            _put_into(cls, name, unwritten)
        for name in coroutines.split():

            async def unwritten(self, *args, **kwargs):
                raise NotImplementedError

            _put_into(cls, name, unwritten)
        return cls

    return decorate


def _put_into(cls, name, function):
    function.__name__, function.__qualname__ = name, f"{cls.__qualname__}.{name}"
    setattr(cls, name, function)


@_to_be_written(
    "close close_clients abort_clients get_loop is_serving",
    "start_serving serve_forever wait_closed",
)
class AbstractServer:
    """What `create_server` gives; as a context it is closed at the end."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


@_to_be_written(
    "run_forever run_until_complete stop is_running is_closed close _timer_handle_cancelled call_soon call_later call_at"
    " time create_future create_task call_soon_threadsafe run_in_executor set_default_executor add_reader remove_reader"
    " add_writer remove_writer add_signal_handler remove_signal_handler set_task_factory get_task_factory"
    " get_exception_handler set_exception_handler default_exception_handler call_exception_handler get_debug set_debug",
    "shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo create_connection create_server sendfile"
    " start_tls create_unix_connection create_unix_server connect_accepted_socket create_datagram_endpoint"
    " connect_read_pipe connect_write_pipe subprocess_shell subprocess_exec sock_recv sock_recv_into sock_recvfrom"
    " sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile",
)
class AbstractEventLoop:
    """The interface of loops."""


@_to_be_written("get_event_loop set_event_loop new_event_loop")
class _AbstractEventLoopPolicy:
    """Which loop is the current one where none is running, and how a new one is made."""


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
