"""Tools of sys.monitoring are told of calls, and of how those end that are not written in Python."""
import sys
M = sys.monitoring; E = M.events
log = []
def show(x):
    return getattr(x, '__name__', None) or ('MISSING' if x is M.MISSING else type(x).__name__)
def told(name):
    def callback(code, offset, callable, arg0):
        log.append((name, code.co_name, show(callable), type(callable).__name__, show(arg0)))
    return callback
class C:
    def m(self): return len('abc')
    def __call__(self, x): return ord(x)
    @classmethod
    def cm(cls): return 1
    @staticmethod
    def sm(a): return a
def plain(a, b=1): return b
def gen(): yield len('x')
def f():
    plain(1)
    plain(a=2)
    plain(*(3,), b=4)
    C()
    C().m()
    C()('a')
    C.cm(); C.sm(5)
    x = [1]
    x.append(2)
    list.append(x, 3)
    len(x)
    int('3'); dict(a=1)
    sorted(x, key=plain)
    bound = C().m
    bound()
    up = 'a'.upper
    up()
    try:
        int('x')
    except ValueError:
        pass
    try:
        [].pop()
    except IndexError:
        pass
    try:
        plain()
    except TypeError:
        pass
    list(gen()); next(gen(), None)
    str(object=5); print(end='')
    print(*[], end='')
    (lambda: 0)()
    import functools
    functools.partial(plain, 1)()
M.use_tool_id(2, 'x')
for name in 'CALL', 'C_RETURN', 'C_RAISE':
    M.register_callback(2, getattr(E, name), told(name))
M.set_events(2, E.CALL | E.C_RETURN | E.C_RAISE)
f()
M.set_events(2, 0)
for l in log: print(*l)
M.set_local_events(2, plain.__code__, E.CALL)
print(M.get_local_events(2, plain.__code__) == E.CALL)
M.free_tool_id(2)

# Whoever is told of calls is told how they end; it is not counted among what he wants. What leaves a generator is what it becomes.
log.clear()
M.use_tool_id(2, 'x')
for events in E.CALL, E.CALL | E.C_RETURN | E.C_RAISE:
    M.set_events(2, events)
    print(M.get_events(2) == E.CALL)
    len('abc')
    M.set_events(2, 0)
for name in 'CALL', 'C_RETURN':
    M.register_callback(2, getattr(E, name), told(name))
def g():
    yield len('x')
    raise StopIteration(2)
async def ag():
    yield 1
    raise StopAsyncIteration(2)
async def c():
    raise StopIteration(3)
def left(code, offset, exception):
    if code.co_name in ('g', 'ag', 'c'):
        log.append((code.co_name, repr(exception)))
M.register_callback(2, E.PY_UNWIND, left)
M.set_local_events(2, g.__code__, E.CALL)
M.set_events(2, E.PY_UNWIND)
def last():
    a = ag()
    for _ in range(2):
        try:
            a.asend(None).send(None)
        except StopIteration:
            pass
for end in lambda: list(g()), lambda: c().send(None), last:
    try:
        end()
    except RuntimeError:
        pass
M.free_tool_id(2)
for l in log: print(*l)
