"""Two connected sockets: what is sent into one comes out of the other, and a closed end reads as empty."""
# oracle: 3.11

import array
import socket

left, right = socket.socketpair()
print(left.send(b"hello, "), left.send(b"world"))
print(right.recv(5), right.recv(100))
for room in bytearray(4), memoryview(bytearray(6))[1:4], array.array("H", [0] * 3):
    left.sendall(b"abcdefghijklmnop")
    print(right.recv_into(room), bytes(room), right.recvfrom_into(room, 2)[0], bytes(room), right.recv(16))
for full in b"abc", memoryview(b"abc"), memoryview(bytearray(6))[::2], 5:
    try:
        right.recv_into(full)
    except (TypeError, BufferError) as error:
        print(type(error).__name__)
right.sendall(b"bye")
right.close()
print(left.recv(100), left.recv(100), left.recv(100))
print(right.fileno(), left.fileno() >= 0)
left.close()
try:
    left.send(b"too late")
except OSError as error:
    print("OSError", error.errno == 9)
