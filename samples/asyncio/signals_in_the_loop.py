# oracle: 3.13
"""Handlers of signals that run in the loop, and Ctrl-C, which cancels the main task."""

import asyncio
import os
import signal


async def handlers():
    loop = asyncio.get_running_loop()
    arrived = asyncio.Queue()
    loop.add_signal_handler(signal.SIGUSR1, arrived.put_nowait, "usr1")
    loop.add_signal_handler(signal.SIGALRM, arrived.put_nowait, "alarm")
    os.kill(os.getpid(), signal.SIGUSR1)
    print(await arrived.get())
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    # Nothing else could wake the loop.
    print(await arrived.get())
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    for wrong in signal.SIGKILL, 1000, "SIGINT":
        try:
            loop.add_signal_handler(wrong, print)
        except (RuntimeError, ValueError, TypeError) as error:
            print(type(error).__name__, error)


async def interrupted(stubborn):
    asyncio.get_running_loop().call_later(0.01, signal.raise_signal, signal.SIGINT)
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("tidies up")
        await asyncio.sleep(0)
        if stubborn:
            return "goes on"
        raise


asyncio.run(handlers())
try:
    asyncio.run(interrupted(False))
except KeyboardInterrupt:
    print("KeyboardInterrupt")
print(asyncio.run(interrupted(True)))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
