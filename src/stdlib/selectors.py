"""Waiting for many descriptors at once, by the best means there is.

A selector is a watchlist (which file objects, for what) and a poller (who asks the system). The classes of this module differ in
their pollers only.
"""

import math
import select
from abc import ABCMeta, abstractmethod
from collections import namedtuple
from collections.abc import Mapping

EVENT_READ = 1
EVENT_WRITE = 2

SelectorKey = namedtuple("SelectorKey", ["fileobj", "fd", "events", "data"])
SelectorKey.__doc__ = "A file object, its descriptor, the events it is watched for, and the data that came with it."


class BaseSelector(metaclass=ABCMeta):
    """What every selector can do."""

    @abstractmethod
    def register(self, fileobj, events, data=None):
        """Watch a file object for events; its key."""

    @abstractmethod
    def unregister(self, fileobj):
        """End the watch of a file object; the key it had."""

    @abstractmethod
    def select(self, timeout=None):
        """Wait until something is ready: a list of (key, events)."""

    @abstractmethod
    def get_map(self):
        """The keys by file object; None once the selector is closed."""

    def modify(self, fileobj, events, data=None):
        """Change what a file object is watched for; its new key."""
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    def get_key(self, fileobj):
        """The key of a file object that is watched."""
        watched = self.get_map()
        if watched is None:
            raise RuntimeError("Selector is closed")
        if (key := watched.get(fileobj)) is None:
            raise _not_registered(fileobj)
        return key

    def close(self):
        """Release what the selector holds."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _not_registered(fileobj):
    return KeyError(f"{fileobj!r} is not registered")


def _descriptor(fileobj):
    number = fileobj
    if not isinstance(fileobj, int):
        try:
            number = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"Invalid file object: {fileobj!r}") from None
    if number < 0:
        raise ValueError(f"Invalid file descriptor: {number}")
    return number


class _SelectorMapping(Mapping):
    """Keys, found by a file object or its descriptor."""

    def __init__(self):
        self.keys_by_fd = {}

    def descriptor(self, fileobj):
        """The descriptor of a file object; one that was closed while it is watched is known by its identity."""
        try:
            return _descriptor(fileobj)
        except ValueError:
            closed = [key.fd for key in self.keys_by_fd.values() if key.fileobj is fileobj]
            if not closed:
                raise
            return closed[0]

    def get(self, fileobj, default=None):
        return self.keys_by_fd.get(self.descriptor(fileobj), default)

    def __getitem__(self, fileobj):
        if (key := self.get(fileobj)) is None:
            raise _not_registered(fileobj)
        return key

    def __iter__(self):
        return iter(self.keys_by_fd)

    def __len__(self):
        return len(self.keys_by_fd)

    def add(self, fileobj, events, data):
        """A new key."""
        if events not in (EVENT_READ, EVENT_WRITE, EVENT_READ | EVENT_WRITE):
            raise ValueError(f"Invalid events: {events!r}")
        fd = self.descriptor(fileobj)
        if fd in self.keys_by_fd:
            raise KeyError(f"{fileobj!r} (FD {fd}) is already registered")
        return self.put(SelectorKey(fileobj, fd, events, data))

    def put(self, key):
        """Have this key for its descriptor."""
        self.keys_by_fd[key.fd] = key
        return key

    def drop(self, key):
        """Forget a key."""
        del self.keys_by_fd[key.fd]

    def ready(self, found):
        """(key, events) for pairs of a descriptor and events, as far as somebody wants to know of them."""
        known = self.keys_by_fd
        return [(known[fd], events & known[fd].events) for fd, events in found if fd in known]


class _PollingSelector(BaseSelector):
    """A selector that stands on a poller: `watch`, `rewatch`, `unwatch`, `wait`, `close`."""

    _poller_class = None

    def __init__(self):
        self._poller = self._poller_class()
        self._watched = _SelectorMapping()
        self._closed = False

    def register(self, fileobj, events, data=None):
        key = self._watched.add(fileobj, events, data)
        with _Undone(self._watched, key):
            self._poller.watch(key.fd, events)
        return key

    def unregister(self, fileobj):
        key = self._watched[fileobj]
        self._watched.drop(key)
        self._poller.unwatch(key.fd)
        return key

    def modify(self, fileobj, events, data=None):
        key = self._watched[fileobj]
        if events != key.events:
            with _Undone(self._watched, key):
                self._poller.rewatch(key.fd, events)
        elif data == key.data:
            return key
        return self._watched.put(key._replace(events=events, data=data))

    def select(self, timeout=None):
        try:
            found = self._poller.wait(timeout, len(self._watched))
        except InterruptedError:
            # A signal was dealt with, and whoever waits may wait again.
            return []
        return self._watched.ready(found)

    def get_map(self):
        return None if self._closed else self._watched

    def close(self):
        self._poller.close()
        self._watched.keys_by_fd.clear()
        self._closed = True


class _Undone:
    """A block that, if it fails, leaves a key out of a watchlist."""

    def __init__(self, watched, key):
        self.watched, self.key = watched, key

    def __enter__(self):
        pass

    def __exit__(self, failure, *_):
        if failure is not None:
            self.watched.drop(self.key)


class _SelectPoller:
    """Asks by `select.select`, which is told of all descriptors each time."""

    def __init__(self):
        self.wanted = {}

    def watch(self, fd, events):
        self.wanted[fd] = events

    rewatch = watch

    def unwatch(self, fd):
        del self.wanted[fd]

    def wait(self, timeout, count):
        directions = EVENT_READ, EVENT_WRITE
        asked = [[fd for fd, events in self.wanted.items() if events & direction] for direction in directions]
        answers = select.select(*asked, [], None if timeout is None else max(timeout, 0))
        found = {}
        for direction, fds in zip(directions, answers):
            for fd in fds:
                found[fd] = found.get(fd, 0) | direction
        return found.items()

    def close(self):
        self.wanted.clear()


class _PollPoller:
    """Asks by `select.poll`."""

    readable, writable = select.POLLIN, select.POLLOUT
    make = staticmethod(select.poll)

    def __init__(self):
        self.system = self.make()

    def mask(self, events):
        return self.readable * bool(events & EVENT_READ) | self.writable * bool(events & EVENT_WRITE)

    def watch(self, fd, events):
        self.system.register(fd, self.mask(events))

    def rewatch(self, fd, events):
        self.system.modify(fd, self.mask(events))

    def unwatch(self, fd):
        try:
            self.system.unregister(fd)
        except OSError:
            # The descriptor was closed since it was watched, which ended the watch.
            pass

    def ask(self, timeout, count):
        """What the system says; it counts whole milliseconds."""
        return self.system.poll(None if timeout is None else _milliseconds(timeout))

    def wait(self, timeout, count):
        # What is neither is an error or a hangup, which whoever reads or writes is to see.
        return [
            (fd, EVENT_READ * bool(mask & ~self.writable) | EVENT_WRITE * bool(mask & ~self.readable))
            for fd, mask in self.ask(timeout, count)
        ]

    def close(self):
        pass


class _EpollPoller(_PollPoller):
    """Asks by `select.epoll`."""

    readable, writable = select.EPOLLIN, select.EPOLLOUT
    make = staticmethod(select.epoll)

    def ask(self, timeout, count):
        return self.system.poll(-1 if timeout is None else _milliseconds(timeout) / 1000, max(count, 1))

    def close(self):
        self.system.close()


def _milliseconds(timeout):
    """A time in whole milliseconds, never less than was asked for."""
    return max(math.ceil(timeout * 1000), 0)


class SelectSelector(_PollingSelector):
    """A selector that stands on select.select."""

    _poller_class = _SelectPoller


class PollSelector(_PollingSelector):
    """A selector that stands on select.poll."""

    _poller_class = _PollPoller


class EpollSelector(_PollingSelector):
    """A selector that stands on select.epoll."""

    _poller_class = _EpollPoller

    def fileno(self):
        """The descriptor of the selector itself."""
        return self._poller.system.fileno()


DefaultSelector = EpollSelector
