# oracle: 3.13
"""An echo server: what a client sends comes back, line for line.

    pyield samples/servers/echo_server.py PORT [CERTIFICATE]

serves until SIGINT or SIGTERM, over TLS if it is given a certificate with its key; without a port it shows itself with a few
clients of its own.
"""

import asyncio
import signal
import ssl
import sys

# A line longer than this is not answered: the client is told, and let go.
LONGEST = 64 * 1024
# So many seconds those that are being served get to come to an end.
PATIENCE = 2


class EchoServer:
    def __init__(self):
        self.served = 0
        self.tasks = set()

    async def start(self, port, tls=None):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", port, limit=LONGEST, ssl=tls)
        return self.server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        task = asyncio.current_task()
        self.tasks.add(task)
        try:
            async for line in reader:
                writer.write(line)
                await writer.drain()
        except ValueError:
            writer.write(b"error: that line is too long\n")
        except ConnectionError:
            pass
        finally:
            self.served += 1
            self.tasks.discard(task)
            writer.close()

    async def stop(self):
        self.server.close()
        if self.tasks:
            _, late = await asyncio.wait(self.tasks, timeout=PATIENCE)
            for task in late:
                task.cancel()
        self.server.close_clients()
        await self.server.wait_closed()


async def serve_until_told(port, certificate=None):
    tls = None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    echo, told = EchoServer(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in signal.SIGINT, signal.SIGTERM:
        loop.add_signal_handler(number, told.set)
    print("listening on", await echo.start(port, tls), flush=True)
    await told.wait()
    await echo.stop()
    print("served", echo.served, flush=True)


async def client(port, *lines):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for line in lines:
        writer.write(line)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def show():
    echo = EchoServer()
    port = await echo.start(0)
    print(await client(port, b"hello\n", b"world\n"))
    print(await client(port, b"no end of line"))
    print(await client(port, b"x" * (LONGEST + 1) + b"\n"))
    many = await asyncio.gather(*(client(port, b"%d\n" % n) for n in range(50)))
    print(many == [b"%d\n" % n for n in range(50)])
    await echo.stop()
    print("served", echo.served)


if len(sys.argv) > 1:
    asyncio.run(serve_until_told(int(sys.argv[1]), *sys.argv[2:]))
else:
    asyncio.run(show())
