"""Files sent through sockets."""

import os
import socket

from . import constants
from .exceptions import SendfileNotAvailableError

_REGULAR = 0o100000


async def send_through_socket(loop, sock, file, offset, count, fallback):
    """Send the bytes of a file, which is at the end of them afterwards; how many they were."""
    _check(sock, file, offset, count)
    # It is read and sent here. Where the system was to do that it has to be a file of the system's.
    regular = _is_regular(file)
    if not fallback and not regular:
        raise SendfileNotAvailableError("not a regular file")
    before = file.tell() if regular else None
    if hasattr(file, "seek"):
        file.seek(offset)
    sent, most = 0, constants.SENDFILE_FALLBACK_READBUFFER_SIZE
    try:
        while count is None or sent < count:
            data = file.read(most if count is None else min(most, count - sent))
            if not data:
                break
            # Counted as it goes: where sending fails, the file stands behind what was sent.
            rest = memoryview(data)
            while rest:
                gone = await loop._until_ready(sock, True, "send", rest)
                sent, rest = sent + gone, rest[gone:]
    finally:
        if sent > 0 and hasattr(file, "seek"):
            file.seek(offset + sent)
        elif regular:
            file.seek(before)
    return sent


def _is_regular(file):
    try:
        return os.fstat(file.fileno()).st_mode & 0o170000 == _REGULAR
    except (AttributeError, OSError, ValueError):
        return False


def _check(sock, file, offset, count):
    if "b" not in getattr(file, "mode", "b"):
        raise ValueError("file should be opened in binary mode")
    if sock.type != socket.SOCK_STREAM:
        raise ValueError("only SOCK_STREAM type sockets are supported")
    if count is not None:
        text = f"count must be a positive integer (got {count!r})"
        if not isinstance(count, int):
            raise TypeError(text)
        if count <= 0:
            raise ValueError(text)
    text = f"offset must be a non-negative integer (got {offset!r})"
    if not isinstance(offset, int):
        raise TypeError(text)
    if offset < 0:
        raise ValueError(text)


async def send_through_transport(loop, transport, file, offset, count, fallback):
    """The same, after what the transport still has to send; nothing is read meanwhile."""
    if transport.is_closing():
        raise RuntimeError("Transport is closing")
    if getattr(transport, "_sends_files_by_writing", False):
        return await _send_by_writing(transport, file, offset, count, fallback)
    sock = getattr(transport, "_sock", None)
    if sock is None or sock.type != socket.SOCK_STREAM or not hasattr(transport, "_until_empty"):
        raise RuntimeError(f"sendfile is not supported for transport {transport!r}")
    reading = transport.is_reading()
    transport.pause_reading()
    try:
        await transport._until_empty()
        return await loop.sock_sendfile(sock, file, offset, count, fallback=fallback)
    finally:
        if reading:
            transport.resume_reading()


async def _send_by_writing(transport, file, offset, count, fallback):
    if not fallback:
        raise RuntimeError(f"fallback is disabled and native sendfile is not supported for transport {transport!r}")
    if hasattr(file, "seek"):
        file.seek(offset)
    sent, most = 0, constants.SENDFILE_FALLBACK_READBUFFER_SIZE
    reading = transport.is_reading()
    transport.pause_reading()
    try:
        await transport._until_empty()
        while count is None or sent < count:
            data = file.read(most if count is None else min(most, count - sent))
            if not data:
                break
            transport.write(data)
            await transport._until_empty()
            sent += len(data)
    finally:
        if sent > 0 and hasattr(file, "seek"):
            file.seek(offset + sent)
        if reading:
            transport.resume_reading()
    return sent
