"""Synchronous and blocking: ask, and stand still until the answer is there.

The program does one thing at a time, in the order in which it is written.
"""
# oracle: 3.11

import socket


def answer(server):
    server.send(server.recv(100)[::-1])


client, server = socket.socketpair()
client.send(b"stressed")
answer(server)
print("calling recv: nothing else happens until it returns")
print(client.recv(100))
client.send(b"drawer")
answer(server)
print(client.recv(100))
client.close()
server.close()
