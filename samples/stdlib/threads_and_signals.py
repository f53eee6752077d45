# oracle: 3.13
"""Signals come to the first thread, also while it waits for another; timeouts of sockets in threads."""

import os
import queue
import signal
import socket
import threading
import time


def works():
    for _ in range(20):
        time.sleep(0.01)


def handler(number, frame):
    print("handler in", threading.current_thread().name)


def fails(number, frame):
    raise ValueError("from the handler")


signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.05)
thread = threading.Thread(target=works)
thread.start()
thread.join()
print(thread.is_alive())

signal.signal(signal.SIGALRM, fails)
signal.setitimer(signal.ITIMER_REAL, 0.05)
thread = threading.Thread(target=works)
thread.start()
try:
    thread.join()
except ValueError as error:
    print(error, thread.is_alive())
thread.join()

signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.02)
thread = threading.Thread(target=works)
thread.start()
began = time.monotonic()
time.sleep(0.1)
print(time.monotonic() - began >= 0.1)
thread.join()


def waits(end):
    end.settimeout(0.02)
    try:
        end.recv(1)
    except TimeoutError as error:
        print("timeout", error)
    end.settimeout(5)
    print(end.recv(10))


def echoes(end):
    while data := end.recv(100_000):
        end.sendall(data)
    end.close()


left, right = socket.socketpair()
thread = threading.Thread(target=waits, args=(left,))
thread.start()
time.sleep(0.05)
right.send(b"at last")
thread.join()

thread = threading.Thread(target=echoes, args=(right,))
thread.start()


def feeds():
    left.sendall(b"x" * 1_000_000)
    left.shutdown(socket.SHUT_WR)


threading.Thread(target=feeds).start()
count = 0
while data := left.recv(100_000):
    count += len(data)
print(count)
thread.join()


class Out(Exception):
    pass


def leave(number, frame):
    raise Out


# A handler that raises ends a read, one that returns does not.
reading, writing = os.pipe()
signal.signal(signal.SIGALRM, leave)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    os.read(reading, 1)
except Out:
    print("left")
signal.signal(signal.SIGALRM, lambda number, frame: os.write(writing, b"x"))
signal.setitimer(signal.ITIMER_REAL, 0.02)
print(os.read(reading, 1))
# Who waits for a signal lets others run, one of which sends it.
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGUSR1)).start()
print(signal.sigwait([signal.SIGUSR1]) == signal.SIGUSR1)
# So does who connects.
server = socket.create_server(("127.0.0.1", 0))
clients = []
connecting = threading.Thread(target=lambda: clients.append(socket.create_connection(server.getsockname())))
connecting.start()
server.accept()[0].close()
connecting.join()
print(clients[0].recv(1))
try:
    signal.setitimer(9, 1)
except signal.ItimerError as error:
    print(error)
print(queue.Queue[int], queue.SimpleQueue[str], threading.ExceptHookArgs((1, 2, 3, 4)))
