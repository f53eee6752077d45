# What a trace function is told of (sys.settrace), and in which order.
import sys


def show(frame, event, arg):
    if event == 'exception':
        arg = (arg[0].__name__, str(arg[1]), arg[2] is not None)
    print('   ' * (depth(frame) - base), frame.f_code.co_name, frame.f_lineno, event, arg if not hasattr(arg, 'send') else '<gen>')
    return show


def depth(frame):
    n = 0
    while frame:
        n += 1
        frame = frame.f_back
    return n
base = depth(sys._getframe())


def inner(x):
    y = x + 1
    return y


def outer():
    total = 0
    for i in range(2):
        total += inner(i)
    while total > 2:
        total -= 1
    if total: pass
    return total


def gen():
    try:
        x = yield 1
        y = yield x
    finally:
        z = 3
    return 7


def use():
    g = gen()
    next(g)
    g.send(4)
    try:
        next(g)
    except StopIteration as e:
        print(e.value)


def thrown():
    g = gen()
    next(g)
    try:
        g.throw(ValueError('x'))
    except ValueError:
        pass
    for v in gen():
        pass
    g = gen()
    next(g)
    g.close()


def deleg():
    def sub():
        a = yield 'a'
        return a
    def top():
        r = yield from sub()
        yield r
    t = top()
    next(t)
    t.send(5)
    t.close()


def fails():
    with open_it() as f:
        raise KeyError('k')


class open_it:
    def __enter__(self):
        return 1
    def __exit__(self, *a):
        return False


def catches():
    try:
        fails()
    except KeyError as e:
        pass
    else:
        print('no')
    finally:
        print('fin')


def comp():
    a = [i * 2 for i in range(3) if i]
    b = sum(i for i in a)
    c = {k: v for k, v in zip('ab', a)}
    f = lambda q: q + 1
    class K:
        x = 1
        def m(self): return f(2)
    return K().m()


async def leaf():
    return 5


async def co():
    v = await leaf()
    return v


def runco():
    try:
        co().send(None)
    except StopIteration as e:
        print(e.value)
for f in (outer, use, thrown, deleg, catches, comp, runco):
    print('==', f.__name__)
    sys.settrace(show)
    f()
    sys.settrace(None)
print('== no local')


def only_calls(frame, event, arg):
    print(frame.f_code.co_name, event)
sys.settrace(only_calls); outer(); sys.settrace(None)


def once(frame, event, arg):
    print('once', frame.f_code.co_name, frame.f_lineno, event)
    return other


def other(frame, event, arg):
    print('other', frame.f_code.co_name, frame.f_lineno, event)
    if event == 'line': frame.f_trace_lines = False
    return None
sys.settrace(once); outer(); print(sys.gettrace() is once); sys.settrace(None)


def bad(frame, event, arg):
    if frame.f_code.co_name == 'inner':
        raise RuntimeError('from trace')
    return bad
sys.settrace(bad)
try:
    outer()
except RuntimeError as e:
    print(e, sys.gettrace())
