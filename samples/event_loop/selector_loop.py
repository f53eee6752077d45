"""A home-made event loop: futures resolved when a socket is ready, tasks stepped when their future is resolved.

Two clients talk to one server, each over a socket pair, all in one thread.
"""
# oracle: 3.11

import socket
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector


class Future:
    def __init__(self):
        self.callback = None

    def resolve(self):
        self.callback()

    def __await__(self):
        yield self


class Loop:
    def __init__(self):
        self.selector = DefaultSelector()
        self.running = 0

    async def until(self, sock, event):
        future = Future()
        self.selector.register(sock, event, future)
        try:
            await future
        finally:
            self.selector.unregister(sock)

    def spawn(self, coroutine):
        self.running += 1

        def step():
            try:
                future = coroutine.send(None)
            except StopIteration:
                self.running -= 1
            else:
                future.callback = step

        step()

    def run(self):
        while self.running:
            ready = [(key.fd, key.data) for key, events in self.selector.select()]
            # The kernel's order is its own affair: ours is the order of the descriptors.
            for _, future in sorted(ready, key=lambda pair: pair[0]):
                future.resolve()
        self.selector.close()


loop = Loop()


async def serve(sock):
    while True:
        await loop.until(sock, EVENT_READ)
        request = sock.recv(100)
        if not request:
            break
        print("server got", request)
        await loop.until(sock, EVENT_WRITE)
        sock.send(request.upper())
    sock.close()
    print("server: one client less")


async def client(name, sock, words):
    for word in words:
        await loop.until(sock, EVENT_WRITE)
        sock.send(word.encode())
        await loop.until(sock, EVENT_READ)
        print(name, "got", sock.recv(100).decode())
    sock.close()
    print(name, "is done")


for name, words in (("Ann", ["one", "two"]), ("Bob", ["uno"])):
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    loop.spawn(serve(far))
    loop.spawn(client(name, near, words))
loop.run()
print("nothing is running:", loop.running)
