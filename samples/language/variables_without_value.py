"""Which variables of a function have a value, asked from outside: no others are shown."""
import sys
def who(): return dict(sys._getframe(1).f_locals)
def f():
    print(who())
    x = 1
    y = x + 1
    return y
def h(n):
    a = [n]; b = 2.5; c = "s"; d = (a, b)
    return a
h(1); f(); h(2); f()
def g():
    who2 = sys._getframe
    try:
        1/0
    except ZeroDivisionError as e:
        t = e.__traceback__
    print(t.tb_frame.f_locals.keys())
    z = 5
    w = z
    return w
g()
def m():
    h(3)
    try:
        raise ValueError
        q = 1
        print(q)
    except ValueError as e:
        print(sorted(e.__traceback__.tb_frame.f_locals), repr(e.__traceback__.tb_frame.f_locals.get('q')))
m()
def dead():
    raise KeyError
    r = 1
    return r
try: dead()
except KeyError as e: print(e.__traceback__.tb_next.tb_frame.f_locals)
