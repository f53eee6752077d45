# oracle: 3.13
"""TLS: streams, a protocol, a connection that is encrypted later, and what is said when one is refused."""

import asyncio
import os
import ssl

HERE = os.path.join(os.path.dirname(__file__), "..", "certificates")


def file(name):
    return os.path.join(HERE, name)


def server_context(certificate="server.pem"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file(certificate))
    context.set_alpn_protocols(["other", "echo"])
    return context


def client_context(authority="authority.pem"):
    context = ssl.create_default_context(cafile=file(authority))
    context.set_alpn_protocols(["echo"])
    return context


async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def serve(handler=echo, **tls):
    server = await asyncio.start_server(handler, "127.0.0.1", 0, **tls)
    return server, server.sockets[0].getsockname()[1]


async def streams(port):
    reader, writer = await asyncio.open_connection("localhost", port, ssl=client_context())
    told = writer.get_extra_info
    print(told("cipher")[1:], told("compression"), told("ssl_object").selected_alpn_protocol())
    print(told("peercert")["subject"], told("peercert")["subjectAltName"])
    print(told("sslcontext").check_hostname, told("ssl_object").server_hostname, writer.transport.get_write_buffer_limits())
    writer.write(b"hello")
    print(await reader.read(100))
    print(writer.can_write_eof())
    try:
        writer.write_eof()
    except NotImplementedError as error:
        print(repr(error))
    size = 1 << 22
    payload = bytes(range(256)) * (size // 256)

    async def send():
        for at in range(0, size, 1 << 18):
            writer.write(payload[at : at + (1 << 18)])
            await writer.drain()

    sending = asyncio.create_task(send())
    print(await reader.readexactly(size) == payload)
    await sending
    writer.close()
    await writer.wait_closed()
    many = await asyncio.gather(*(once(port, b"%d" % n) for n in range(20)))
    print(many == [b"%d" % n for n in range(20)])


async def once(port, data):
    reader, writer = await asyncio.open_connection("localhost", port, ssl=client_context())
    writer.write(data)
    answer = await reader.readexactly(len(data))
    writer.close()
    await writer.wait_closed()
    return answer


class Told(asyncio.Protocol):
    def __init__(self):
        self.over = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        print("made", type(transport).__name__, transport.get_extra_info("sslcontext") is not None)
        transport.write(b"over and out")
        self.transport = transport

    def data_received(self, data):
        print("received", data)
        self.transport.close()

    def eof_received(self):
        print("the end of what comes")

    def connection_lost(self, failure):
        print("lost", failure)
        self.over.set_result(None)


async def protocol(port):
    loop = asyncio.get_running_loop()
    transport, told = await loop.create_connection(Told, "localhost", port, ssl=client_context())
    await told.over
    print(transport.is_closing(), transport.get_extra_info("cipher") is not None)


async def later():
    async def upgrade(reader, writer):
        print("server", await reader.readline())
        writer.write(b"go\n")
        await writer.start_tls(server_context())
        print("server", await reader.readline(), writer.get_extra_info("ssl_object").version())
        writer.write(b"secret\n")
        writer.close()

    server, port = await serve(upgrade)
    reader, writer = await asyncio.open_connection("localhost", port)
    writer.write(b"STARTTLS\n")
    print("client", await reader.readline())
    await writer.start_tls(client_context(), server_hostname="localhost")
    writer.write(b"hi\n")
    print("client", await reader.readline(), await reader.read())
    writer.close()
    await writer.wait_closed()
    server.close()


async def refused(port):
    loop = asyncio.get_running_loop()
    for host, context in ("example.org", client_context()), ("127.0.0.2", client_context()), (
        "localhost", client_context("stranger.pem"),
    ):
        try:
            await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            print(error.verify_code, error.verify_message, error.library, error.reason)
    server, stranger = await serve(ssl=server_context("stranger.pem"))
    try:
        await asyncio.open_connection("localhost", stranger, ssl=client_context())
    except ssl.SSLCertVerificationError as error:
        print(error.verify_code, error.verify_message)
    reader, writer = await asyncio.open_connection("localhost", stranger, ssl=client_context("stranger.pem"))
    print(writer.get_extra_info("peercert")["issuer"])
    writer.close()
    await writer.wait_closed()
    server.close()

    async def silent(reader, writer):
        await reader.read()
        writer.close()

    server, plain = await serve(silent)
    try:
        await asyncio.open_connection("localhost", plain, ssl=client_context(), ssl_handshake_timeout=0.05)
    except ConnectionAbortedError as error:
        print(error)
    connecting = asyncio.create_task(asyncio.open_connection("localhost", plain, ssl=client_context()))
    await asyncio.sleep(0.05)
    connecting.cancel()
    print(await asyncio.gather(connecting, return_exceptions=True))
    server.close()
    for wrong in dict(server_hostname="localhost"), dict(ssl_handshake_timeout=1), dict(ssl_shutdown_timeout=1):
        try:
            await loop.create_connection(asyncio.Protocol, "localhost", port, **wrong)
        except ValueError as error:
            print(error)
    try:
        await loop.create_server(asyncio.Protocol, "localhost", 0, ssl=True)
    except TypeError as error:
        print(error)


async def main():
    server, port = await serve(ssl=server_context())
    await streams(port)
    await protocol(port)
    await later()
    await refused(port)
    server.close()


asyncio.run(main())
