# `async for` over async generators: steps that wait and steps that do not, from outside and from within.
import asyncio, sys
async def ag(n):
    for i in range(n):
        try:
            got = yield i
            if got: print('got', got)
        except ValueError as e: print('caught', e)
        if i % 3 == 1: await asyncio.sleep(0)
        if i == 5: print(sys._getframe(1).f_code.co_name)
    print('end')
async def main():
    print([x async for x in ag(6)])
    async for x in ag(7):
        print(x, end=' ')
    else: print('else')
    a = ag(4)
    async for x in a:
        if x == 1: print('send', await a.asend('hi')); break
    print(a.ag_running, a.ag_await, a.ag_suspended)
    async for x in a: print('rest', x)
    async for x in a: print('never')
    a = ag(3)
    try:
        async for x in a:
            async for y in a: print('inner', y)
    finally: print('f')
    async def raises():
        yield 1
        yield 2
        raise KeyError('x')
    try:
        async for x in raises(): print(x)
    except KeyError as e: 
        import traceback; print(traceback.format_exc())
    async def stops():
        yield 1
        yield 2
        raise StopAsyncIteration('q')
    try:
        async for x in stops(): print(x)
    except RuntimeError as e: print(repr(e), repr(e.__cause__))
    async def waits(ev):
        yield 1
        yield 2
        await ev.wait()
        yield 3
    ev = asyncio.Event()
    a = waits(ev)
    async def use():
        async for x in a: print('use', x)
    t = asyncio.create_task(use())
    await asyncio.sleep(0); await asyncio.sleep(0)
    c = t.get_coro()
    print(type(c.cr_await).__name__, c.cr_running, a.ag_running, type(a.ag_await).__name__)
    try: await a.asend(None)
    except RuntimeError as e: print(e)
    async def two():
        try:
            async for x in a: print('two', x)
        except RuntimeError as e: print('two', e)
    await two()
    ev.set(); await t
    a = waits(ev2 := asyncio.Event())
    t = asyncio.create_task(use2(a)); await asyncio.sleep(0); await asyncio.sleep(0)
    t.cancel()
    try: await t
    except asyncio.CancelledError: print('cancelled', a.ag_running, a.ag_frame)
    try:
        1/0
    except ZeroDivisionError:
        async for x in ag(3):
            print(x, sys.exception())
    async def inexc():
        yield sys.exception()
        yield sys.exception()
        try: raise OSError
        except OSError:
            yield sys.exception()
            yield sys.exception()
        yield sys.exception()
    try: 1/0
    except ZeroDivisionError:
        async for x in inexc(): print(repr(x), repr(sys.exception()))
    async for x in inexc(): print(repr(x), repr(sys.exception()))
    global bb
    async def selfish():
        yield 1
        yield 2
        try:
            async for x in bb: print('no')
        except RuntimeError as e: print(e)
        yield 3
    bb = selfish()
    print([x async for x in bb])
    def peek():
        print(type(cc.cr_await).__name__, cc.cr_running, cc.cr_suspended)
    async def peeking():
        yield 1
        peek()
        yield 2
        peek()
    async def co():
        async for x in peeking(): pass
    cc = co(); await cc
    x = [y async for y in ag(3) if y]; print(x, {y: z async for y, z in pairs()}, [i async for i in (j async for j in ag(2))])
async def pairs():
    yield 1, 2
    yield 3, 4
async def use2(a):
    try:
        async for x in a: print('use2', x)
    finally: print('use2 finally')
asyncio.run(main())
