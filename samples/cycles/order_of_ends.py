"""Who hears of the end of garbage, and when: suspended frames, weak references, finalisers, tracebacks, steps."""
import gc
import sys
import warnings
import weakref

gc.disable()
gc.collect()
warnings.showwarning = lambda message, category, *where: print("warning:", message)
sys.unraisablehook = lambda report: print("unraisable:", type(report.exc_value).__name__, report.exc_value, sys.exception())


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def suspended(name):
    held = yield
    mine = Named(name)
    try:
        yield mine
    finally:
        print("finally", name, repr(sys.exception()))


def cycle(name):
    made = suspended(name)
    next(made)
    made.send(made)
    return weakref.ref(made, lambda ref: print("weak", name, ref()))


print("a generator that knows itself")
watched = cycle("one")
print(gc.collect() > 0, watched())

print("one whose watcher is gone too")
watched = None
held = [cycle("two")]
held.append(held)
del held
gc.collect()

print("resurrected by __del__")
saved = []


class Phoenix:
    def __init__(self):
        self.itself = self

    def __del__(self):
        saved.append(self)
        print("saved")


Phoenix()
gc.collect()
print(len(saved))
saved.clear()
gc.collect()
print(len(saved))

print("resurrected by finally")


def saves():
    me = yield
    try:
        yield
    finally:
        saved.append(me)


generator = saves()
next(generator)
generator.send(generator)
del generator
gc.collect()
print(saved[0].gi_frame, next(saved[0], "over"), gc.is_finalized(saved[0]))
saved.clear()

print("callbacks before finalisers")


class Node:
    pass


node = Node()
node.itself = node
node.end = Named("of the node")
watched = weakref.ref(node, lambda ref: print("callback", ref()))
del node
gc.collect()

print("callbacks of the collector")


def phase(name, info):
    print(name, sorted(info), info["generation"])


def failing_phase(name, info):
    raise KeyError(name)


gc.callbacks.append(phase)
gc.collect()
gc.collect(0)
gc.callbacks[:] = [failing_phase]
gc.collect()
gc.callbacks.clear()

print("a traceback")


def keeps_its_error():
    mine = Named("beside an error")
    try:
        raise ValueError
    except ValueError as error:
        kept = error


keeps_its_error()
gc.collect()

print("coroutines and steps")


class Pause:
    def __await__(self):
        yield


async def waits(box):
    mine = Named("of a coroutine")
    await box[0]


box = [Pause()]
box.append(waits(box))
box[1].send(None)
del box
gc.collect()


async def never(box):
    pass


box = []
box.append(never(box))
del box
gc.collect()


async def items(box):
    yield box


box = []
box.append(items(box))
box.append(box[0].asend(None))
del box
gc.collect()

print("an error in finally")


def failing():
    me = yield
    try:
        yield
    finally:
        raise KeyError("in finally")


generator = failing()
next(generator)
generator.send(generator)
del generator
gc.collect()

print("several in one cycle")
several = []
for number in range(4):
    generator = suspended(f"number {number}")
    next(generator)
    generator.send(several)
    several.append(generator)
del several, generator
gc.collect()

print("what the collector shows")
generator = suspended("shown")
next(generator)
inside = [object()]
generator.send(inside)
print(gc.is_tracked(generator), any(it is inside for it in gc.get_referents(generator)), generator in gc.get_objects())
print(gc.is_finalized(generator))
del generator
print(gc.garbage, gc.isenabled())
