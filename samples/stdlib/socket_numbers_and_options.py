# oracle: 3.13
"""Addresses as numbers, options, and what sockets refuse."""

import socket
import threading


def ask(function, *args):
    try:
        print(function.__name__, function(*args))
    except (OSError, OverflowError, TypeError, ValueError) as error:
        print(function.__name__, type(error).__name__, error)


for text in "1.2.3.4", "1.2", "x", "1.2.3.4.5":
    ask(socket.inet_aton, text)
for packed in b"\1\2\3\4", b"\1":
    ask(socket.inet_ntoa, packed)
    ask(socket.inet_ntop, socket.AF_INET, packed)
for family, text in (socket.AF_INET6, "::1"), (socket.AF_INET, "zz"), (99, "::1"):
    ask(socket.inet_pton, family, text)
for number in 1, -1, 70000:
    ask(socket.htons, number)
ask(socket.getprotobyname, "tcp")
ask(socket.sethostname, 3)
ask(socket.setdefaulttimeout, -1)
with socket.socket() as one:
    for value in None, "text", 1.5, True, b"\1\0\0\0":
        ask(one.setsockopt, socket.SOL_SOCKET, socket.SO_KEEPALIVE, value)
    print(one.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), one.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
    ask(one.getsockopt, 99, 99)
    for address in "x", ("x",), (1, 2), ("127.0.0.1", 70000), ("127.0.0.1", "x"):
        ask(one.bind, address)
    ask(one.recv, -1)
    ask(one.settimeout, -1)

# With a timeout, while others run: the number of what came of it.
stop = threading.Event()
thread = threading.Thread(target=stop.wait, args=(5,))
thread.start()
with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as one:
    one.settimeout(2)
    print(one.connect_ex(server.getsockname()))
    address = server.getsockname()
with socket.socket() as one:
    one.settimeout(2)
    print(one.connect_ex(address) == 111)
    ask(one.connect_ex, ("x",))
stop.set()
thread.join()
