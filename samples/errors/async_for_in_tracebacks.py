# What an async generator raises is said of the whole `async for` that asked it, or of the comprehension.
import sys
import traceback
async def raises():
    yield 1
    raise KeyError('x')
async def m1():
    async for x in raises(): print(x)
async def m2():
    async for x in raises():
        print(x)
async def m3():
    [x async for x in raises()]
async def m4():
    a = raises()
    async for x in a:
        print(x)
async def m5():
    async for x in raises():
        if x: print(x)
        else: print(2)
for m in m1, m2, m3, m4, m5:
    try: m().send(None)
    except KeyError: traceback.print_exc(limit=2, file=sys.stdout)
