"""A server and a client on loopback, in one thread: connect without waiting, accept, exchange, close."""
# oracle: 3.11

import socket
from selectors import EVENT_WRITE, DefaultSelector

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
host, port = listener.getsockname()
print(host, port > 0)

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.setblocking(False)
try:
    client.connect((host, port))
except BlockingIOError:
    pass
with DefaultSelector() as selector:
    selector.register(client, EVENT_WRITE)
    print("connected:", len(selector.select()))
server, address = listener.accept()
print("accepted the client:", address == client.getsockname())
client.send(b"ping")
print(server.recv(10))
server.sendall(b"pong")
server.close()
client.setblocking(True)
print(client.recv(10), client.recv(10))
client.close()
listener.close()
