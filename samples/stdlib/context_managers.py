"""Context managers of all kinds: generators, stacks of exits, suppression, redirection."""

import contextlib as C, sys, io
def t(f):
    try: print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e, '| cause', repr(e.__cause__), '| ctx', repr(e.__context__), e.__suppress_context__)
def run(co):
    try:
        while 1: co.send(None)
    except StopIteration as e: return e.value
@C.contextmanager
def g(*a, catch=(), again=False, none=False, raise_=None):
    "doc of g"
    if none: return
    try: yield a
    except catch: 
        if raise_: raise raise_
    if again: yield
@C.asynccontextmanager
async def ag(*a, catch=(), again=False, none=False, raise_=None):
    if none: return
    try: yield a
    except catch: 
        if raise_: raise raise_
    if again: yield
def use(ex=None, **k):
    with g(1, **k) as v:
        if ex: raise ex
    return v
async def ause(ex=None, **k):
    async with ag(1, **k) as v:
        if ex: raise ex
    return v
V=ValueError('v')
for k in [{},dict(none=True),dict(again=True),dict(ex=V),dict(ex=V,catch=ValueError),dict(ex=V,catch=ValueError,again=True),dict(ex=V,catch=ValueError,raise_=KeyError('k')),dict(ex=StopIteration(3)),dict(ex=StopIteration(3),catch=StopIteration),dict(ex=StopAsyncIteration(3)),dict(ex=StopAsyncIteration(3),catch=StopAsyncIteration),dict(ex=RuntimeError('r')),dict(ex=GeneratorExit()),dict(ex=V,catch=ValueError,raise_=StopIteration(1)),dict(ex=V,catch=ValueError,raise_=V),dict(ex=KeyboardInterrupt())]:
    t(lambda: use(**k)); t(lambda: run(ause(**k)))
print(g.__doc__, g.__name__, g().__doc__, C.contextmanager.__name__, type(g()).__name__, type(ag()).__name__)
@g(7)
def deco(x): "d"; return x
print(deco(3), deco(4), deco.__name__, deco.__doc__)
@ag(7)
async def adeco(x): return x
print(run(adeco(3)), run(adeco(4)))
class CM:
    def __init__(s,n,log,ret=None,ex=None): s.n=n;s.log=log;s.ret=ret;s.ex=ex
    def __enter__(s): s.log.append(('in',s.n)); return s.n
    def __exit__(s,*d):
        s.log.append(('out',s.n,d[0] and d[0].__name__))
        if s.ex: raise s.ex
        return s.ret
    async def __aenter__(s): return s.__enter__()
    async def __aexit__(s,*d): return s.__exit__(*d)
def stack(specs, ex=None):
    log=[]
    try:
        with C.ExitStack() as st:
            for n,(r,e) in enumerate(specs): st.enter_context(CM(n,log,r,e))
            st.callback(lambda *a,**k: log.append(('cb',a,k)),1,b=2)
            if ex: raise ex
    finally: print(log)
def chain(e):
    out=[]
    while e is not None and len(out)<9: out.append(repr(e)); e=e.__context__
    return out
async def astack(specs, ex=None):
    log=[]
    try:
        async with C.AsyncExitStack() as st:
            for n,(r,e) in enumerate(specs):
                if n%2: st.enter_context(CM(n,log,r,e))
                else: await st.enter_async_context(CM(n,log,r,e))
            async def cb(*a,**k): log.append(('cb',a,k))
            st.push_async_callback(cb,1,b=2)
            if ex: raise ex
    finally: print(log)
N=(None,None)
for mk in [lambda:([N,N],None),lambda:([N,N],ValueError(1)),lambda:([(True,None),N],ValueError(1)),lambda:([N,(None,KeyError(2))],ValueError(1)),lambda:([(None,KeyError(2)),(None,OSError(3)),N],None),lambda:([(True,None),(None,KeyError(2))],None),lambda:([N,(None,KeyError(2)),(True,None)],ValueError(1)),lambda:([(None,IndexError(5)),(1,None),(None,KeyError(2)),N],ValueError(1))]:
    for outer in (0,1):
        for r in (stack, lambda *a: run(astack(*a))):
            try:
                if outer:
                    try: raise LookupError('outer')
                    except LookupError: r(*mk())
                else: r(*mk())
                print('fine')
            except BaseException as e: print(chain(e))
s=C.ExitStack()
for x in (5,None,object): t(lambda: s.enter_context(x))
t(lambda: run(C.AsyncExitStack().enter_async_context(5)))
class OnlyA:
    async def __aenter__(s): pass
    async def __aexit__(s,*a): pass
class OnlyE:
    def __enter__(s): pass
t(lambda: s.enter_context(OnlyA())); t(lambda: s.enter_context(OnlyE())); t(lambda: run(C.AsyncExitStack().enter_async_context(CM)))
t(lambda: run(C.AsyncExitStack().enter_async_context(C.ExitStack())))
log=[]; s.push(CM(1,log)); f=lambda *d: log.append(d); print(s.push(f) is f, len(s._exit_callbacks)); p=s.pop_all(); print(type(p).__name__, len(p._exit_callbacks), len(s._exit_callbacks)); p.close(); print(log); t(lambda: s.callback()); t(lambda: s.callback(5)); t(lambda: s.close())
for c in (C.suppress(),C.suppress(ValueError),C.suppress(ValueError,KeyError)):
    for e in [None,ValueError(1),KeyError(2),OSError(3),ExceptionGroup('g',[ValueError(1)]),ExceptionGroup('g',[ValueError(1),OSError(2)]),ExceptionGroup('g',[ExceptionGroup('h',[ValueError(1),KeyError(2)]),OSError(2)])]:
        def go():
            with c as v:
                if e: raise e
            return v
        t(go)
print(C.suppress().__exit__(None,None,None), C.nullcontext(3).enter_result)
b=io.StringIO(); r=C.redirect_stdout(b)
with r as x:
    print('one')
    with r: print('two')
    print('three')
print(repr(b.getvalue()), x is b)
with C.redirect_stderr(b) as y: print('err', file=sys.stderr)
print(repr(b.getvalue()))
import os; here=os.getcwd(); d=C.chdir('/')
with d as v:
    print(v, os.getcwd())
    with d: print(os.getcwd())
print(os.getcwd()==here)
class Th:
    def close(s): print('closed')
    async def aclose(s): print('aclosed')
with C.closing(Th()) as th: print(type(th).__name__)
async def ac():
    async with C.aclosing(Th()) as th: print(type(th).__name__)
    async with C.nullcontext(4) as n: print(n)
    with C.nullcontext(4) as n: print(n)
run(ac())
for A in (C.AbstractContextManager, C.AbstractAsyncContextManager): print([issubclass(x,A) for x in (CM,OnlyA,OnlyE,int,C.ExitStack,C.AsyncExitStack,C.nullcontext)], A[int], A.__slots__, A.__mro__)
class Sub(C.AbstractContextManager): pass
print(issubclass(CM,Sub)); t(lambda: Sub())
class Sub2(C.AbstractContextManager):
    def __exit__(s,*a): return super().__exit__(*a)
with Sub2() as z: print(type(z).__name__)
class D(C.ContextDecorator):
    def __enter__(s): print('in'); return s
    def __exit__(s,*a): print('out', a[0])
@D()
def dd(a,*,k): return a,k
print(dd(1,k=2))
print(sorted(C.__all__))
class GG:
    def __next__(s): return 1
    def throw(s,e): raise e
    def close(s): print('close')
cm=C.contextmanager(GG)(); print(cm.__enter__()); t(lambda: cm.__exit__(None,None,None)); t(lambda: cm.__exit__(ValueError,None,None))
