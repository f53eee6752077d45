"""Hashes that only those can make who know a key (RFC 2104)."""

import hashlib
from functools import partial
from secrets import compare_digest

__all__ = ["HMAC", "compare_digest", "digest", "new"]

digest_size = None


def _maker(digestmod):
    """What makes the hashes that are meant: a name, a function or a module may be given."""
    if isinstance(digestmod, str):
        return partial(hashlib.new, digestmod)
    return digestmod if callable(digestmod) else digestmod.new


class HMAC:
    """Such a hash, of what has been seen so far."""

    blocksize = 64

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"key: expected bytes or bytearray, but got {type(key).__name__!r}")
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        make = _maker(digestmod)
        self._inner, self._outer = make(), make()
        self.digest_size = self._inner.digest_size
        self.block_size = getattr(self._inner, "block_size", self.blocksize)
        if len(key) > self.block_size:
            key = make(bytes(key)).digest()
        key = bytes(key).ljust(self.block_size, b"\0")
        self._outer.update(bytes(c ^ 0x5C for c in key))
        self._inner.update(bytes(c ^ 0x36 for c in key))
        self.update(b"" if msg is None else msg)

    @property
    def name(self):
        return f"hmac-{self._inner.name}"

    def update(self, msg):
        """Take more bytes in."""
        self._inner.update(msg)

    def copy(self):
        """Another in the same state."""
        twin = object.__new__(type(self))
        twin.digest_size, twin.block_size = self.digest_size, self.block_size
        twin._inner, twin._outer = self._inner.copy(), self._outer.copy()
        return twin

    def digest(self):
        """The hash as bytes."""
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer.digest()

    def hexdigest(self):
        """The hash as hexadecimal digits."""
        return self.digest().hex()


def new(key, msg=None, digestmod=""):
    """A hash of a message."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The hash of a message as bytes."""
    return HMAC(key, msg, digest).digest()
