"""select takes objects that have a descriptor, gives them back, and waits as long as it takes when nothing is said."""
# oracle: 3.11

import queue
import select
import socket
import threading
import time


class End:
    def __init__(self, name, sock):
        self.name, self.sock = name, sock

    def fileno(self):
        return self.sock.fileno()

    def __repr__(self):
        return self.name


left, right = (End(name, sock) for name, sock in zip(("left", "right"), socket.socketpair()))
print(select.select([left, right], [left], [], 0))
left.sock.send(b"x")
print(select.select([left, right], [], []), select.select([right], [], [], None), select.select((left,), (), (), 0.001))
for wrong in [1], [object()], 5:
    try:
        select.select(wrong, [], [], 0) if wrong != [1] else select.select([-1], [], [], 0)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
for flags in 12356, select.EPOLL_CLOEXEC:
    try:
        with select.epoll(flags=flags) as poller:
            print(poller.closed)
    except OSError as error:
        print(error)
# With a second thread, which has its turns meanwhile.
poll = select.poll()
poll.register(left, select.POLLIN)
epoll = select.epoll()
epoll.register(left, select.EPOLLIN)


def send_later():
    time.sleep(0.01)
    right.sock.send(b"y")


for wait in poll.poll, epoll.poll, lambda: select.select([left.fileno()], [], []), lambda: select.select([left], [], []):
    thread = threading.Thread(target=send_later)
    thread.start()
    print(len(wait()), left.sock.recv(10))
    thread.join()
epoll.close()
# Less than nothing, however little, is for ever.
for for_ever in -1, -0.1, -1e-100:
    thread = threading.Thread(target=send_later)
    thread.start()
    print(len(poll.poll(for_ever)), left.sock.recv(10))
    thread.join()


class Shrinks:
    """Takes objects out of the list that it is asked for its descriptor in."""

    def fileno(self):
        del objects[-1]
        return left.fileno()


objects = [Shrinks() for _ in range(6)]
print(len(select.select([], objects, [])[1]), len(objects))
lines = queue.SimpleQueue()
lines.put(1)
print(lines.get(), lines.empty())
left.sock.close()
right.sock.close()
