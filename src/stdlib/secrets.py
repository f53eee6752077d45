"""Random numbers that nobody can predict."""

import base64
import os
from random import SystemRandom

__all__ = ["DEFAULT_ENTROPY", "SystemRandom", "choice", "compare_digest", "randbelow", "randbits", "token_bytes",
           "token_hex", "token_urlsafe"]

DEFAULT_ENTROPY = 32

_source = SystemRandom()
choice = _source.choice
randbits = _source.getrandbits


def compare_digest(a, b, /):
    """Are two texts of ASCII, or two bytes, equal? It looks at all of them."""
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError("comparing strings with non-ASCII characters is not supported")
        a, b = a.encode(), b.encode()
    elif isinstance(a, str) or isinstance(b, str):
        kinds = f"'{type(a).__name__}' and '{type(b).__name__}'"
        raise TypeError(f"unsupported operand types(s) or combination of types: {kinds}")
    a, b = bytes(a), bytes(b)
    difference = len(a) ^ len(b)
    for x, y in zip(a, b):
        difference |= x ^ y
    return difference == 0


def randbelow(exclusive_upper_bound):
    """A number below another."""
    if exclusive_upper_bound <= 0:
        raise ValueError("Upper bound must be positive.")
    return _source.randrange(exclusive_upper_bound)


def token_bytes(nbytes=None):
    """So many bytes."""
    return os.urandom(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    """So many bytes in hexadecimal digits."""
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    """So many bytes as text that URLs can hold."""
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b"=").decode("ascii")
