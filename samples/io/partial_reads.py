"""A stream has no borders: lines arrive cut anywhere, and a generator puts them together again."""
# oracle: 3.11

import socket


def lines(sock, size):
    pending = b""
    while chunk := sock.recv(size):
        pending += chunk
        *complete, pending = pending.split(b"\n")
        yield from complete
    if pending:
        yield pending + b" (no newline)"


writer, reader = socket.socketpair()
writer.sendall("alpha\nbeta\nγάμμα\nlast".encode())
writer.close()
for line in lines(reader, 4):
    print(line.decode())
reader.close()
