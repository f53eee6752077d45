"""An exception that outlives its handler keeps the variables of the body that handled it, and of its callers."""
import sys, gc
gc.disable()
class Kept:
    def __init__(s, n): s.n = n
    def __del__(s): print('del', s.n)
kept = []
def f():
    k = Kept('f')
    try: raise ValueError
    except ValueError as e: kept.append(e)
    print('f returns')
f(); print('after f'); 
tb = kept[0].__traceback__
print(tb.tb_frame.f_locals, tb.tb_frame.f_back.f_code.co_name, tb.tb_next)
del tb
kept.clear(); print('cleared')
def g():
    k = Kept('g')
    try: raise ValueError
    except ValueError as e: saved = e
    print('g returns')
g(); print('after g'); gc.collect(); print('collected')
def h():
    k = Kept('h')
    def inner():
        k = Kept('inner')
        try: raise ValueError
        except ValueError as e: kept.append(e)
    inner()
    print('h returns')
h(); print('after h'); kept.clear(); print('cleared')
def gen():
    k = Kept('gen')
    try: yield 1
    except ValueError as e: kept.append(e)
    yield 2
    yield 3
x = gen(); next(x); x.throw(ValueError()); next(x); print('at 3'); del x; print('gen gone'); print(kept[0].__traceback__.tb_frame.f_locals); kept.clear(); print('cleared')
x = gen(); next(x); x.throw(ValueError()); next(x); print('at 3'); kept.clear(); print('cleared'); del x; print('gone')
def old():
    k = Kept('old')
    try:
        try: raise ValueError
        except ValueError as e: kept.append(e); raise KeyError
    except KeyError: pass
    print('old returns')
old(); print('after'); kept.clear(); print('cleared')
def passed():
    k = Kept('passed')
    try:
        try: raise ValueError
        finally: print('finally')
    except ValueError as e: raise KeyError from e
try: passed()
except KeyError as e: kept.append(e)
print('after'); print([t.tb_frame.f_code.co_name for t in (kept[0].__traceback__, kept[0].__cause__.__traceback__)], kept[0].__traceback__.tb_next.tb_frame is kept[0].__cause__.__traceback__.tb_frame); kept.clear(); print('cleared')
def w():
    k = Kept('w')
    class S:
        def __enter__(s): pass
        def __exit__(s, *a): kept.append(a[1]); return True
    with S(): raise ValueError
    print('w returns')
w(); print('after'); kept.clear(); print('cleared'); gc.collect()
def star():
    k = Kept('star')
    try: raise ExceptionGroup('', [ValueError()])
    except* ValueError as e: kept.append(e)
star(); print('after'); kept.clear(); print('cleared')
def ret():
    k = Kept('ret')
    try: raise ValueError
    except ValueError as e: kept.append(e); return 5
ret(); print('after'); kept.clear(); print('cleared')
def ret2():
    k = Kept('ret2')
    try: raise ValueError
    except ValueError as e: return e
r = ret2(); print('after'); del r; print('cleared')
def loop():
    for i in range(2):
        k = Kept(i)
        try: raise ValueError
        except ValueError as e: kept.append(e)
    print('loop end')
loop(); print('after'); kept.pop(); print('popped'); kept.clear(); print('cleared')
class C:
    try: raise ValueError
    except ValueError as e: print(sys.exception()); kept.append(e)
    print('e' in locals())
print("end", sys.exception())


# The exceptions that `except*` puts into a group keep the body they were raised in, and so does what it lets pass.
def starred(action):
    k = Kept(action.__name__)
    try:
        action()
    except* KeyError:
        raise TypeError
def both():
    raise BaseExceptionGroup('both', [GeneratorExit(1), KeyError(2)])
def other():
    raise BaseExceptionGroup('other', [GeneratorExit(1)])
def matched():
    raise BaseExceptionGroup('matched', [KeyError(1)])
for action in both, other, matched:
    try:
        starred(action)
    except BaseException as e:
        print('caught', repr(e))
def closing():
    k = Kept('closing')
    try:
        try:
            yield 1
        except* GeneratorExit:
            raise BaseExceptionGroup('again', [GeneratorExit(3), KeyError(1)])
    except* KeyError:
        raise TypeError(3)
def report(unraisable):
    print('unraisable', repr(unraisable.exc_value))
sys.unraisablehook = report
g = closing()
next(g)
del g


# Whoever throws an exception has it until `throw` is over: so long the bodies that it left keep what they hold.
def inner():
    k = Kept('inner')
    yield 1
def outer():
    try:
        yield from inner()
    except ValueError:
        print('outer goes on')
    yield 2
    try:
        yield from inner()
    except ValueError:
        print('outer goes on')
g = outer()
next(g)
print(g.throw(ValueError()))
print(next(g))
try:
    g.throw(ValueError())
except StopIteration:
    print('over')


# While it is on its way in a body further in, it has entries before that of the body that handles it.
def suspended_in_finally():
    try:
        yield 1
    finally:
        yield 2
def throws_what_it_handles(held):
    further = suspended_in_finally()
    next(further)
    try:
        raise ValueError(Kept('exception'))
    except ValueError as e:
        further.throw(e)
        yield 1
steps = throws_what_it_handles(Kept('outer'))
next(steps)
del steps
print('end')
import gc
gc.collect()
