"""Concurrent code with async and await: coroutines, tasks, an event loop."""

from . import _bridge
from .exceptions import *
from .coroutines import *
from .futures import *
from .events import *
from .tasks import *
from .base_events import *
from .runners import *
from .unix_events import *
from . import base_events, coroutines, events, exceptions, futures, runners, selector_events, tasks, unix_events
from .tasks import _enter_task, _leave_task, _register_task, _swap_current_task, _unregister_task

# What most programs use little of: a module is loaded when one of its names is asked for.
_LATER = {
    "base_subprocess": (),
    "format_helpers": (),
    "graph": (
        "capture_call_graph", "format_call_graph", "print_call_graph", "FrameCallGraphEntry", "FutureCallGraph",
    ),
    "locks": ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier"),
    "mixins": (),
    "protocols": ("BaseProtocol", "Protocol", "BufferedProtocol", "DatagramProtocol", "SubprocessProtocol"),
    "queues": ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty", "QueueShutDown"),
    "servers": ("Server",),
    "sslproto": (),
    "staggered": (),
    "streams": (
        "StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server",
        "open_unix_connection", "start_unix_server",
    ),
    "subprocess": ("create_subprocess_exec", "create_subprocess_shell"),
    "taskgroups": ("TaskGroup",),
    "threads": ("to_thread",),
    "timeouts": ("Timeout", "timeout", "timeout_at"),
    "transports": (
        "BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport",
    ),
}

__all__ = (
    base_events.__all__
    + coroutines.__all__
    + events.__all__
    + exceptions.__all__
    + futures.__all__
    + runners.__all__
    + tasks.__all__
    + unix_events.__all__
    + tuple(name for names in _LATER.values() for name in names)
)


def __getattr__(name):
    for module, names in _LATER.items():
        if name == module or name in names:
            from importlib import import_module

            loaded = import_module(f"{__name__}.{module}")
            # From now on they are at hand.
            globals().update({each: getattr(loaded, each) for each in names})
            return loaded if name == module else getattr(loaded, name)
    # The policies: without the underscore their names are on their way out.
    private = f"_{name}"
    if name.endswith("EventLoopPolicy"):
        for module in events, unix_events:
            if hasattr(module, private):
                events._deprecated(name)
                return getattr(module, private)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *__all__, *_LATER})
