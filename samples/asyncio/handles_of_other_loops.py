"""Handles of a loop that is none of asyncio's own: what they ask it, and how they compare."""

import asyncio


class Odd(asyncio.AbstractEventLoop):
    def __init__(self, debug):
        self.debug = debug

    def get_debug(self):
        return self.debug

    def _timer_handle_cancelled(self, handle):
        print("told of", type(handle).__name__)


def noop(*args):
    pass


args = 1, 2
for debug in False, True:
    loop = Odd(debug)
    one, other = (asyncio.TimerHandle(1.5, noop, args, loop) for _ in range(2))
    print(one == other, one != other, hash(one) == hash(1.5), asyncio.TimerHandle(1.5, noop, (), loop) == asyncio.TimerHandle(1.5, noop, (), loop), {one: "found"}.get(other))
    other.cancel()
    print(one == other, one._callback is noop, other._callback, other._args, other.cancelled())
    plain = asyncio.Handle(noop, args, loop)
    print(plain == asyncio.Handle(noop, args, loop), bool(plain._source_traceback), "created at" in repr(plain))
    plain.cancel()
    print(" at " in repr(plain), plain._callback, plain.__eq__(one) is NotImplemented)
