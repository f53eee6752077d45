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
