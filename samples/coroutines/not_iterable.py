"""What takes items takes none from a coroutine, closed or not, nor from an async generator."""

async def c(): pass
async def ag(): yield 1
k = c(); k.close()
for f in (list, tuple, sum, any, all, lambda x: [*x], lambda x: (*x,), set, sorted):
    for v in (k, ag()):
        try: print(f(v))
        except Exception as e: print(type(e).__name__, e)
g = (x for x in [1, 2]); list(g)
print(list(g), tuple(g), sum(g), any(g), all(g), [*g])
