"""A socket pair as a bell: the loop waits in `select`, and a byte from elsewhere wakes it."""
# oracle: 3.11

import selectors
import socket

loop_end, other_end = socket.socketpair()
loop_end.setblocking(False)
mailbox = []

with selectors.DefaultSelector() as selector:
    selector.register(loop_end, selectors.EVENT_READ, "bell")
    print("nothing yet:", selector.select(0))
    for message in ("first", "second"):
        mailbox.append(message)
        other_end.send(b"!")
    for key, events in selector.select():
        print(key.data, events == selectors.EVENT_READ, loop_end.recv(100))
    while mailbox:
        print("message:", mailbox.pop(0))
    print("nothing again:", selector.select(0))
loop_end.close()
other_end.close()
