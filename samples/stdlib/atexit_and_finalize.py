"""What `atexit` and `weakref.finalize` do at the end of the program, called before it."""
import atexit
import sys
import weakref

def t(label, f):
    try:
        r = f()
    except BaseException as e:
        r = f'{type(e).__name__}: {e}'
    print(label, r)


sys.unraisablehook = lambda u: print('hook', u.exc_type.__name__, u.exc_value, u.err_msg.split(' at ')[0], u.object)
before = atexit._ncallbacks(); atexit.register(print, 'first'); atexit.register(print, 'second', 1, sep='-')
@atexit.register
def third(): print('third')
def fail(): raise ValueError('in atexit')
atexit.register(fail); atexit.register(sys.exit, 3); atexit.register(third)
def more(): atexit.register(print, 'registered at exit'); print('more')
atexit.register(more); print(atexit._ncallbacks() - before); atexit.unregister(third); print(atexit._ncallbacks() - before)
print(atexit._run_exitfuncs(), atexit._ncallbacks())
class Eq:
    def __call__(self): print('eq called')
    def __eq__(self, o): raise ValueError('eq')
atexit.register(Eq()); t('unreg', lambda: atexit.unregister(3)); t('unreg', lambda: atexit.unregister(Eq())); atexit._clear(); print(atexit._ncallbacks())
t('reg', lambda: atexit.register(3))
print(atexit.register(print) is print)
def un(): atexit.unregister(other); print('un')
def other(): print('other')
atexit._clear(); atexit.register(other); atexit.register(un); atexit._run_exitfuncs()
def clr(): print('clr'); atexit._clear()
atexit.register(other); atexit.register(clr); atexit._run_exitfuncs(); print(atexit._ncallbacks())
print('-- finalize')
class P: pass
p = P(); f = weakref.finalize(p, print, 'x', end='!\n'); print(f.atexit, f.alive, f.peek()[1:], repr(f)[:9]); print(f.detach()[1:], f.alive, f.detach(), f.peek(), f(), f.atexit)
p = P(); f = weakref.finalize(p, lambda *a, **k: (a, k), 1, b=2); print(f(), f(), f.alive); f.atexit = False; print(f.atexit)
for a in ((), (p,), (3, print), (p, 3)): t(f'{len(a)}', lambda: type(weakref.finalize(*a)).__name__)
t('kw', lambda: weakref.finalize(obj=p, func=print))
t('slot', lambda: setattr(f, 'x', 1)); t('bad', lambda: f(1, 2));
t('call with arg', lambda: weakref.finalize(p, lambda: 'r')('arg'))
p = P(); fs = [weakref.finalize(p, print, 'fin', i) for i in range(3)]; fs[1].atexit = False; weakref.finalize(p, lambda: weakref.finalize(keep, print, 'made late')); keep = P()
def bad(): raise ValueError('bad fin')
weakref.finalize(p, bad)
sys.excepthook = lambda t, v, tb: print('excepthook', t.__name__, v)
r = weakref.finalize._exitfunc(); print(r, [x.alive for x in fs], weakref.finalize._shutdown)
atexit._clear()
