"""What is thrown goes to the `throw` of an iterator of the program as it was given; what is no exception is refused there."""
import warnings

warnings.simplefilter("ignore")

import types, sys

sys.unraisablehook = lambda what: print('unraisable', repr(what.exc_value))
class P:
    def __iter__(self): return self
    __await__ = __iter__
    def __next__(self): return 'n'
    @property
    def throw(self):
        print('throw read', sys.exception())
        return lambda *a: print('thrown', a) or 'r'
class Q(P):
    @property
    def throw(self):
        print('throw read'); raise KeyError('no')
class A(P):
    @property
    def throw(self):
        print('throw read'); raise AttributeError('no')
def g(p):
    try: yield from p
    except BaseException as e: print('caught', repr(e), repr(e.__context__)); yield 'y'
def gg(p):
    try: yield from g(p)
    except BaseException as e: print('outer caught', repr(e), repr(e.__context__)); yield 'z'
async def co(p):
    try: await p
    except BaseException as e: print('caught', repr(e), repr(e.__context__)); return 'y'
async def ag(p):
    try: await co(p)
    except BaseException as e: print('ag caught', repr(e), repr(e.__context__)); yield 'z'
    yield 'end'
for cls in P, Q, A:
    for args in [(ValueError('v'),), (ValueError,), (int,), (ValueError, 3), (GeneratorExit('ge'),), (GeneratorExit,)]:
        for make in g, gg, co, lambda p: ag(p).asend(None):
            print(cls.__name__, args, make.__name__)
            x = make(cls())
            x.send(None)
            try: print(x.throw(*args))
            except BaseException as e: print('raised', repr(e), repr(e.__context__))
            if hasattr(x, 'gi_frame'): print(x.gi_running, x.gi_frame is not None, x.gi_yieldfrom)
            try: x.close()
            except RuntimeError as e: print('closing', e)
            del x
# GeneratorExit thrown into a step whose generator awaits a coroutine that catches it
@types.coroutine
def pause():
    return (yield 'pause')
async def c():
    try: await pause()
    except GeneratorExit as e: print('c caught', repr(e)); return 5
async def d():
    try:
        r = await c()
        print('got', r)
    except BaseException as e: print('d caught', repr(e)); 
async def ag():
    try:
        r = await d()
        print('got', r)
    except BaseException as e: print('ag caught', repr(e)); 
    yield 1
for f in (lambda s: s.throw(GeneratorExit('mine')), lambda s: s.throw(GeneratorExit), lambda s: s.close(), lambda s: s.throw(ValueError('mine'))):
    s = ag().asend(None); s.send(None)
    try: print(f(s))
    except BaseException as e: print('raised', repr(e), repr(e.__context__))
    async def user():
        try: await ag().asend(None)
        except BaseException as e: print('user caught', repr(e)); return 3
        print('user on')
    u = user(); u.send(None)
    try: print(f(u))
    except BaseException as e: print('raised', repr(e), repr(e.__context__))
