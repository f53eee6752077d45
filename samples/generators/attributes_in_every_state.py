"""Every attribute of suspended things, read, written and deleted in every state; of frames, tracebacks, cells, methods, steps."""
import sys
import types


class Aw:
    def __await__(self): yield 'w'
def g():
    global inside
    probe('running')
    x = 1
    yield x
    yield from other()
def other(): yield 2
async def c():
    probe('running')
    await Aw()
async def ag():
    probe('running')
    yield 1
    await Aw()
    yield 2
def short(v):
    r = repr(v)
    import re
    return re.sub(r' at 0x[0-9a-f]+', '', r).replace(__file__, 'FILE')[:90]
def look(o, label):
    print(' ', label)
    for a in sorted(n for n in dir(type(o)) if n.startswith(('gi_', 'cr_', 'ag_')) or n in ('__name__', '__qualname__')):
        try: v = short(getattr(o, a))
        except BaseException as e: v = f'{type(e).__name__}: {e}'
        print('   ', a, v)
        for val in (None, 1, 'n'):
            try:
                old = getattr(o, a); setattr(o, a, val); print('      set', val, getattr(o, a)); setattr(o, a, old)
            except BaseException as e: print('      set', repr(val), type(e).__name__, e)
        try: delattr(o, a); print('      deleted', getattr(o, a, 'none'))
        except BaseException as e: print('      del', type(e).__name__, e)
    for a in ('foo', '__dict__', '__class__', '__doc__', '__weakref__'):
        try: print('   ', a, short(getattr(o, a)))
        except BaseException as e: print('   ', a, type(e).__name__, e)
        try: setattr(o, a, 1); print('      set')
        except BaseException as e: print('      set', type(e).__name__, e)
        try: delattr(o, a); print('      deleted')
        except BaseException as e: print('      del', type(e).__name__, e)
def probe(label): look(current, label)
def step(s):
    try: s.send(None)
    except (StopIteration, StopAsyncIteration): pass
for name, f in (('generator', g), ('coroutine', c)):
    print(name); current = x = f(); look(x, 'created'); step(x); look(x, 'suspended'); 
    if name == 'generator': next(x); look(x, 'delegating')
    x.close(); look(x, 'closed')
    current = x = f(); x.close(); look(x, 'closed before it began')
print('async generator'); current = x = ag(); look(x, 'created'); step(x.asend(None)); look(x, 'suspended'); s = x.asend(None); step(s); look(x, 'awaiting'); s.close(); look(x, 'step closed')
s = x.aclose(); step(s); look(x, 'closed')
print('-- frames')
def frame_look(fr, label):
    print(' ', label)
    for a in sorted(n for n in dir(type(fr)) if n.startswith('f_') and n != 'f_lasti'):
        try: v = short(getattr(fr, a)) if a not in ('f_globals', 'f_builtins') else type(getattr(fr, a)).__name__
        except BaseException as e: v = f'{type(e).__name__}: {e}'
        print('   ', a, v)
        for val in (None, 1, 'n'):
            try: old = getattr(fr, a); setattr(fr, a, val); print('      set', val, getattr(fr, a)); setattr(fr, a, old)
            except BaseException as e: print('      set', repr(val), type(e).__name__, e)
        try: delattr(fr, a); print('      deleted')
        except BaseException as e: print('      del', type(e).__name__, e)
def plain():
    z = 5
    frame_look(sys._getframe(), 'running')
    return sys._getframe()
if 1:
    fr = plain(); frame_look(fr, 'over')
    x = g(); current = x; old = probe; probe = lambda l: None
    frame_look(x.gi_frame, 'generator created'); next(x); fr = x.gi_frame; frame_look(fr, 'generator suspended'); x.close(); frame_look(fr, 'generator closed')
print('-- traceback')
try: 1/0
except Exception as e: tb = e.__traceback__
for a in ('tb_next', 'tb_frame', 'tb_lasti', 'tb_lineno'):
    for val in (None, 1, tb):
        try: setattr(tb, a, val); print(a, short(val), 'set')
        except BaseException as e: print(a, short(val), type(e).__name__, e)
    try: delattr(tb, a); print('del', a)
    except BaseException as e: print('del', a, type(e).__name__, e)
for args in ((), (None,), (None, fr), (None, fr, 1), (None, fr, 1, 2), (1, fr, 1, 2), (None, 1, 1, 2), (None, fr, 'a', 2), (None, fr, 1, 'a')):
    try: t = types.TracebackType(*args); print(t.tb_lasti, t.tb_lineno, t.tb_next is tb)
    except BaseException as e: print(type(e).__name__, e)
print('-- cell')
for args in ((), (1,), (1, 2)):
    try: cl = types.CellType(*args); print(short(cl)[:8])
    except BaseException as e: print(type(e).__name__, e)
    else:
        for op in (lambda: cl.cell_contents, lambda: setattr(cl, 'cell_contents', 5), lambda: cl.cell_contents, lambda: delattr(cl, 'cell_contents'), lambda: delattr(cl, 'cell_contents'), lambda: cl.cell_contents, lambda: short(cl), lambda: cl < types.CellType(1), lambda: cl == types.CellType(), lambda: hash(cl)):
            try: print('  ', op())
            except BaseException as e: print('  ', type(e).__name__, e)
print('-- method')
m = types.MethodType(len, [1, 2])
for op in (lambda: m(), lambda: m.__self__, lambda: m.__func__, lambda: m.__name__, lambda: m.__doc__ == len.__doc__, lambda: setattr(m, '__self__', 1), lambda: setattr(m, 'x', 1), lambda: m.x, lambda: delattr(m, '__func__'), lambda: types.MethodType(len, None), lambda: types.MethodType(1, 1), lambda: types.MethodType(len), lambda: short(m), lambda: m == types.MethodType(len, [1, 2]), lambda: m.__get__(1) is m, lambda: m.__reduce__()[1]):
    try: print('  ', op())
    except BaseException as e: print('  ', type(e).__name__, e)
print('-- steps')
for how in ('asend', 'athrow', 'aclose'):
    a = ag(); s = getattr(a, how)(*{'asend': (None,), 'athrow': (ValueError,)}.get(how, ()))
    for at in ('foo', '__name__', '__qualname__', '__dict__', '__doc__', '__del__'):
        try: print(how, at, type(getattr(s, at)).__name__)
        except BaseException as e: print(how, at, type(e).__name__, e)
        try: setattr(s, at, 1); print('set')
        except BaseException as e: print('   set', type(e).__name__, e)
    s.close()
    import weakref
    for o in (s, a, c, g(), plain, fr, tb, m, types.CellType(), g.__code__):
        try: weakref.ref(o); print('weak', type(o).__name__)
        except TypeError as e: print(e)
print('-- __del__ by name')
def closing():
    try: yield 1
    finally: print('   finally')
def failing():
    try: yield 1
    finally: raise ValueError('in finally')
sys.unraisablehook = lambda u: print('   told', type(u.exc_value).__name__, u.exc_value)
import warnings
warnings.showwarning = lambda message, *where: print('   warning', message)
for make in (closing, failing):
    x = make(); print('not begun', x.__del__()); print(next(x, 'over'), x.__del__(), next(x, 'over'), x.__del__())
x = closing(); next(x); print(type(x).__del__(x), x.gi_frame)
def itself(): me.__del__(); yield 2
me = itself(); print(next(me, 'over'))
async def co(): pass
x = co(); print(x.__del__(), x.cr_frame is None)
step(x)
print('over', x.__del__())
x = ag(); print(x.__del__())
probe = lambda label: None
s = x.asend(None); print(s.__del__()); step(s); print('a step that is over', s.__del__())
s = x.aclose(); print(s.__del__()); step(s)
for bad in (lambda: type(x).__del__(), lambda: type(x).__del__(3), lambda: x.__del__(1)):
    try: print(bad())
    except TypeError as e: print(e)
for o in (closing(), ag(), ag().asend(None), ag().athrow(ValueError), tb):
    print(type(o).__name__, [n for n in dir(o) if n not in dir(object)])
