"""An echo server of asyncio that ends when CLIENTS connections are closed: echo_server.py streams|protocol CLIENTS [uvloop].

It prints its port, and at the end its processor time in between.
"""

import asyncio
import sys
import time


async def main(kind, clients):
    loop, left = asyncio.get_running_loop(), clients
    over = loop.create_future()

    def gone():
        nonlocal left
        left -= 1
        if not left:
            over.set_result(None)

    async def serve(reader, writer):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()
        gone()

    class Echo(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            self.transport.write(data)

        def connection_lost(self, error):
            gone()

    if kind == "streams":
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
    else:
        server = await loop.create_server(Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    began = time.process_time()
    await over
    print(time.process_time() - began)


if sys.argv[3:] == ["uvloop"]:
    import uvloop

    run = uvloop.run
else:
    run = asyncio.run
run(main(sys.argv[1], int(sys.argv[2])))
