"""Sockets as files: buffered or not, bytes or text, in any encoding and with any ends of lines, and after a timeout."""
# oracle: 3.13

import io
import os
import socket
import warnings


def shown(call, *args):
    try:
        return call(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


left, right = socket.socketpair()
with left.makefile("rwb") as both, right.makefile("rb") as reads, right.makefile("wb") as writes:
    print(type(both).__name__, type(reads).__name__, type(writes).__name__, reads.mode, writes.raw.mode)
    writes.write(b"one\ntwo\nthree")
    writes.flush()
    print(both.readline(), both.readline(), both.read(2), both.peek())
    both.write(b"answer\n")
    both.flush()
    print(reads.readline(), reads.readable(), reads.writable(), reads.seekable(), reads.name == right.fileno())
    print(shown(reads.write, b"x"), shown(reads.seek, 0))
print(both.closed, left.fileno() >= 0, left._io_refs)

for newline in None, "", "\n", "\r", "\r\n":
    with right.makefile("w", encoding="latin-1", newline=newline) as writes:
        print(repr(newline), type(writes).__name__, writes.encoding, writes.mode, writes.write("é\nü\r\nä\r"))
    data = left.recv(100)
    print("  sent", data)
    left.sendall(data)
    with right.makefile("r", encoding="latin-1", newline=newline) as reads:
        lines = [reads.read(1)]
        left.shutdown(socket.SHUT_WR)
        print("  read", lines + reads.readlines(), reads.newlines)
    left.close()
    right.close()
    left, right = socket.socketpair()

left.sendall("ሴ\xff".encode() + b"\xff")
with right.makefile("r", encoding="utf-8", errors="backslashreplace") as reads:
    print(ascii(reads.read(1)), reads.errors)
    left.close()
    print(ascii(reads.read()))
right.close()

left, right = socket.socketpair()
right.settimeout(0.01)
with right.makefile("rb") as reads:
    print(shown(reads.read, 3))
    left.sendall(b"abc")
    print(shown(reads.read, 3))
with right.makefile("rb", buffering=0) as raw:
    print(type(raw).__name__, raw.read(2), raw.read(10), raw.readinto(bytearray(0)), shown(raw.read))
    print(shown(raw.read), raw.name == right.fileno())
print(raw.closed, raw.name, shown(raw.read))
right.setblocking(False)
with right.makefile("rwb", buffering=0) as raw:
    print(raw.read(1), raw.readinto(bytearray(3)), shown(raw.write, b"x" * 3))
    while (count := raw.write(b"x" * 100_000)) is not None:
        pass
print(shown(right.makefile, "r", 0), shown(right.makefile, "a"))
file = right.makefile("rb")
right.close()
print(repr(right)[:24], repr(file) != "", right.fileno() >= 0)
file.close()
print(right.fileno())
left.close()
print(issubclass(socket.SocketIO, io.RawIOBase))

# One that was left open is told of where it goes.
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    one = socket.socket()
    fd = one.fileno()
    one = None
    left, right = socket.socketpair()
    left.close()
    os.close(right.detach())
    left = right = None
for warning in told:
    print(warning.category.__name__, str(warning.message).replace(str(fd), "N"), warning.lineno)
try:
    os.close(fd)
except OSError as error:
    print(error)
