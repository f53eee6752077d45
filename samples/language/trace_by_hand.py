# Frames that are traced from where they stand (f_trace), and debuggers above that (bdb).
import sys, bdb

def log(frame, event, arg):
    print(frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event)
    return log

def running():
    a = 1
    sys._getframe().f_trace = log
    sys.settrace(log)
    b = 2
    for i in range(2):
        b += i
    sys.settrace(None)
    c = 3
    return b
print(running())

def outer_loop():
    for v in makes(2):
        w = v
        x = w
    return 'looped'

def makes(n):
    for i in range(n):
        frame = sys._getframe()
        while frame:
            frame.f_trace = log
            frame = frame.f_back if frame.f_code.co_name != "<module>" else None
        sys.settrace(log)
        yield i
    sys.settrace(None)
print(outer_loop())

class Counting(bdb.Bdb):
    def user_call(self, frame, args):
        print('call', frame.f_code.co_name)
        self.set_step()
    def user_line(self, frame):
        print('line', frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)
        self.set_step()
    def user_return(self, frame, value):
        print('return', frame.f_code.co_name, value)
        self.set_step()
    def user_exception(self, frame, info):
        print('exception', info[0].__name__)
        self.set_step()

def debugged(n):
    total = 0
    for i in range(n):
        total += helper(i)
    try:
        fails()
    except ValueError:
        pass
    return total

def helper(i):
    return i * 2

def fails():
    raise ValueError('no')

print(Counting().runcall(debugged, 2))

class Nexts(Counting):
    def user_line(self, frame):
        print('line', frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)
        self.set_next(frame)
print(Nexts().runcall(debugged, 2))

def locals_seen(frame, event, arg):
    if event == 'return':
        print({k: v for k, v in sorted(frame.f_locals.items())}, arg)
    if event == 'line' and 'total' in frame.f_locals and frame.f_locals['total'] == 2:
        frame.f_locals['total'] = 100
    return locals_seen
sys.settrace(locals_seen)
debugged(3)
sys.settrace(None)

events = []
def quietly(frame, event, arg):
    events.append((frame.f_code.co_name, event))
    return quietly
def in_thread():
    x = 1
    return x
def nested():
    def trace_off():
        sys.settrace(None)
        y = 1
    trace_off()
    z = 2
sys.settrace(log)
nested()
print(sys.gettrace())

def recursion(n):
    if n == 2:
        sys.settrace(log)
    if n:
        recursion(n - 1)
    return n
recursion(3)
sys.settrace(None)

def exceptions():
    for kind in (KeyError, ValueError):
        try:
            try:
                raise kind(1)
            except KeyError:
                raise TypeError(2) from None
            finally:
                w = 1
        except (TypeError, ValueError) as e:
            continue
    with raising():
        pass
class raising:
    def __enter__(self): return self
    def __exit__(self, *a): return True
sys.settrace(log)
exceptions()
sys.settrace(None)

class Pause:
    def __await__(self):
        yield


async def child(n):
    await Pause()
    return n


async def parent():
    r = await child(1)
    async for v in agen():
        r += v
    return r


async def agen():
    yield 1
    yield 2


def ours(frame, event, arg):
    arg = "" if frame.f_code.co_name == "agen" or event == "exception" else arg
    print(frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event, arg)
    return ours


def drive():
    c = parent()
    sys.settrace(ours)
    try:
        while True:
            c.send(None)
    except StopIteration:
        pass
    sys.settrace(None)


drive()
