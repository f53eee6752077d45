"""Everything that can fail when something is dropped, and what `sys.unraisablehook` is told of it."""
import gc
import re
import sys
import types
import warnings
import weakref

warnings.showwarning = lambda message, category, *where: print("    warning:", message)


def show(u):
    tb = u.exc_traceback
    lines = []
    while tb:
        code = tb.tb_frame.f_code
        if code.co_filename == __file__:
            lines.append((code.co_name, tb.tb_lineno - code.co_firstlineno))
        tb = tb.tb_next
    if 'never awaited' in str(u.exc_value):
        lines = None
    print('   ', u.exc_type.__name__, repr(str(u.exc_value)), lines, re.sub(' at 0x[0-9a-f]+', '', u.err_msg), u.object)
CASES = []
def case(f): CASES.append(f); return f

@case
def gen_raises_in_finally():
    def g():
        try: yield
        finally: raise ValueError('fin')
    x = g(); next(x); del x

@case
def gen_ignores_exit():
    def g():
        try: yield
        except GeneratorExit: yield 2
    x = g(); next(x); del x

@case
def gen_replaces_exit():
    def g():
        try: yield
        except GeneratorExit as e: raise KeyError('r') from e
    x = g(); next(x); del x

@case
def gen_raises_stopiteration():
    def g():
        try: yield
        finally: raise StopIteration('s')
    x = g(); next(x); del x

@case
def gen_system_exit():
    def g():
        try: yield
        finally: raise SystemExit(3)
    x = g(); next(x); del x

@case
def gen_keyboard():
    def g():
        try: yield
        finally: raise KeyboardInterrupt
    x = g(); next(x); del x

@case
def gen_delegate_raises():
    def a():
        try: yield
        finally: raise ValueError('inner')
    def b():
        try: yield from a()
        finally: raise OSError('outer')
    x = b(); next(x); del x

@case
def gen_delegate_native_no_close():
    class I:
        def __iter__(self): return self
        def __next__(self): return 1
        def close(self): raise ValueError('close')
    def b(): yield from I()
    x = b(); next(x); del x

@case
def gen_delegate_close_lookup():
    class I:
        def __iter__(self): return self
        def __next__(self): return 1
        def __getattr__(self, n): raise ValueError('look ' + n)
    def b(): yield from I()
    x = b(); next(x); del x

@case
def genexp():
    class C:
        def __enter__(self): return self
        def __exit__(self, *a): raise ValueError('exit')
    def g():
        with C(): yield
    x = (i for i in g()); next(x); del x

@case
def coro_finally():
    @types.coroutine
    def w(): yield
    async def c():
        try: await w()
        finally: raise ValueError('fin')
    x = c(); x.send(None); del x

@case
def coro_ignores():
    @types.coroutine
    def w(): yield
    async def c():
        try: await w()
        except GeneratorExit: await w()
    x = c(); x.send(None); del x

@case
def coro_never_awaited():
    async def c(): pass
    x = c(); del x

@case
def coro_never_awaited_error():
    import warnings
    async def c(): pass
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        x = c(); del x

@case
def agen_finally_sync():
    async def g():
        try: yield
        finally: raise ValueError('fin')
    x = g()
    try: x.asend(None).send(None)
    except StopIteration: pass
    del x

@case
def agen_awaits_in_finally():
    @types.coroutine
    def w(): yield
    async def g():
        try: yield
        finally: await w()
    x = g()
    try: x.asend(None).send(None)
    except StopIteration: pass
    del x

@case
def agen_yields_in_finally():
    async def g():
        try: yield
        finally: yield 2
    x = g()
    try: x.asend(None).send(None)
    except StopIteration: pass
    del x

@case
def agen_suspended_in_await():
    @types.coroutine
    def w(): yield
    async def g():
        try: await w(); yield
        finally: raise ValueError('fin')
    x = g()
    s = x.asend(None); s.send(None)
    del s, x

@case
def agen_hook_raises():
    def fin(a): raise ValueError('hook')
    async def g(): yield
    sys.set_asyncgen_hooks(finalizer=fin)
    x = g()
    try: x.asend(None).send(None)
    except StopIteration: pass
    sys.set_asyncgen_hooks(finalizer=None)
    del x

@case
def agen_step_never_awaited():
    async def g(): yield
    x = g()
    x.asend(None); x.athrow(ValueError); x.aclose(); x.__anext__()

@case
def agen_step_never_awaited_error():
    import warnings
    async def g(): yield
    x = g()
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        x.asend(None)
        x.athrow(ValueError)
        x.aclose()
        x.__anext__()

@case
def del_raises():
    class C:
        def __del__(self): raise ValueError('del')
    x = C(); del x

@case
def del_not_callable():
    class C: __del__ = 3
    x = C(); del x

@case
def del_descriptor_raises():
    class D:
        def __get__(self, *a): raise ValueError('get')
    class C: __del__ = D()
    x = C(); del x

@case
def del_none():
    class C: __del__ = None
    x = C(); del x

@case
def del_on_instance_only():
    class C: pass
    x = C(); x.__del__ = lambda: print('no'); del x

@case
def del_wants_args():
    class C:
        def __del__(self, a): pass
    x = C(); del x

@case
def del_async():
    class C:
        async def __del__(self): pass
    x = C(); del x

@case
def del_generator():
    class C:
        def __del__(self): yield; print('no')
    x = C(); del x

@case
def del_static():
    class C:
        @staticmethod
        def __del__(): raise ValueError('static')
    x = C(); del x

@case
def del_classm():
    class C:
        @classmethod
        def __del__(cls): raise ValueError('class ' + cls.__name__)
    x = C(); del x

@case
def del_in_exception():
    class E(Exception):
        def __del__(self): raise ValueError('edel')
    try: raise E
    except E: pass

@case
def del_in_cycle():
    class C:
        def __del__(self): raise ValueError('del')
    x = C(); x.me = x; del x; gc.collect()

@case
def del_class_with_metaclass():
    class M(type):
        def __del__(cls): raise ValueError('meta')
    C = M('C', (), {}); del C; gc.collect()

@case
def del_subclasses():
    class L(list):
        def __del__(self): raise ValueError('list')
    class I(int):
        def __del__(self): raise ValueError('int')
    class F(float):
        def __del__(self): raise ValueError('float')
    class S(str):
        def __del__(self): raise ValueError('str')
    class T(tuple):
        def __del__(self): raise ValueError('tuple')
    class D(dict):
        def __del__(self): raise ValueError('dict')
    class B(bytes):
        def __del__(self): raise ValueError('bytes')
    class St(set):
        def __del__(self): raise ValueError('set')
    for k in (L, I, F, S, T, D, B, St): k()

@case
def weak_callback():
    class C: pass
    x = C()
    def cb(r): raise ValueError('cb')
    r = weakref.ref(x, cb); del x

@case
def weak_callback_not_callable():
    class C: pass
    x = C(); r = weakref.ref(x, 3); del x

@case
def weak_callback_args():
    class C: pass
    x = C(); r = weakref.ref(x, lambda: None); del x

@case
def weak_proxy_callback():
    class C: pass
    x = C()
    def cb(r): raise ValueError('cb')
    r = weakref.proxy(x, cb); del x

@case
def weak_callback_in_cycle():
    class C: pass
    x = C(); x.me = x
    def cb(r): raise ValueError('cb')
    r = weakref.ref(x, cb); del x; gc.collect()

@case
def finalize_raises():
    class C: pass
    x = C()
    def f(*a): raise ValueError('f')
    weakref.finalize(x, f, 1); del x

@case
def weakmethod():
    class C:
        def m(self): pass
    x = C()
    def cb(r): raise ValueError('wm')
    r = weakref.WeakMethod(x.m, cb); del x

@case
def gc_callback():
    def cb(phase, info): raise ValueError(phase)
    gc.callbacks.append(cb); gc.collect(); gc.callbacks.remove(cb)

@case
def gc_callback_not_callable():
    gc.callbacks.append(3); gc.collect(); gc.callbacks.remove(3)

@case
def gen_in_cycle():
    def g():
        me = yield
        try: yield
        finally: raise ValueError('cycle')
    x = g(); next(x); x.send(x); del x; gc.collect()

@case
def gen_frame_cleared():
    def g():
        try: yield
        finally: raise ValueError('clear')
    x = g(); next(x)
    x.gi_frame.clear()

@case
def frame_clear_ignored():
    def g():
        try: yield
        except GeneratorExit: yield
    x = g(); next(x)
    x.gi_frame.clear()

@case
def hash_error_in_dealloc():
    class C:
        def __del__(self): {}[[]]
    C()

@case
def sys_exit_in_del():
    class C:
        def __del__(self): sys.exit('bye')
    C()

@case
def with_notes_cause():
    class C:
        def __del__(self):
            try: 1/0
            except Exception as e:
                e.add_note('noted'); n = OSError('os'); n.add_note('n2'); raise n from e
    C()

@case
def group():
    class C:
        def __del__(self): raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
    C()

@case
def syntax():
    class C:
        def __del__(self): compile('a b', 'f', 'exec')
    C()

@case
def while_handling():
    class C:
        def __del__(self):
            print('   exc', sys.exception()); raise ValueError('in')
    try: 1/0
    except ZeroDivisionError: C()


sys.unraisablehook = show
for f in CASES:
    print(f.__name__)
    try:
        f()
    except BaseException as e:
        print('   raised', type(e).__name__, e)
