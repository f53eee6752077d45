"""When the hooks for async generators are called, with what, and what becomes of their errors."""
import asyncio
import gc
import sys
import types
import warnings


def run(s):
    try: return ('got', s.send(None))
    except BaseException as e: return (type(e).__name__, str(e))
async def g(n=2):
    try:
        for i in range(n): yield i
    finally: print('    fin g')
LOG = []
def first(a): print('    first', a.__name__, a.ag_running, a.ag_frame is not None)
def last(a): print('    last', a.__name__, a.ag_running, sys.exception())
print(sys.get_asyncgen_hooks(), type(sys.get_asyncgen_hooks()).__name__, sys.get_asyncgen_hooks()._fields if hasattr(sys.get_asyncgen_hooks(), '_fields') else None)
for args, kw in [((1,), {}), ((None, 1), {}), ((), dict(firstiter=1)), ((), dict(finalizer='a')), ((), {}), ((None,), {}), ((first, 3), {}), ((3, last), {})]:
    try: print(sys.set_asyncgen_hooks(*args, **kw), sys.get_asyncgen_hooks() == (None, None))
    except Exception as e: print(type(e).__name__, e, sys.get_asyncgen_hooks() == (None, None))
    sys.set_asyncgen_hooks(None, None)
print('-- only firstiter given keeps the finalizer')
sys.set_asyncgen_hooks(finalizer=last); sys.set_asyncgen_hooks(firstiter=first)
print(sys.get_asyncgen_hooks() == (first, last)); sys.set_asyncgen_hooks(None); print(sys.get_asyncgen_hooks() == (None, last))
sys.set_asyncgen_hooks(first, last)
print('-- when is firstiter called')
for name in ('__aiter__', '__anext__', 'asend', 'athrow', 'aclose'):
    a = g(); print(' ', name)
    s = getattr(a, name)(*{'asend': (None,), 'athrow': (ValueError('v'),)}.get(name, ()))
    print('    made')
    if name != '__aiter__': print('   ', run(s))
    s = None
    print('    again'); s = a.asend(None); print('   ', run(s)); s = None
    del a
print('-- firstiter raises')
def bad(a): raise ValueError('first')
sys.set_asyncgen_hooks(bad, last)
a = g()
for name in ('__anext__', 'asend', 'athrow', 'aclose', 'asend'):
    try: s = getattr(a, name)(*{'asend': (None,), 'athrow': (ValueError('v'),)}.get(name, ())); print('   made', name, run(s)); del s
    except BaseException as e: print('   ', name, type(e).__name__, e)
del a
print('-- bad args and firstiter')
sys.set_asyncgen_hooks(first, last)
a = g()
for f in (lambda: a.asend(), lambda: a.athrow(), lambda: a.asend(1, 2), lambda: a.athrow(1), lambda: a.aclose(1)):
    try: s = f(); print('   made', run(s)); s = None
    except BaseException as e: print('   ', type(e).__name__, e)
del a
print('-- the hooks at first iteration are used at the end')
a = g(); s = a.asend(None); print(run(s))
sys.set_asyncgen_hooks(None, lambda a: print('    other'))
del s, a
a = g(); print(run(a.asend(None))); sys.set_asyncgen_hooks(None, None); del a
a = g(); print(run(a.asend(None))); sys.set_asyncgen_hooks(None, last); del a
print('-- finalizer for: not begun, over, closed, failed')
sys.set_asyncgen_hooks(first, last)
print(' not begun'); a = g(); del a
print(' not begun, step made'); a = g(); s = a.asend(None); s.close(); del a, s
print(' over'); a = g(0); print(run(a.asend(None))); del a
print(' closed'); a = g(); print(run(a.asend(None)), run(a.aclose())); del a
print(' failed'); a = g(); print(run(a.asend(None)), run(a.athrow(KeyError('k')))); del a
print(' suspended in await')
@types.coroutine
def w(): yield 'w'
async def h():
    try: await w(); yield 1
    finally: print('    fin h')
a = h(); s = a.asend(None); print(run(s)); s.close(); print(a.ag_running); del a, s
a = h(); s = a.asend(None); print(run(s)); del a; print(' a gone'); del s
print('-- resurrection by finalizer')
kept = []
sys.set_asyncgen_hooks(None, kept.append)
a = g(3); print(run(a.asend(None))); del a
print(kept[0].__name__, run(kept[0].asend(None)))
print('again'); kept.clear(); print('cleared')
a = g(3); print(run(a.asend(None))); del a
print(gc.is_finalized(kept[0])); print(run(kept[0].aclose())); kept.clear()
print('-- in a cycle')
sys.set_asyncgen_hooks(first, last)
async def c():
    me = yield
    try: yield
    finally: print('   fin c')
a = c(); print(run(a.asend(None)), run(a.asend(a))); del a; print(gc.collect() > 0)
sys.set_asyncgen_hooks(None, None)
print('-- copies of the hooks tuple')
h = sys.get_asyncgen_hooks(); print(h.firstiter, h.finalizer, len(h), h == (None, None), repr(h), type(h).__module__, type(h).__qualname__)
for f in (lambda: type(h)((1, 2)), lambda: h._replace(firstiter=1) if hasattr(h, '_replace') else None):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print('-- asyncio')
async def main():
    print([callable(hook) for hook in sys.get_asyncgen_hooks()])
    a = g(); await a.__anext__(); del a
    await asyncio.sleep(0); await asyncio.sleep(0); print('  after turns')
    global kept2; kept2 = g(); await kept2.__anext__()
asyncio.run(main()); print(sys.get_asyncgen_hooks()); print(run(kept2.asend(None)))
async def main2():
    global k3; k3 = g(); await k3.__anext__()
    loop = asyncio.get_running_loop(); await loop.shutdown_asyncgens()
    k4 = g()
    with warnings.catch_warnings(record=True) as ws:
        warnings.simplefilter('always'); await k4.__anext__()
    print([str(x.message)[:60] for x in ws])
asyncio.run(main2())
async def bad_end():
    try: yield 1
    finally: raise ValueError('end')
async def main3():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda l, c: print('  handler', c['message'][:70], repr(c.get('exception')), sorted(c)))
    global k5; k5 = bad_end(); await k5.__anext__()
    a = bad_end(); await a.__anext__(); del a
    await asyncio.sleep(0); await asyncio.sleep(0)
asyncio.run(main3())
