"""Hash functions."""

import _digests

_NAMES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512")
_ABSENT = ("blake2b", "blake2s", "shake_128", "shake_256")

algorithms_guaranteed = {*_NAMES, *_ABSENT}
algorithms_available = set(_NAMES)

__all__ = (*_NAMES, "new", "algorithms_guaranteed", "algorithms_available", "file_digest", "pbkdf2_hmac")


def new(name, data=b"", *, usedforsecurity=True):
    """A hash by the name of its function."""
    made = _digests.start(name.lower().replace("-", "_") if name.lower().startswith("sha3") else name.lower())
    if made is None:
        if name in _ABSENT:
            raise NotImplementedError(f"hashlib.{name}")
        raise ValueError(f"unsupported hash type {name}")
    made.update(data)
    return made


def _constructor(name):
    def start(data=b"", *, usedforsecurity=True):
        return new(name, data)

    start.__name__ = start.__qualname__ = f"openssl_{name}"
    start.__doc__ = f"A {name} hash."
    return start


globals().update({name: _constructor(name) for name in _NAMES})


def file_digest(fileobj, digest, /, *, _bufsize=2 ** 18):
    """A hash of what a binary file holds from here on."""
    made = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, "getbuffer"):
        made.update(fileobj.getbuffer())
        return made
    if not (hasattr(fileobj, "readinto") and hasattr(fileobj, "readable") and fileobj.readable()):
        raise ValueError(f"'{fileobj!r}' is not a file-like object in binary reading mode.")
    room = bytearray(_bufsize)
    view = memoryview(room)
    while size := fileobj.readinto(room):
        made.update(view[:size])
    return made


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """A key from a password, made costly to guess (PKCS #5)."""
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    inner, outer = new(hash_name), new(hash_name)
    if dklen is None:
        dklen = inner.digest_size
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    password = bytes(password)
    if len(password) > inner.block_size:
        password = new(hash_name, password).digest()
    password = password.ljust(inner.block_size, b"\0")
    inner.update(bytes(byte ^ 0x36 for byte in password))
    outer.update(bytes(byte ^ 0x5C for byte in password))

    def keyed(message):
        first, second = inner.copy(), outer.copy()
        first.update(message)
        second.update(first.digest())
        return second.digest()

    key = b""
    block = 0
    while len(key) < dklen:
        block += 1
        digest = keyed(bytes(salt) + block.to_bytes(4, "big"))
        mixed = int.from_bytes(digest, "big")
        for _ in range(iterations - 1):
            digest = keyed(digest)
            mixed ^= int.from_bytes(digest, "big")
        key += mixed.to_bytes(inner.digest_size, "big")
    return key[:dklen]
