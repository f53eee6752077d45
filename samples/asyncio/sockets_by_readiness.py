"""Readers and writers of a loop, and operations on sockets that wait without keeping others from running."""
# oracle: 3.11
import asyncio
import socket


async def echo(server):
    loop = asyncio.get_running_loop()
    connection, _ = await loop.sock_accept(server)
    print("accepted", connection.getblocking())
    with connection:
        while data := await loop.sock_recv(connection, 1000):
            await loop.sock_sendall(connection, data.upper())
    print("the other end is done")


async def over_tcp():
    loop = asyncio.get_running_loop()
    with socket.socket() as server, socket.socket() as client:
        server.setblocking(False)
        client.setblocking(False)
        server.bind(("127.0.0.1", 0))
        server.listen()
        serving = asyncio.create_task(echo(server))
        await loop.sock_connect(client, server.getsockname())
        for word in b"one", b"two":
            await loop.sock_sendall(client, word)
            print(await loop.sock_recv(client, 100))
        client.shutdown(socket.SHUT_WR)
        await serving
        port = server.getsockname()[1]
    with socket.socket() as nobody:
        nobody.setblocking(False)
        try:
            await loop.sock_connect(nobody, ("127.0.0.1", port))
        except ConnectionRefusedError as error:
            print(type(error).__name__, error.errno)


async def by_hand():
    loop = asyncio.get_running_loop()
    left, right = socket.socketpair()
    with left, right:
        left.setblocking(False)
        right.setblocking(False)
        came = asyncio.Queue()
        loop.add_reader(right, lambda: came.put_nowait(right.recv(3)))
        left.send(b"abcdef")
        print(await came.get(), await came.get())
        print(loop.remove_reader(right), loop.remove_reader(right))
        writable = loop.create_future()
        loop.add_writer(left.fileno(), lambda: writable.done() or writable.set_result("writable"))
        print(await writable, loop.remove_writer(left))
        try:
            async with asyncio.timeout(0.01):
                await loop.sock_recv(right, 10)
        except TimeoutError:
            print("nothing came")
        print(loop.remove_reader(right))
        buffer = bytearray(10)
        big = asyncio.create_task(loop.sock_sendall(left, b"x" * 1_000_000))
        total = 0
        while total < 1_000_000:
            total += await loop.sock_recv_into(right, buffer if total == 0 else bytearray(100_000))
        await big
        print(total, buffer)
    try:
        loop.add_reader(-1, print)
    except ValueError as error:
        print(error)
    # Also who sends nothing needs a socket that does not wait, and that is open.
    left, right = socket.socketpair()
    with right:
        loop.set_debug(True)
        for setting in left.setblocking, lambda blocking: left.close():
            try:
                await loop.sock_sendall(left, b"")
            except (OSError, ValueError) as error:
                print(type(error).__name__, error)
            setting(False)
        loop.set_debug(False)
        try:
            await loop.sock_sendall(left, b"")
        except OSError as error:
            print(type(error).__name__, error)


asyncio.run(over_tcp())
asyncio.run(by_hand())
