# oracle: 3.13
"""`ssl` without asyncio: a connection between two buffers, and one between two threads; clients that prove who they are."""

import os
import socket
import ssl
import threading

HERE = os.path.join(os.path.dirname(__file__), "..", "certificates")


def file(name):
    return os.path.join(HERE, name)


def contexts():
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file("server.pem"))
    return server, ssl.create_default_context(cafile=file("authority.pem"))


def pair(server, client, name="localhost"):
    one, other = ssl.MemoryBIO(), ssl.MemoryBIO()
    return server.wrap_bio(one, other, server_side=True), client.wrap_bio(other, one, server_hostname=name)


def attempt(call, *args):
    try:
        return call(*args)
    except ssl.SSLError as error:
        # The text ends with a place in the source of CPython.
        print(" ", type(error).__name__, error.errno, getattr(error, "reason", "-"), str(error).partition(" (_ssl.c:")[0])


def shake(ends):
    """Each in turn until both are done, or one has failed, which the other hears of."""
    waiting, failed = list(ends), False
    while waiting:
        for end in tuple(waiting):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                if failed:
                    return
                continue
            except ssl.SSLError:
                attempt(raise_again)
                failed = True
            waiting.remove(end)


def raise_again():
    raise


print("buffers")
bio = ssl.MemoryBIO()
print(bio.pending, bio.eof, bio.write(b"some bytes"), bio.pending, bio.read(4), bio.read(), bio.read())
bio.write_eof()
print(bio.eof, attempt(bio.write, b"more"))

print("a connection")
server, client = ends = pair(*contexts())
print(client.version(), client.cipher(), client.server_hostname, server.server_side, client.pending())
attempt(client.do_handshake)
shake(ends)
print(client.version(), client.cipher()[1:], client.compression(), client.session_reused, client.selected_alpn_protocol())
print(client.write(b"one"), client.write(b"two"), server.read(2), server.pending(), server.read(), server.read(10))
room = bytearray(8)
print(server.write(b"back"), client.read(8, room), room, server.write(b"x" * 40000), [len(client.read(40000)) for _ in "123"])
attempt(client.read)
attempt(client.unwrap)
print(server.read(), server.unwrap(), client.unwrap())
attempt(client.read)

print("certificates")
print({key: value for key, value in client.getpeercert().items() if key[:3] in ("sub", "iss", "ver", "not")})
print(server.getpeercert(), len(client.getpeercert(True)) > 300)
text = ssl.DER_cert_to_PEM_cert(client.getpeercert(True))
print(text.splitlines()[0], text[-26:-1], ssl.PEM_cert_to_DER_cert(text) == client.getpeercert(True))
print(client.context.cert_store_stats(), [one["subject"] for one in client.context.get_ca_certs()])
print(ssl.cert_time_to_seconds(client.getpeercert()["notAfter"]))

print("wrong names")
for name in "example.org", "127.0.0.9":
    server, client = ends = pair(*contexts(), name)
    shake(ends)

print("clients that have to prove who they are")
asking, asked = contexts()
asking.load_verify_locations(file("authority.pem"))
asking.verify_mode = ssl.CERT_REQUIRED
server, client = ends = pair(asking, asked)
shake(ends)
attempt(client.read)
asked.load_cert_chain(file("client.pem"))
server, client = ends = pair(asking, asked)
shake(ends)
print(server.getpeercert()["subject"])

print("names that are asked for")
other, stranger = contexts()[0], ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
stranger.load_cert_chain(file("stranger.pem"))
heard = []


def choose(connection, name, context):
    heard.append((type(connection).__name__, name, context is stranger))
    if name == "nobody":
        return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
    connection.context = other


stranger.sni_callback = choose
server, client = ends = pair(stranger, contexts()[1])
shake(ends)
print(client.version(), heard)
server, client = ends = pair(stranger, contexts()[1], "nobody")
shake(ends)

print("versions")
older, _ = contexts()
older.maximum_version = ssl.TLSVersion.TLSv1_2
server, client = ends = pair(older, contexts()[1])
shake(ends)
print(client.version(), client.cipher())
newer = contexts()[1]
newer.minimum_version = ssl.TLSVersion.TLSv1_3
server, client = ends = pair(older, newer)
shake(ends)

print("contexts")
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
print(context.verify_mode, context.check_hostname, context.minimum_version, context.maximum_version, context.protocol)
for change in dict(verify_mode=ssl.CERT_NONE), dict(verify_mode=7), dict(minimum_version=5), dict(sni_callback=print):
    try:
        ((name, value),) = change.items()
        setattr(context, name, value)
    except ValueError as error:
        print(error)
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
print(context.verify_mode, ssl.CERT_REQUIRED, repr(ssl.TLSVersion.TLSv1_3), ssl.Purpose.SERVER_AUTH)
attempt(context.load_verify_locations, None, None, "no certificate")
attempt(context.load_verify_locations, __file__)
attempt(context.set_ciphers, "nonsense")
try:
    context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="")
except ValueError as error:
    print(error)

print("sockets")


def serve(listener, context):
    with listener:
        while True:
            connection, _ = listener.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as encrypted:
                    while line := encrypted.recv(100):
                        if line == b"enough":
                            return
                        if line == b"plain":
                            encrypted.sendall(b"yes")
                            plain = encrypted.unwrap()
                            plain.sendall(plain.recv(100).upper())
                            break
                        encrypted.sendall(line * 1000)
            except OSError:
                # Among them those that do not believe us.
                pass


listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()
server, client = contexts()
thread = threading.Thread(target=serve, args=(listener, server))
thread.start()
with socket.create_connection(address) as raw:
    with client.wrap_socket(raw, server_hostname="localhost") as encrypted:
        print(raw.fileno(), encrypted.version(), encrypted.server_side, encrypted.getpeercert()["subject"][0])
        encrypted.sendall(b"again ")
        with encrypted.makefile("rb") as reader:
            print(reader.read(6000) == b"again " * 1000)
        encrypted.settimeout(0.02)
        try:
            encrypted.recv(1)
        except TimeoutError as error:
            print(type(error).__name__, error)
        encrypted.setblocking(False)
        attempt(encrypted.recv, 1)
        encrypted.setblocking(True)
        encrypted.send(b"plain")
        print(encrypted.recv(100))
        plain = encrypted.unwrap()
        plain.sendall(b"in the open")
        print(plain.recv(100))
        try:
            encrypted.read()
        except ValueError as error:
            print(error)
with client.wrap_socket(socket.socket(), server_hostname="example.org") as encrypted:
    attempt(encrypted.connect, address)
print(ssl.get_server_certificate(address).splitlines()[0])
with client.wrap_socket(socket.socket(), server_hostname="localhost") as encrypted:
    encrypted.connect(address)
    try:
        encrypted.recvfrom(10)
    except ValueError as error:
        print(error)
    encrypted.sendall(b"enough")
    print(encrypted.recv(10))
thread.join()
