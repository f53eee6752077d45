"""Concurrent code with async and await: coroutines, tasks, an event loop."""

from . import _bridge
from .exceptions import *
from .coroutines import *
from .futures import *
from .events import *
from .tasks import *
from .timeouts import *
from .taskgroups import *
from .locks import *
from .queues import *
from .protocols import *
from .transports import *
from .streams import *
from .threads import *
from .base_events import *
from .runners import *
from .unix_events import *
from . import base_events, coroutines, events, exceptions, futures, locks, protocols, queues, runners, selector_events
from . import streams, tasks, taskgroups, threads, timeouts, transports, unix_events
from .tasks import _enter_task, _leave_task, _register_task, _swap_current_task, _unregister_task

__all__ = (
    base_events.__all__
    + coroutines.__all__
    + events.__all__
    + exceptions.__all__
    + futures.__all__
    + locks.__all__
    + protocols.__all__
    + queues.__all__
    + runners.__all__
    + streams.__all__
    + taskgroups.__all__
    + tasks.__all__
    + threads.__all__
    + timeouts.__all__
    + transports.__all__
    + unix_events.__all__
)


def __getattr__(name):
    # The policies: without the underscore their names are on their way out.
    private = f"_{name}"
    if name.endswith("EventLoopPolicy"):
        for module in events, unix_events:
            if hasattr(module, private):
                events._deprecated(name)
                return getattr(module, private)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
