"""Two fetches overlap: both requests are out before the first answer comes, and neither waits for the other.

The answers arrive piece by piece from the other ends of two socket pairs, as they would from a slow server.
"""
# oracle: 3.11

import socket
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector

selector = DefaultSelector()
unfinished = 0


class Future:
    def __init__(self):
        self.callbacks = []

    def resolve(self):
        for callback in self.callbacks:
            callback()

    def __await__(self):
        yield self


class Task:
    def __init__(self, coroutine):
        self.coroutine = coroutine
        self.step()

    def step(self):
        try:
            self.coroutine.send(None).callbacks.append(self.step)
        except StopIteration:
            pass


async def ready(sock, event):
    future = Future()
    selector.register(sock.fileno(), event, future)
    await future
    selector.unregister(sock.fileno())


async def fetch(path, sock):
    global unfinished
    unfinished += 1
    await ready(sock, EVENT_WRITE)
    sock.send(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    print("asked for", path)
    chunks = []
    while True:
        await ready(sock, EVENT_READ)
        chunk = sock.recv(16)
        if not chunk:
            break
        print(f"{path}: {len(chunk)} bytes")
        chunks.append(chunk)
    head, _, body = b"".join(chunks).decode().partition("\r\n\r\n")
    print(path, head.split("\r\n")[0], body)
    sock.close()
    unfinished -= 1


def turn():
    """One round of the loop, in the order of the descriptors."""
    for key, _ in sorted(selector.select(), key=lambda ready: ready[0].fd):
        key.data.resolve()


servers = {}
for path in ("/foo", "/bar"):
    mine, servers[path] = socket.socketpair()
    mine.setblocking(False)
    Task(fetch(path, mine))
turn()
for path, server in servers.items():
    print("server got", server.recv(100).split(b"\r\n")[0])
answers = {path: [b"HTTP/1.0 200", b" OK\r\n\r\n", b"body of " + path.encode()] for path in servers}
while unfinished:
    for path, server in servers.items():
        if answers[path]:
            server.send(answers[path].pop(0))
        else:
            server.close()
    turn()
selector.close()
