"""The loop of this system."""

__all__ = ("SelectorEventLoop", "EventLoop")

from . import events, selector_events


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """A loop that waits for descriptors."""

    def __init__(self, selector=None):
        super().__init__()


class _UnixDefaultEventLoopPolicy(events._BaseDefaultEventLoopPolicy):
    _loop_factory = _UnixSelectorEventLoop


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
_DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
