"""The code of generator functions: the flag that `types.coroutine` sets, copies with changes, places of instructions."""

import sys
import types


def waiting():
    yield 1


async def waits():
    await waiting()


print(waiting.__code__.co_flags & 0x100, types.coroutine(waiting).__code__.co_flags & 0x100)
print(waits().send(None))
plain = waiting.__code__.replace(co_flags=waiting.__code__.co_flags & ~0x100)
waiting.__code__ = plain
try:
    waits().send(None)
except TypeError as error:
    print(error)
code = plain.replace(co_name="renamed", co_consts=plain.co_consts, co_names=plain.co_names)
print(code.co_name, code.co_consts == plain.co_consts)
for wrong in {"co_foo": 1}, {"co_name": 1}, {"co_consts": []}:
    try:
        plain.replace(**wrong)
    except TypeError as error:
        print(error)


def running():
    return sys._getframe()


for body in running().f_code, waits.__code__:
    frame = running()
    lines = [line for start, end, line in frame.f_code.co_lines() if start <= frame.f_lasti < end]
    print(lines == [frame.f_lineno], frame.f_lasti % 2, len(body.co_code) % 2, len(list(body.co_positions())) * 2 == len(body.co_code))
