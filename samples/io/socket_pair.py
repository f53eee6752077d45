"""Two connected sockets: what is sent into one comes out of the other, and a closed end reads as empty."""
# oracle: 3.11

import socket

left, right = socket.socketpair()
print(left.send(b"hello, "), left.send(b"world"))
print(right.recv(5), right.recv(100))
right.sendall(b"bye")
right.close()
print(left.recv(100), left.recv(100), left.recv(100))
print(right.fileno(), left.fileno() >= 0)
left.close()
try:
    left.send(b"too late")
except OSError as error:
    print("OSError", error.errno == 9)
