"""A frame object does not keep its generator alive, and has the variables when that is over."""
import gc
import sys
import weakref


class Item:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def patient(first):
    second = Item("second")
    try:
        yield 1
    finally:
        print("finally")


def plain(first):
    second = Item("second")
    yield 1


def tell(frame):
    owner = frame.f_generator and frame.f_generator.__name__
    print("  ", sorted(frame.f_locals), frame.f_code.co_name, owner)


print("dropped before it began")
generator = patient(Item("first"))
frame = generator.gi_frame
del generator
tell(frame)
del frame

print("dropped in its try")
generator = patient(Item("first"))
next(generator)
frame = generator.gi_frame
tell(frame)
del generator
print("dropped")
tell(frame)
del frame

print("dropped outside a try")
generator = plain(Item("first"))
next(generator)
frame = generator.gi_frame
watched = weakref.ref(generator)
del generator
print("dropped", watched())
tell(frame)
del frame

print("run to its end")
generator = plain(Item("first"))
frame = generator.gi_frame
print(list(generator), generator.gi_frame)
tell(frame)
frame.clear()
tell(frame)
del frame, generator

print("closed before it began")
generator = patient(Item("first"))
frame = generator.gi_frame
generator.close()
print(sorted(frame.f_locals), generator.gi_frame)
del generator
tell(frame)
del frame

print("cleared before it began")
generator = patient(Item("first"))
frame = generator.gi_frame
frame.clear()
print(sorted(frame.f_locals), list(generator))
del generator, frame

print("thrown into before it began")
generator = patient(Item("first"))
try:
    generator.throw(KeyError)
except KeyError as error:
    frame = error.__traceback__.tb_next.tb_frame
print(sorted(frame.f_locals))
del frame, generator

print("raised")


def failing(first):
    yield 1
    raise KeyError("failed")


generator = failing(Item("first"))
frame = generator.gi_frame
try:
    list(generator)
except KeyError as error:
    print(error.__traceback__.tb_next.tb_frame is frame)
tell(frame)
del frame, generator

print("its own frame in a variable")


def knows_itself(first):
    me = sys._getframe()
    yield me


generator = knows_itself(Item("first"))
print(next(generator) is generator.gi_frame)
del generator
print("dropped")
gc.collect()

print("a coroutine that was never awaited")


async def never(first):
    pass


import warnings

warnings.showwarning = lambda message, category, *where: print(category.__name__, message)
coroutine = never(Item("first"))
frame = coroutine.cr_frame
del coroutine
print(sorted(frame.f_locals))
del frame

generator = plain(1)
frame = generator.gi_frame
print(frame is generator.gi_frame, next(generator), frame is generator.gi_frame, weakref.getweakrefcount(generator))
generator.__name__ = "renamed"
print(generator.__name__, frame is generator.gi_frame)
del generator, frame
