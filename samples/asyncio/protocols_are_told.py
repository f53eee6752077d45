# oracle: 3.11
"""What a protocol is told, and when: a connection that is paused, half closed, and lost."""

import asyncio
import socket


class Told(asyncio.Protocol):
    def __init__(self, name, keeps_open=False):
        self.name, self.keeps_open = name, keeps_open
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        print(self.name, "made", transport.is_closing(), transport.is_reading())
        self.transport = transport

    def data_received(self, data):
        print(self.name, "got", data)

    def eof_received(self):
        print(self.name, "end")
        return self.keeps_open

    def pause_writing(self):
        print(self.name, "pause", self.transport.get_write_buffer_size() > 100)

    def resume_writing(self):
        print(self.name, "resume", self.transport.get_write_buffer_size())

    def connection_lost(self, exc):
        print(self.name, "lost", exc)
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    ends = socket.socketpair()
    left, right = Told("left"), Told("right", keeps_open=True)
    for end, protocol in zip(ends, (left, right)):
        end.setblocking(False)
        await loop.create_connection(lambda: protocol, sock=end)

    left.transport.write(b"one ")
    left.transport.writelines([b"two ", b"three"])
    await asyncio.sleep(0.01)

    right.transport.pause_reading()
    print("reading", right.transport.is_reading())
    left.transport.set_write_buffer_limits(high=100, low=0)
    print("limits", left.transport.get_write_buffer_limits())
    while left.transport.get_write_buffer_size() == 0:
        left.transport.write(b"x" * 100_000)
    right.name = None
    right.data_received = lambda data: None
    right.transport.resume_reading()
    while left.transport.get_write_buffer_size():
        await asyncio.sleep(0.01)
    right.name = "right"

    left.transport.write_eof()
    await asyncio.sleep(0.01)
    right.transport.write(b"still open")
    await asyncio.sleep(0.01)
    try:
        left.transport.write(b"more")
    except RuntimeError as error:
        print(error)
    right.transport.close()
    print("closing", right.transport.is_closing())
    await left.lost
    await right.lost
    for wrong in "text", None:
        try:
            left.transport.write(wrong)
        except TypeError as error:
            print(error)


asyncio.run(main())
