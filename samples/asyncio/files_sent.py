# oracle: 3.13
"""Files are sent through sockets and transports; addresses have names."""

import asyncio
import io
import socket
import tempfile


async def fails(awaitable):
    try:
        print("no error:", await awaitable)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


async def through_sockets(loop, file):
    here, there = socket.socketpair()
    here.setblocking(False)
    there.setblocking(False)
    for offset, count in (0, None), (3, None), (2, 5), (100, None):
        sent = await loop.sock_sendfile(here, file, offset, count)
        print(sent, file.tell(), await loop.sock_recv(there, 100) if sent else b"")
    print(await loop.sock_sendfile(here, io.BytesIO(b"in memory")), await loop.sock_recv(there, 100))
    await fails(loop.sock_sendfile(here, io.BytesIO(b"in memory"), fallback=False))
    await fails(loop.sock_sendfile(here, file, -1))
    await fails(loop.sock_sendfile(here, file, 0, 0))
    await fails(loop.sock_sendfile(here, file, 0, "all"))
    here.close()
    there.close()


async def through_transports(loop, file):
    received = loop.create_future()

    async def served(reader, writer):
        received.set_result(await reader.read())
        writer.close()

    server = await asyncio.start_server(served, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"head " * 100_000)
    print(await loop.sendfile(writer.transport, file, 1), file.tell())
    writer.write(b" tail")
    writer.close()
    data = await received
    print(len(data), data[-20:])
    await fails(loop.sendfile(writer.transport, file))
    server.close()


async def names(loop):
    numbers = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
    print(await loop.getnameinfo(("127.0.0.1", 80), numbers), socket.getnameinfo(("::1", 443, 0, 0), numbers))
    print(socket.getnameinfo(("127.0.0.1", 9), socket.NI_NUMERICHOST)[0])
    for wrong in ["127.0.0.1", 80], ("127.0.0.1",), ("127.0.0.1", 80, 0), ("not an address", 80):
        try:
            print(socket.getnameinfo(wrong, numbers))
        except (TypeError, OSError) as error:
            print(type(error).__name__, error)


async def main():
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryFile() as file:
        file.write(b"0123456789")
        file.flush()
        await through_sockets(loop, file)
        await through_transports(loop, file)
    await names(loop)


asyncio.run(main())
