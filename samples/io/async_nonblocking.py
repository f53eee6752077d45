"""Asynchronous and non-blocking: start it, go on with other work, and be told when it is done.

Nobody waits anywhere: each turn of the loop looks for completed reads with a time limit of zero, calls the callbacks
of those, and does a piece of the other work.
"""
# oracle: 3.11

import selectors
import socket

selector = selectors.DefaultSelector()


def read_later(sock, when_done):
    def complete():
        selector.unregister(sock)
        when_done(sock.recv(100).decode())

    sock.setblocking(False)
    selector.register(sock, selectors.EVENT_READ, complete)


client, server = socket.socketpair()
answers = []
read_later(client, answers.append)
print("the read is under way")
work = 0
while not answers:
    for key, _ in selector.select(0):
        key.data()
    work += 1
    print("other work, piece", work)
    if work == 2:
        server.send(b"the answer")
print("told:", answers)
client.close()
server.close()
selector.close()
