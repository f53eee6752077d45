"""Sleeping, locks and queues, awaited where they are called: cancelled, closed, in contexts of their own."""

import asyncio, contextvars, gc
v = contextvars.ContextVar("v", default=0)

async def cancelled_in_line():
    lock = asyncio.Lock()
    log = []
    async def take(n):
        try:
            async with lock:
                log.append(n)
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            log.append(("c", n)); raise
    ts = [asyncio.create_task(take(n)) for n in range(4)]
    await asyncio.sleep(0)
    ts[1].cancel(); ts[2].cancel()
    print(await asyncio.gather(*ts, return_exceptions=True), log, repr(lock)[-10:])
    # cancelled after having been woken
    await lock.acquire()
    a, b = (asyncio.create_task(take(n)) for n in "ab")
    await asyncio.sleep(0)
    lock.release(); a.cancel()
    print(await asyncio.gather(a, b, return_exceptions=True), log, lock.locked())

async def closed_by_hand():
    lock = asyncio.Lock()
    await lock.acquire()
    async def take():
        async with lock:
            print("never")
    c = take()
    c.send(None)
    print(len(lock._waiters), repr(lock)[-22:])
    c.close()
    print(len(lock._waiters))
    c = take(); c.send(None); print(len(lock._waiters)); del c; gc.collect(); print(len(lock._waiters))
    async def naps():
        try:
            await asyncio.sleep(3600)
        finally:
            print("out")
    c = naps(); f = c.send(None); print(type(f).__name__, f.done()); c.close()
    async def turn():
        x = await asyncio.sleep(0)
        return x, await asyncio.sleep(0, 5)
    c = turn(); print(c.send(None), c.send(None))
    try: c.send(None)
    except StopIteration as s: print(s.value)
    print(turn().send(None))
    c = turn(); c.send(None)
    try: c.throw(KeyError(1))
    except KeyError as e: print(repr(e))
    try:
        c.send(None)
    except RuntimeError as e: print(e)

async def contexts():
    async def child(n):
        print(n, v.get()); v.set(n)
        await asyncio.sleep(0)
        t = asyncio.current_task()
        print(t.get_context()[v], t.get_context() is t.get_context(), contextvars.copy_context()[v])
        ctx = contextvars.copy_context()
        ctx.run(lambda: (v.set("in"), print(t.get_context().get(v))))
        return v.get()
    print(await asyncio.gather(child(1), child(2)), v.get())
    async def plain():
        t = asyncio.current_task()
        c = t.get_context()
        print(v in c, len(c)); v.set(3); print(c[v])
        await asyncio.sleep(0.001)
        print(c[v], v.get(), t.get_context() is c)
    await asyncio.create_task(plain())
    v.set("outer")
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    h = loop.call_soon(lambda: (print("cb", v.get()), v.set("cb"), f.set_result(1)))
    v.set("later")
    await f
    print(v.get(), h.get_context()[v])
    t = asyncio.create_task(child(9)); await t; print(t.get_context()[v])

async def queues():
    q = asyncio.Queue(2)
    async def get(n):
        try: return n, await q.get()
        except asyncio.CancelledError: return n, "c"
        except asyncio.QueueShutDown: return n, "shut"
    ts = [asyncio.create_task(get(n)) for n in range(3)]
    await asyncio.sleep(0)
    ts[0].cancel()
    await q.put(1); q.put_nowait(2); await q.put(3)
    print(await asyncio.gather(*ts), q, q.qsize())
    q._maxsize = 1
    try: q.put_nowait(0)
    except asyncio.QueueFull: print("full", q.full())
    q.get_nowait()
    try: q.get_nowait()
    except asyncio.QueueEmpty: print("empty")
    for _ in range(3): q.task_done()
    await q.join()
    try: q.task_done()
    except ValueError as e: print(e)
    await q.put(7); j = asyncio.create_task(q.join()); await asyncio.sleep(0); print(j.done()); q.get_nowait(); q.task_done(); await j
    ts = [asyncio.create_task(get(n)) for n in range(2)]
    await asyncio.sleep(0); q.shutdown(); print(await asyncio.gather(*ts), str(q))
    try: await q.put(1)
    except asyncio.QueueShutDown: print("shut")
    class Odd(asyncio.Queue):
        def _put(self, item): self._queue.append(item * 2)
    o = Odd(); await o.put(4); print(await o.get())
    p = asyncio.PriorityQueue(); [await p.put(n) for n in (3, 1, 2)]; print([await p.get() for _ in range(3)])
    class Late(asyncio.Lock):
        async def acquire(self):
            print("acquire"); return await super().acquire()
    async with Late() as x: print(x)
    try: asyncio.Lock().release()
    except RuntimeError as e: print(e)
    print(asyncio.iscoroutine(c := asyncio.sleep(0)))
    c.close()

async def main():
    for f in cancelled_in_line, closed_by_hand, contexts, queues:
        print("==", f.__name__); await f()
asyncio.run(main())
