"""Signals: what the operating system, or somebody at the keyboard, tells a running program."""

import _signal
from _operator import index
from _signal import *
from enum import IntEnum


def _collected(name, belongs):
    """An enum of the module's numbers that belong together, which take the numbers' place."""
    members = [(key, getattr(_signal, key)) for key in dir(_signal) if belongs(key)]
    members.sort(key=lambda member: (member[1], member[0]))
    made = IntEnum(name, members, module=__name__)
    made.__doc__ = "Some of the module's numbers, with names."
    globals().update(made.__members__)
    return made


Signals = _collected("Signals", lambda key: key.startswith("SIG") and not key.startswith("SIG_"))
Handlers = _collected("Handlers", lambda key: key in ("SIG_DFL", "SIG_IGN"))
Sigmasks = _collected("Sigmasks", lambda key: key in ("SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK"))


def _named(number, enum):
    if not isinstance(number, int):
        # A program's handler, which nobody shows.
        return number
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


def pthread_sigmask(how, mask):
    """Hold signals back, or no longer; which were held back before."""
    return {_named(number, Signals) for number in _signal.pthread_sigmask(_plain(how), [*map(index, mask)])}


def sigpending():
    """The signals that have arrived and are held back."""
    return {_named(number, Signals) for number in _signal.sigpending()}


def sigwait(sigset):
    """Wait for one of these signals, which are held back, and take it."""
    return _named(_signal.sigwait([*map(index, sigset)]), Signals)


def sigwaitinfo(sigset, /):
    """As sigwait; what the system tells of the signal."""
    return _signal.sigwaitinfo([*map(index, sigset)])


def sigtimedwait(sigset, timeout, /):
    """As sigwaitinfo, but not longer than so many seconds: None if no signal arrives in time."""
    return _signal.sigtimedwait([*map(index, sigset)], timeout)


def pthread_kill(thread_id, signalnum, /):
    """Send a signal to a thread: they are all this process."""
    _signal.raise_signal(_plain(signalnum))

