"""`f_locals` reads and writes the variables of a frame (PEP 667); a body has one frame object."""
import sys
import types


def counter():
    count = 0
    while True:
        yield count
        count += 1


g = counter()
print(next(g), next(g), g.gi_frame is g.gi_frame)
variables = g.gi_frame.f_locals
variables["count"] = 40
variables["note"] = "of the debugger"
print(next(g), variables, "note" in variables, len(variables), variables == {"count": 41, "note": "of the debugger"})
print(variables.pop("note"), variables.pop("note", "gone"), variables.setdefault("count", 5), variables | {"x": 1})
for attempt in (
    lambda: variables.pop("count"),
    lambda: variables.__delitem__("count"),
    lambda: variables["missing"],
    lambda: variables.update(3),
    lambda: type(variables)(3),
    lambda: hash(variables),
):
    try:
        attempt()
    except Exception as e:
        print(type(e).__name__, e)
g.close()
print(g.gi_frame, variables)


def outer():
    shared = "before"
    plain = 1

    def inner():
        return shared

    frame = sys._getframe()
    frame.f_locals["shared"] = "after"
    frame.f_locals["plain"] = 2
    print(inner(), plain, sys._getframe() is frame, inner.__closure__[0].cell_contents)
    return frame


frame = outer()
print(sorted(frame.f_locals), frame.f_lineno, frame.f_back is sys._getframe())
frame.clear()
print(frame.f_locals)
print(outer() is outer())


def fails(depth):
    here = sys._getframe()
    if depth == 0:
        raise KeyError(here.f_code.co_name)
    fails(depth - 1)


try:
    fails(2)
except KeyError as e:
    tb = e.__traceback__
    print(tb.tb_frame is sys._getframe())
    while tb := tb.tb_next:
        f = tb.tb_frame
        print(f.f_locals["depth"], f.f_locals["here"] is f, f is tb.tb_frame, f.f_back.f_code.co_name)
        made = types.TracebackType(None, f, tb.tb_lasti, 7)
        print(made.tb_lineno, made.tb_frame is f, made.tb_next)
        f.clear()
        print(f.f_locals)


def waits():
    try:
        sys._getframe().clear()
    except RuntimeError as e:
        print(e)
    yield


w = waits()
next(w)
try:
    w.gi_frame.clear()
except RuntimeError as e:
    print(e)
new = waits()
f = new.gi_frame
f.clear()
print(new.gi_frame, next(new, "over"))


# The variables of a comprehension stand before those that are shared with closures.
def shares():
    shared, own = 1, 2
    lambda: shared
    return [list(sys._getframe().f_locals) for each in [1]][0], [list(locals()) for shared in [1]][0]


print(shares())


# Variables of comprehensions stand in the order in which their names first appear in any.
def numbers():
    return {name: value for name, value in sys._getframe(1).f_locals.items() if isinstance(value, int)}


def in_turn(a):
    [v for v in [1]]
    return [[numbers() for v in [2]] for w in [3]]


def nested(a):
    return [[numbers() for v in [2]] for w in [3]]


def two_at_once(a):
    return [numbers() for w, v in [(1, 2)]], [numbers() for v, w in [(1, 2)]], numbers()


print(in_turn(0), nested(0), two_at_once(0))
