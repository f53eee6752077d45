# oracle: 3.11
"""The two ends of a pipe in one loop."""

import asyncio
import os


class Told(asyncio.Protocol):
    def __init__(self):
        self.lost = asyncio.get_running_loop().create_future()

    def connection_lost(self, exc):
        print("the writing end is closed", exc)
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    end, other = os.pipe()
    reader = asyncio.StreamReader()
    reading, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(end, "rb", 0))
    writing, protocol = await loop.connect_write_pipe(Told, os.fdopen(other, "wb", 0))
    writing.write(b"a line\nand then")
    print(await reader.readline())
    writing.write(b"x" * 1_000_000)
    print(writing.get_write_buffer_size() > 0, writing.can_write_eof())
    writing.write_eof()
    print(len(await reader.read()), reading.is_closing())
    await protocol.lost

    end, other = os.pipe()
    writing, protocol = await loop.connect_write_pipe(Told, os.fdopen(other, "wb", 0))
    os.close(end)
    await protocol.lost
    with open(__file__) as file:
        try:
            await loop.connect_read_pipe(asyncio.Protocol, file)
        except ValueError as error:
            print(error)


asyncio.run(main())
