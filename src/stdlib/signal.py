"""Signals: what the operating system, or somebody at the keyboard, tells a running program."""

import _signal
from _signal import *
from enum import IntEnum


def _collected(name, belongs):
    """An enum of the module's numbers that belong together, which take the numbers' place."""
    members = {key: getattr(_signal, key) for key in dir(_signal) if belongs(key)}
    made = IntEnum(name, members, module=__name__)
    globals().update(made.__members__)
    return made


Signals = _collected("Signals", lambda key: key.startswith("SIG") and not key.startswith("SIG_"))
Handlers = _collected("Handlers", lambda key: key in ("SIG_DFL", "SIG_IGN"))


def _named(number, enum):
    try:
        return enum(number)
    except ValueError:
        return number


def _plain(value):
    try:
        return int(value)
    except (TypeError, ValueError):
        return value


def signal(signalnum, handler):
    """Have `handler(signalnum, frame)` called when the signal arrives; what was to happen before."""
    before = _signal.signal(_plain(signalnum), _plain(handler))
    return _named(before, Handlers)


def getsignal(signalnum):
    """What happens when the signal arrives: SIG_DFL, SIG_IGN or a function."""
    return _named(_signal.getsignal(signalnum), Handlers)


def valid_signals():
    """The signals there are here."""
    return {_named(number, Signals) for number in _signal.valid_signals()}


SIGRTMIN, SIGRTMAX = 34, 64
