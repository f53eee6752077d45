"""Two connected sockets: what is sent into one comes out of the other, and a closed end reads as empty."""
# oracle: 3.11

import array
import socket
import threading

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

# ---- much at once, while another thread takes it: bytes, views, arrays

def whole(send, *pieces):
    near, far = socket.socketpair()
    taken = []

    def take():
        while piece := far.recv(65536):
            taken.append(piece)

    taker = threading.Thread(target=take)
    taker.start()
    told = [send(near, piece) for piece in pieces]
    near.close()
    taker.join()
    far.close()
    print(told, b"".join(taken) == b"".join(pieces))


much = bytes(range(256)) * 8000
whole(lambda sock, piece: sock.sendall(piece), much, bytearray(much), memoryview(much)[7:], array.array("I", range(100000)), b"")
whole(lambda sock, piece: sock.send(piece), much, memoryview(much)[7:-7], memoryview(much)[3:5])
near, far = socket.socketpair()
idle = threading.Event()
waiter = threading.Thread(target=idle.wait)
waiter.start()
near.settimeout(0.05)
for method in near.sendall, lambda data: near.send(data, socket.MSG_DONTWAIT):
    try:
        method(much)
    except OSError as error:
        print(type(error).__name__)
far.close()
try:
    near.sendall(much)
except OSError as error:
    print(type(error).__name__)
near.close()
idle.set()
waiter.join()
