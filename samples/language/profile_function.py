# The profile function: it is told of calls and returns, whatever f_trace says.
import sys, threading

def log(frame, event, arg):
    if event.startswith("c_"):
        return
    print(event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, arg)

def double(n):
    return n * 2

def fails():
    raise ValueError("no")

def numbers():
    yield 1
    got = yield double(2)
    return got

def delegates():
    result = yield from numbers()
    yield result

def all_of_it():
    double(1)
    try:
        fails()
    except ValueError:
        pass
    g = delegates()
    next(g)
    next(g)
    print(g.send("sent"))
    g.close()
    return [double(n) for n in (1, 2)]

def leaves_its_trace():
    sys.setprofile(log)
    return "told of"

leaves_its_trace()
print(sys.getprofile() is log)
print(all_of_it())
sys.setprofile(None)
print(sys.getprofile(), double(3))

# Coroutines.
async def inner():
    return "inner"

async def outer():
    return await inner()

sys.setprofile(log)
try:
    outer().send(None)
except StopIteration as stop:
    print(stop.value)
sys.setprofile(None)

# An error of the function ends it, but not the trace function.
def breaks(frame, event, arg):
    if event == "call" and frame.f_code.co_name == "double":
        raise RuntimeError("broken")

def traces(frame, event, arg):
    return None

sys.settrace(traces)
sys.setprofile(breaks)
try:
    double(1)
except RuntimeError as error:
    print(error, sys.getprofile(), sys.gettrace() is traces)
sys.settrace(None)

# Both at once: each its own.
seen = []
def traced(frame, event, arg):
    seen.append(("t", event, frame.f_code.co_name))
    return traced
def profiled(frame, event, arg):
    if not event.startswith("c_"):
        seen.append(("p", event, frame.f_code.co_name))
sys.setprofile(profiled)
sys.settrace(traced)
double(5)
sys.settrace(None)
double(6)
sys.setprofile(None)
print(*seen, sep="\n")

threading.setprofile(log)
print(threading.getprofile() is log)
threading.setprofile(None)
print(threading.getprofile())
