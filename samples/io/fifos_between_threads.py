# A FIFO is opened when somebody opens its other end: until then the thread that opens it waits, and the others run on.
# oracle: 3.13
import asyncio
import os
import socket
import tempfile
import threading

directory = tempfile.mkdtemp()
path = os.path.join(directory, "fifo")
os.mkfifo(path)
said = []


def reader():
    with open(path) as file:
        said.append("opened for reading")
        for line in file:
            said.append(line.strip())


thread = threading.Thread(target=reader)
thread.start()
thread.join(0.05)
said.append("opening for writing")
with open(path, "w") as file:
    file.write("one\ntwo\n")
thread.join()
print(said)

# Whoever does not want to wait is told.
for flags in os.O_WRONLY | os.O_NONBLOCK, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW:
    try:
        os.open(path, flags)
    except OSError as error:
        print(type(error).__name__, error.errno, error.filename == path)
reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
writing = os.open(path, os.O_WRONLY)
try:
    os.read(reading, 10)
except BlockingIOError as error:
    print(error)
os.write(writing, b"abc")
print(os.read(reading, 10))
os.close(writing)
print(os.read(reading, 10))
os.close(reading)
try:
    os.mkfifo(path)
except FileExistsError as error:
    print(error)
print(oct(os.stat(path).st_mode & 0o170000))


# Two coroutines that meet at a FIFO, each in a thread of the executor; and a task that runs meanwhile.
def produce():
    with open(path, "wb") as file:
        for number in range(5):
            file.write(b"item %d\n" % number)
            file.flush()
        return "all written"


def consume():
    with open(path, "rb") as file:
        return [line.decode().strip() for line in file]


async def main():
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await asyncio.sleep(0)
            ticks += 1

    ticking = asyncio.create_task(tick())
    items = asyncio.create_task(asyncio.to_thread(consume))
    await asyncio.sleep(0.01)
    print(items.done(), ticks > 0)
    print(await asyncio.gather(asyncio.to_thread(produce), items))
    ticking.cancel()


asyncio.run(main())

# Files that are read in threads of their own: each is read whole, whoever waits for the disk.
names = [os.path.join(directory, f"file {number}") for number in range(4)]
for number, name in enumerate(names):
    with open(name, "wb") as file:
        file.write(bytes([number]) * 300_000 + b"\n")
        file.flush()
        os.fsync(file.fileno())


def lengths(name):
    with open(name, "rb") as file:
        first = file.read(1000)
        rest = file.read()
    return len(first), len(rest), set(first + rest) - {10}


async def read_all():
    return await asyncio.gather(*(asyncio.to_thread(lengths, name) for name in names))


for row in asyncio.run(read_all()):
    print(*row)

# What is opened is what was asked for.
link = os.path.join(directory, "link")
os.symlink(names[0], link)
for name, flags in (link, os.O_NOFOLLOW), (names[0], os.O_DIRECTORY):
    try:
        os.open(name, os.O_RDONLY | flags)
    except OSError as error:
        print(type(error).__name__, os.strerror(error.errno))


def ask():
    print(socket.gethostbyname_ex("127.0.0.1"))


thread = threading.Thread(target=ask)
thread.start()
thread.join()

for name in (path, link, *names):
    os.remove(name)
os.rmdir(directory)
