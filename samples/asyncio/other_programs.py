# oracle: 3.13
"""Other programs are started, talked to and waited for while tasks go on."""

import asyncio
import signal
import subprocess
from asyncio.subprocess import DEVNULL, PIPE, STDOUT


async def fails(awaitable):
    try:
        print("no error:", await awaitable)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


async def to_the_end():
    process = await asyncio.create_subprocess_exec("echo", "hello", stdout=PIPE)
    print(await process.communicate(), process.returncode, process.stdin, process.stderr)
    process = await asyncio.create_subprocess_shell("cat; echo err >&2; exit 3", stdin=PIPE, stdout=PIPE, stderr=PIPE)
    print(await process.communicate(b"input"), await process.wait(), process.returncode)
    process = await asyncio.create_subprocess_exec("sh", "-c", "echo a; echo b >&2", stdout=PIPE, stderr=STDOUT)
    print(await process.communicate())
    process = await asyncio.create_subprocess_exec("cat", stdin=DEVNULL, stdout=DEVNULL)
    print(await process.wait(), process.stdout)
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    print(len((await process.communicate(bytes(1_000_000)))[0]))
    process = await asyncio.create_subprocess_exec("pwd", cwd="/", stdout=PIPE, env={"PATH": "/bin:/usr/bin"})
    print(await process.communicate())


async def in_turns():
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    for word in b"one\n", b"two\n":
        process.stdin.write(word)
        await process.stdin.drain()
        print(await process.stdout.readline())
    process.stdin.close()
    await process.stdin.wait_closed()
    print(await process.stdout.read(), await process.wait())


async def ended_by_signals():
    process = await asyncio.create_subprocess_exec("sleep", "20")
    print(process.returncode, repr(process) == f"<Process {process.pid}>")
    process.terminate()
    print(await process.wait())
    process = await asyncio.create_subprocess_exec("sleep", "20")
    try:
        async with asyncio.timeout(0.05):
            await process.wait()
    except TimeoutError:
        print("it takes too long")
    process.kill()
    print(await process.wait() == -signal.SIGKILL)
    process = await asyncio.create_subprocess_exec("sleep", "20", stdout=PIPE)
    process.send_signal(signal.SIGINT)
    print(await process.communicate(), process.returncode)


async def together():
    async def one(number):
        process = await asyncio.create_subprocess_shell(f"sleep 0.0{number}; echo {number}; exit {number}", stdout=PIPE)
        out, _ = await process.communicate()
        return out, process.returncode

    print(await asyncio.gather(*map(one, range(6))))


class Told(asyncio.SubprocessProtocol):
    def __init__(self):
        self.over = asyncio.get_running_loop().create_future()
        self.heard = []

    def connection_made(self, transport):
        self.transport = transport
        self.heard.append("made")

    def pipe_data_received(self, fd, data):
        self.heard.append((fd, data))

    def pipe_connection_lost(self, fd, exc):
        self.heard.append((fd, exc))

    def process_exited(self):
        self.heard.append(("exited", self.transport.get_returncode()))

    def connection_lost(self, exc):
        self.heard.append(("lost", exc))
        self.over.set_result(None)


async def by_protocol():
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.subprocess_exec(Told, "sh", "-c", "read line; echo $line; exit 2")
    print(transport.get_pid() > 0, transport.get_returncode(), transport.is_closing())
    print([transport.get_pipe_transport(fd) is not None for fd in range(4)], transport.get_protocol() is protocol)
    transport.get_pipe_transport(0).write(b"a line\n")
    await protocol.over
    print(sorted(map(repr, protocol.heard)), protocol.heard[0], protocol.heard[-1])
    transport, protocol = await loop.subprocess_shell(Told, "sleep 20", stdin=None, stdout=None, stderr=None)
    transport.close()
    await protocol.over
    print(protocol.heard, transport.get_returncode())


async def not_at_all():
    await fails(asyncio.create_subprocess_exec("there-is-no-such-program"))
    await fails(asyncio.create_subprocess_exec("true", text=True))
    await fails(asyncio.create_subprocess_exec("true", encoding="utf-8"))
    await fails(asyncio.create_subprocess_exec("true", bufsize=1))
    await fails(asyncio.create_subprocess_exec("true", shell=True))
    await fails(asyncio.create_subprocess_shell("true", shell=False))
    await fails(asyncio.create_subprocess_shell(["true"]))
    await fails(asyncio.create_subprocess_exec("true", universal_newlines=True))
    await fails(asyncio.create_subprocess_exec("true", cwd="/there/is/no/such/directory"))


async def a_task_goes_on():
    ticks = []

    async def ticking():
        while True:
            ticks.append(1)
            await asyncio.sleep(0.005)

    task = asyncio.create_task(ticking())
    await (await asyncio.create_subprocess_exec("sleep", "0.1")).wait()
    task.cancel()
    print(len(ticks) > 3)


async def main():
    for part in to_the_end, in_turns, ended_by_signals, together, by_protocol, not_at_all, a_task_goes_on:
        print("--", part.__name__)
        await part()


asyncio.run(main())
print(asyncio.subprocess.PIPE == subprocess.PIPE, asyncio.subprocess.Process.__name__)
