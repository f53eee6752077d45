"""Synchronous and non-blocking: ask again and again, and do something else in between."""
# oracle: 3.11

import socket

client, server = socket.socketpair()
client.setblocking(False)
tries = 0
while True:
    try:
        print("got", client.recv(100), "after", tries, "tries")
        break
    except BlockingIOError:
        tries += 1
        print("not yet; counting sheep:", tries)
        if tries == 3:
            server.send(b"at last")
client.close()
server.close()
