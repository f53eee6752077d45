"""Asynchronous and blocking: many conversations at once, and one place where the program stands still, `select`.

Whoever is ready is served, in whatever order they come.
"""
# oracle: 3.11

import selectors
import socket

pairs = {name: socket.socketpair() for name in ("first", "second", "third")}
selector = selectors.DefaultSelector()
for name, (mine, theirs) in pairs.items():
    selector.register(mine, selectors.EVENT_READ, name)

for name in ("third", "first", "second"):
    pairs[name][1].send(f"{name} speaks".encode())
    for key, _ in selector.select():
        print(key.data, "is ready:", key.fileobj.recv(100).decode())

for mine, theirs in pairs.values():
    theirs.close()
print("all closed:", sorted((key.data, key.fileobj.recv(1)) for key, _ in selector.select()))
for mine, _ in pairs.values():
    selector.unregister(mine)
    mine.close()
selector.close()
