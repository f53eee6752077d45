"""A stream reader, fed by hand: lines, separators, exact numbers of bytes, limits, the end."""

import asyncio


async def attempt(awaitable):
    try:
        print(await awaitable)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
        print(type(error).__name__, error, getattr(error, "partial", ""), getattr(error, "consumed", ""))


async def main():
    reader = asyncio.StreamReader(limit=8)
    reader.feed_data(b"one\ntwo;three")
    print(reader)
    await attempt(reader.readline())
    await attempt(reader.readuntil(b";"))
    await attempt(reader.readexactly(2))
    await attempt(reader.read(2))
    reader.feed_data(b" and more than it may be\nnext\n")
    await attempt(reader.readuntil(b"\n"))
    await attempt(reader.readline())
    await attempt(reader.readline())
    waiting = asyncio.ensure_future(reader.readexactly(4))
    await asyncio.sleep(0)
    await attempt(reader.read(1) if False else asyncio.sleep(0, "somebody waits"))
    try:
        await reader.readline()
    except RuntimeError as error:
        print(error)
    reader.feed_data(b"ab")
    await asyncio.sleep(0)
    print(waiting.done())
    reader.feed_data(b"cdef")
    print(await waiting)
    await attempt(reader.readuntil((b"zz", b"e", b"def")))
    reader.feed_eof()
    print(reader.at_eof(), reader)
    await attempt(reader.readexactly(3))
    print(reader.at_eof())
    await attempt(reader.read())
    await attempt(reader.readline())

    lines = asyncio.StreamReader()
    lines.feed_data(b"a\nb\nc")
    lines.feed_eof()
    print([line async for line in lines])

    broken = asyncio.StreamReader()
    broken.set_exception(ValueError("broken"))
    await attempt(broken.read())
    for wrong in 0, -1:
        try:
            asyncio.StreamReader(limit=wrong)
        except ValueError as error:
            print(error)
    await attempt(lines.readexactly(-1))
    await attempt(lines.readuntil(b""))
    await attempt(lines.readuntil(()))


asyncio.run(main())
