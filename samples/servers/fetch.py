# oracle: 3.13
"""A client that fetches several paths at the same time, each over a connection of its own.

    pyield samples/servers/fetch.py PORT PATH...

Without arguments it fetches from a small server of its own.
"""

import asyncio
import sys


async def fetch(port, path):
    """Status and body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        status = (await reader.readline()).decode().split(" ", 2)[1]
        headers = {}
        while (line := (await reader.readline()).strip()):
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        length = headers.get("content-length")
        body = await (reader.read() if length is None else reader.readexactly(int(length)))
        return int(status), body
    finally:
        writer.close()
        await writer.wait_closed()


async def fetch_all(port, paths):
    async with asyncio.TaskGroup() as group:
        tasks = {path: group.create_task(fetch(port, path)) for path in paths}
    for path, task in tasks.items():
        status, body = task.result()
        print(path, status, len(body), "bytes")


async def answer(reader, writer):
    method, path, _ = (await reader.readline()).decode().split()
    while (await reader.readline()).strip():
        pass
    await asyncio.sleep(0.05)
    body = f"{method} {path}\n".encode() * 100
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    writer.close()


async def show():
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        await fetch_all(server.sockets[0].getsockname()[1], ["/foo", "/bar", "/a/longer/path"])


if len(sys.argv) > 1:
    asyncio.run(fetch_all(int(sys.argv[1]), sys.argv[2:]))
else:
    asyncio.run(show())
