"""A non-blocking socket says that it would have had to wait."""
# oracle: 3.11

import socket

left, right = socket.socketpair()
right.setblocking(False)
print(left.getblocking(), right.getblocking())
try:
    right.recv(10)
except BlockingIOError as error:
    print("nothing to read yet:", isinstance(error, OSError))
left.send(b"now")
print(right.recv(10))

left.setblocking(False)
sent = 0
try:
    while True:
        sent += left.send(b"x" * 65536)
except BlockingIOError:
    print("no room to write:", sent > 0)
received = 0
while received < sent:
    received += len(right.recv(65536))
print("all of it arrived:", received == sent, left.send(b"room again"))
left.close()
right.close()
