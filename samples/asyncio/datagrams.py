# oracle: 3.11
"""Datagrams between two endpoints."""

import asyncio


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        self.transport.sendto(data.upper(), addr)


class Client(Echo):
    def __init__(self, wanted):
        self.wanted, self.got = wanted, []
        self.done = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, addr):
        self.got.append(data)
        if len(self.got) == self.wanted:
            self.done.set_result(sorted(self.got))

    def connection_lost(self, exc):
        print("lost", exc)


async def main():
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 0))
    address = server.get_extra_info("sockname")
    transport, client = await loop.create_datagram_endpoint(lambda: Client(3), remote_addr=address)
    for word in b"one", b"two", b"three":
        transport.sendto(word)
    print(await client.done)
    try:
        transport.sendto(b"elsewhere", ("127.0.0.1", 1))
    except ValueError as error:
        print(str(error).startswith("Invalid address: must be None or"))
    transport.close()
    server.close()
    await asyncio.sleep(0)
    for wrong in dict(local_addr="here"), dict(), dict(remote_addr=("127.0.0.1", 1, 2)):
        try:
            await loop.create_datagram_endpoint(Echo, **wrong)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)


asyncio.run(main())
