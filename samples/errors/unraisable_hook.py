"""What nobody can catch is told to `sys.unraisablehook`."""
import io
import sys
import weakref


class Grumpy:
    def __del__(self):
        raise ValueError("from __del__")


def guarded():
    try:
        yield
    finally:
        raise ValueError("from finally")


class Stubborn:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def __getattr__(self, name):
        raise LookupError(name)


def delegates():
    yield from Stubborn()


def drop_all():
    Grumpy()
    g = guarded()
    next(g)
    del g
    target = type("Target", (), {})()
    ref = weakref.ref(target, lambda ref: 1 / 0)
    del target
    d = delegates()
    next(d)
    d.close()


def show(what):
    message = what.err_msg and what.err_msg.split(" at 0x")[0].split(" <")[0]
    place = what.exc_traceback.tb_frame.f_code.co_name
    print(what.exc_type.__name__, what.exc_value, "|", message, "|", type(what.object).__name__, "|", place)


sys.unraisablehook = show
drop_all()


def broken(what):
    raise RuntimeError("the hook itself")


for hook in (broken, None, sys.__unraisablehook__):
    sys.unraisablehook = hook
    sys.stderr = io.StringIO()
    try:
        raise KeyError("being handled")
    except KeyError:
        g = guarded()
        next(g)
        del g
    print(*(line for line in sys.stderr.getvalue().splitlines() if not line.startswith(" ")), "--", sep="\n")
try:
    sys.__unraisablehook__("something else")
except TypeError as e:
    print(e)
