"""A selector tells which sockets can be read or written without waiting."""
# oracle: 3.11

import selectors
import socket

left, right = socket.socketpair()
with selectors.DefaultSelector() as selector:

    def show(when):
        names = {selectors.EVENT_READ: "read", selectors.EVENT_WRITE: "write", 3: "read and write"}
        print(when, [(key.data, names[events]) for key, events in selector.select(0)])

    selector.register(right, selectors.EVENT_READ, "right")
    show("at first:")
    left.send(b"data")
    show("after a send:")
    show("still, for it was not read:")
    selector.modify(right, selectors.EVENT_READ | selectors.EVENT_WRITE, "right, both")
    show("asked for both:")
    right.recv(100)
    show("after reading:")
    left.close()
    show("after the other end closed:")
    key = selector.unregister(right)
    print(key.data, key.fileobj is right, len(selector.get_map()))
    try:
        selector.unregister(right)
    except KeyError:
        print("KeyError: not registered any more")
right.close()
