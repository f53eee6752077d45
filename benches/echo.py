"""Round trips through an echo server of asyncio, under pyield and under CPython, and there also with uvloop.

    python3 benches/echo.py [--pyield PATH] [--python PATH] [--clients N] [--rounds N] [--size N]

The client is the same for all: plain sockets, all of which send before any receives. What is compared is the processor time that
the server takes for a round trip; how many there are in a second is told, too, but for much of that the client works. The row of
uvloop is left out where it cannot be imported.
"""

import argparse
import pathlib
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent


def measure(command, kind, options):
    server = subprocess.Popen(
        [*command[:1], HERE / "programs/echo_server.py", kind, str(options.clients), *command[1:]],
        stdout=subprocess.PIPE, text=True,
    )
    with server:
        port = int(server.stdout.readline())
        clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(options.clients)]
        message = b"x" * options.size
        began = time.perf_counter()
        for _ in range(options.rounds):
            for client in clients:
                client.sendall(message)
            for client in clients:
                left = options.size
                while left:
                    left -= len(client.recv(left))
        spent = time.perf_counter() - began
        for client in clients:
            client.close()
        trips = options.clients * options.rounds
        return float(server.stdout.readline()) / trips, trips / spent


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--pyield", default=str(HERE.parent / "target/release/pyield"))
    options.add_argument("--python", default="/usr/bin/python3.11")
    options.add_argument("--clients", type=int, default=100)
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--size", type=int, default=100)
    options = options.parse_args()
    rows = {"pyield": [options.pyield], "CPython": [options.python]}
    if subprocess.run([options.python, "-c", "import uvloop"], stderr=subprocess.DEVNULL).returncode == 0:
        rows["uvloop"] = [options.python, "uvloop"]
    for kind in "streams", "protocol":
        for name, command in rows.items():
            # The best of three: nothing makes a server faster than it is.
            cost, rate = min(measure(command, kind, options) for _ in range(3))
            print(f"{kind:9} {name:8} {cost * 1e6:7.2f} µs {rate:8.0f} in a second", flush=True)


main()
