# oracle: 3.13
"""An HTTP/1.1 server: keep-alive, bodies with a length or in chunks, and limits on what a client may send.

    pyield samples/servers/http_server.py PORT

serves until SIGINT or SIGTERM; without a port it shows itself with a client of its own.
"""

import asyncio
import signal
import sys

LONGEST_LINE = 8 * 1024
MOST_HEADERS = 100
LARGEST_BODY = 1024 * 1024
# So many seconds a client may be silent, and those that are being served get at the end.
PATIENCE = 5

REASONS = {
    200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
    413: "Content Too Large", 414: "URI Too Long", 431: "Request Header Fields Too Large",
    501: "Not Implemented", 505: "HTTP Version Not Supported",
}


class Refused(Exception):
    """The request cannot be answered; the connection ends with this status."""

    def __init__(self, status):
        self.status = status


class Request:
    def __init__(self, method, target, version, headers, body):
        self.method, self.target, self.version, self.headers, self.body = method, target, version, headers, body

    def keeps_alive(self):
        wish = self.headers.get("connection", "").lower()
        return wish == "keep-alive" if self.version == "HTTP/1.0" else wish != "close"


async def line(reader, status):
    """A line of the head, without its end; what is too long is refused."""
    try:
        return (await reader.readuntil(b"\r\n"))[:-2].decode("latin-1")
    except asyncio.LimitOverrunError:
        raise Refused(status) from None


async def read_request(reader):
    """The next request, or None if the client is done."""
    try:
        first = await line(reader, 414)
    except asyncio.IncompleteReadError as short:
        if short.partial:
            raise Refused(400) from None
        return None
    parts = first.split(" ")
    if len(parts) != 3:
        raise Refused(400)
    method, target, version = parts
    if version not in ("HTTP/1.0", "HTTP/1.1"):
        raise Refused(505 if version.startswith("HTTP/") else 400)
    headers = {}
    while field := await line(reader, 431):
        name, colon, value = field.partition(":")
        if not colon or not name or name != name.strip():
            raise Refused(400)
        name = name.lower()
        if name in headers and name in ("content-length", "transfer-encoding", "host"):
            raise Refused(400)
        headers[name] = value.strip()
        if len(headers) > MOST_HEADERS:
            raise Refused(431)
    if version == "HTTP/1.1" and "host" not in headers:
        raise Refused(400)
    return Request(method, target, version, headers, await read_body(reader, headers))


def number(text, base=10):
    """A number as HTTP writes it: digits and nothing else."""
    if not text or text.strip("0123456789abcdefABCDEF"[: 10 if base == 10 else None]):
        raise Refused(400)
    # What has so many digits is too large, whatever it is.
    return int(text[:20], base)


async def read_body(reader, headers):
    coding = headers.get("transfer-encoding")
    if coding is None:
        length = number(headers.get("content-length", "0"))
        if length > LARGEST_BODY:
            raise Refused(413)
        return await reader.readexactly(length)
    # Who says both may mean to have the two ends of a connection disagree.
    if "content-length" in headers:
        raise Refused(400)
    if coding.lower() != "chunked":
        raise Refused(501)
    body = bytearray()
    while True:
        size = number((await line(reader, 400)).split(";")[0].strip(), 16)
        if len(body) + size > LARGEST_BODY:
            raise Refused(413)
        if not size:
            # Fields may follow; nobody here wants them.
            for _ in range(MOST_HEADERS):
                if not await line(reader, 431):
                    return bytes(body)
            raise Refused(431)
        body += await reader.readexactly(size)
        if await reader.readexactly(2) != b"\r\n":
            raise Refused(400)


def answer_to(request):
    """Status and body."""
    if request.target == "/":
        if request.method not in ("GET", "HEAD"):
            return 405, b""
        return 200, b"hello\n"
    if request.target == "/echo":
        return (200, request.body) if request.method == "POST" else (405, b"")
    size = request.target.removeprefix("/bytes/")
    if size.isascii() and size.isdigit():
        return 200, b"x" * min(int(size[:20]), 10 * LARGEST_BODY)
    return 404, b"nothing here\n"


class HttpServer:
    def __init__(self):
        self.served = 0
        # Every connection has a task; those in `idle` wait for a request.
        self.tasks, self.idle = set(), set()
        self.ending = False

    async def start(self, port):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", port, limit=LONGEST_LINE)
        return self.server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        task = asyncio.current_task()
        self.tasks.add(task)
        try:
            while not self.ending and await self.exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        except asyncio.CancelledError:
            # The server ends, and this one was silent.
            pass
        finally:
            self.tasks.discard(task)
            writer.close()

    async def exchange(self, reader, writer):
        """One request and its answer; may there be another?"""
        task = asyncio.current_task()
        self.idle.add(task)
        head, stays = False, False
        try:
            async with asyncio.timeout(PATIENCE):
                request = await read_request(reader)
        except TimeoutError:
            status, body = 408, b""
        except Refused as refused:
            status, body = refused.status, b""
        else:
            if request is None:
                return False
            status, body = answer_to(request)
            head, stays = request.method == "HEAD", request.keeps_alive() and not self.ending
        finally:
            self.idle.discard(task)
        self.served += 1
        fields = f"Content-Length: {len(body)}\r\nConnection: {'keep-alive' if stays else 'close'}\r\n"
        writer.write(f"HTTP/1.1 {status} {REASONS[status]}\r\n{fields}\r\n".encode())
        if not head:
            writer.write(body)
        await writer.drain()
        return stays

    async def stop(self):
        """Take no more connections, let those that are being served come to an end, and close the silent ones."""
        self.ending = True
        self.server.close()
        for task in list(self.idle):
            task.cancel()
        if self.tasks:
            _, late = await asyncio.wait(self.tasks, timeout=PATIENCE)
            for task in late:
                task.cancel()
        self.server.close_clients()
        await self.server.wait_closed()


async def serve_until_told(port):
    http, told = HttpServer(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in signal.SIGINT, signal.SIGTERM:
        loop.add_signal_handler(number, told.set)
    print("listening on", await http.start(port), flush=True)
    await told.wait()
    await http.stop()
    print("served", http.served, flush=True)


async def show():
    http = HttpServer()
    port = await http.start(0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def ask(text, body=b""):
        writer.write(text.replace("\n", "\r\n").encode() + body)
        status = await reader.readline()
        length = 0
        while (field := await reader.readline()) != b"\r\n":
            name, _, value = field.partition(b":")
            if name == b"Content-Length":
                length = int(value)
        print(status, await reader.readexactly(length))

    await ask("GET / HTTP/1.1\nHost: here\n\n")
    await ask("POST /echo HTTP/1.1\nHost: here\nContent-Length: 5\n\n", b"12345")
    await ask("POST /echo HTTP/1.1\nHost: here\nTransfer-Encoding: chunked\n\n", b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    await ask("GET /nowhere HTTP/1.1\nHost: here\n\n")
    await ask("DELETE / HTTP/1.1\nHost: here\n\n")
    await ask("GET / HTTP/1.1\nHost: here\nConnection: close\n\n")
    print("at the end:", await reader.read())
    writer.close()
    for bad in b"GET /\r\n\r\n", b"GET / HTTP/2.0\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET /" + b"x" * 10000 + b" HTTP/1.1\r\n\r\n":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(bad)
        print((await reader.readline()).decode().strip())
        writer.close()
    await http.stop()
    print("served", http.served)


if len(sys.argv) > 1:
    asyncio.run(serve_until_told(int(sys.argv[1])))
else:
    asyncio.run(show())
