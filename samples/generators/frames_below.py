# What the frame object of a generator says of the frame below it, once the generator is over or gone.
import sys
def g():
    try: yield
    except ValueError: pass
def g2():
    x = sys._getframe()
    yield x
def g3():
    x = sys._getframe()
    yield x
    raise KeyError
async def co(): return sys._getframe()
async def co2():
    f = await co()
    return f
def main():
    a = g(); next(a)
    e = ValueError()
    try: a.throw(e)
    except StopIteration: pass
    print('handled, returned', e.__traceback__.tb_frame.f_back.f_code.co_name)
    a = g2(); f = next(a)
    print('suspended', f.f_back and f.f_back.f_code.co_name)
    next(a, None)
    print('returned', f.f_back and f.f_back.f_code.co_name)
    a = g2(); f = next(a); a.close()
    print('closed', f.f_back and f.f_back.f_code.co_name)
    a = g2(); f = next(a); del a
    print('dropped', f.f_back and f.f_back.f_code.co_name)
    a = g3(); f = next(a)
    try: next(a)
    except KeyError as k: t=k.__traceback__
    print('raised', f.f_back.f_code.co_name, t.tb_next.tb_frame is f)
    try: co2().send(None)
    except StopIteration as s: f = s.value
    print('coroutine', f.f_back and f.f_back.f_code.co_name)
    f = [*(sys._getframe() for i in range(1))][0]
    print('genexp', f.f_back and f.f_back.f_code.co_name)
    def d(): yield from g2()
    a = d(); f = next(a); next(a,None)
    print('delegated', f.f_back and f.f_back.f_code.co_name)
    for x in g3():
        f=x; break
    print('for', f.f_back and f.f_back.f_code.co_name)
def plain():
    def h(): return sys._getframe()
    f = h()
    print('plain', f.f_back.f_code.co_name)
main(); plain()
