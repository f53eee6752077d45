"""Messages with what goes along: descriptors from one end to the other, in several buffers, cut off, and refused."""
# oracle: 3.13

import array
import os
import socket


def shown(call, *args):
    try:
        return call(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(socket.CMSG_LEN(0), socket.CMSG_LEN(5), socket.CMSG_SPACE(0), socket.CMSG_SPACE(5), shown(socket.CMSG_LEN, -1))
left, right = socket.socketpair()
print(left.sendmsg([b"one", bytearray(b" two"), memoryview(b" three")]), right.recvmsg(100))
rooms = bytearray(2), memoryview(bytearray(4))[1:], array.array("B", bytes(3))
print(left.sendmsg((part for part in (b"abcd", b"efghij"))), right.recvmsg_into(rooms), *map(bytes, rooms))
print(shown(right.recvmsg_into, [b"fixed"])[:10], right.recvmsg(10))
print(shown(right.recvmsg, -1), shown(left.sendmsg, b"no"), shown(left.sendmsg, [b""], [(1, 2)]))

reading, writing = os.pipe()
print(socket.send_fds(left, [b"a pipe"], [reading, writing]))
data, fds, flags, address = socket.recv_fds(right, 100, 4)
print(data, len(fds), flags & socket.MSG_CTRUNC, address)
os.close(reading)
os.close(writing)
print(os.write(fds[1], b"through it"), os.read(fds[0], 100), [os.get_inheritable(fd) for fd in fds])
for fd in fds:
    os.close(fd)
print(shown(socket.send_fds, left, [b"closed"], fds))

# There is room for one of two.
file = os.dup(0)
left.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file, file]))])
data, ancillary, flags, _ = right.recvmsg(10, socket.CMSG_LEN(4))
(level, kind, numbers), = ancillary
print(data, level == socket.SOL_SOCKET, kind == socket.SCM_RIGHTS, len(numbers), bool(flags & socket.MSG_CTRUNC))
os.close(int.from_bytes(numbers, "little"))

right.settimeout(0.01)
print(shown(right.recvmsg, 10))
right.setblocking(False)
print(shown(right.recvmsg, 10))

# Another number for the same.
print(os.dup2(file, file) == file, os.get_inheritable(file))
other = os.dup2(file, file + 40, inheritable=False)
print(other - file, os.get_inheritable(other), os.fstat(other).st_ino == os.fstat(0).st_ino)
os.set_inheritable(other, True)
print(os.get_inheritable(other), left.get_inheritable(), shown(os.dup2, 1000, file))
left.set_inheritable(True)
print(left.get_inheritable())
os.close(other)
os.close(file)
for end in left, right:
    end.close()
names = socket.if_nameindex()
print(all(socket.if_nametoindex(name) == number and socket.if_indextoname(number) == name for number, name in names))
print(shown(socket.if_nametoindex, "no such thing"), shown(socket.if_indextoname, 999_999), shown(socket.if_indextoname, -1))
print(socket.gethostbyaddr("127.0.0.1")[2], socket.gethostbyname_ex("127.0.0.1"))
