"""What `throw` brings about where a chain ends in an iterator of the program: which frames are there meanwhile, what is held
how long, and what an exception knows that only ends the delegation."""

import sys
import types


def frames():
    names, frame = [], sys._getframe(1)
    while frame.f_code.co_name != "<module>":
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return " < ".join(names)


def places(error):
    names, traceback = [], error.__traceback__
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    return " > ".join(names)


class Partner:
    def __iter__(self):
        return self

    def __next__(self):
        print("  next:", frames())
        return 1

    def send(self, value):
        print("  send:", frames())
        return 2

    def throw(self, error):
        print("  throw:", frames())
        if isinstance(error, StopIteration):
            thrown.append(error)
            raise error
        return 3

    def close(self):
        print("  close:", frames())


thrown = []


def delegates():
    yield from Partner()


def delegates_on():
    yield from delegates()


def which_frames():
    for generator in delegates(), delegates_on():
        next(generator)
        generator.send(2)
        generator.throw(ValueError)
        generator.close()


print("frames")
which_frames()


def ended_by_throw():
    try:
        raise KeyError("handled")
    except KeyError:
        print("ended with", (yield from Partner()))
    print("ended with", (yield from Partner()))
    yield


print("an end that was thrown in")
generator = ended_by_throw()
next(generator)
for value in 5, 6:
    generator.throw(StopIteration(value))
    error = thrown.pop()
    print(repr(error), repr(error.__context__), places(error))


def ends():
    try:
        yield
    finally:
        print("  inner goes:", frames())


def replaces():
    try:
        yield from (item for item in ends())
    except ValueError:
        pass
    raise LookupError("in its place")


def throws(generator):
    try:
        generator.throw(ValueError("thrown"))
    except LookupError as error:
        print("  came out:", error)


print("who throws an exception has it until that is over")
for _ in range(3):
    generator = replaces()
    next(generator)
    throws(generator)


class Stubborn(Partner):
    def close(self):
        raise KeyError("not to be closed")

    def __del__(self):
        print("  partner goes")


def outlives_close():
    try:
        yield from Stubborn()
    except KeyError as error:
        print("  caught", error)
    print("  after the handler")
    yield


print("what close raised goes with its handler")
generator = outlives_close()
next(generator)
try:
    generator.close()
except RuntimeError as error:
    print(error)


@types.coroutine
def pause():
    yield


async def inner():
    await pause()


async def waits_for_another():
    try:
        await pause()
    finally:
        await others[0]


print("a coroutine that is left while it waits belongs to nobody")
sys.unraisablehook = lambda unraisable: print("  unraisable:", unraisable.exc_value)
coroutine = waits_for_another()
coroutine.send(None)
others = [inner()]
coroutine = None
try:
    others[0].throw(ValueError("thrown"))
except ValueError as error:
    print(repr(error))


def waits():
    try:
        yield
    finally:
        print("  delegate goes:", repr(sys.exception()), repr(sys.exception().__context__))


def delegates_in_a_handler(iterator):
    try:
        yield
    except ValueError:
        print("  ended with", (yield from iterator.pop()))
        yield


print("what cannot be thrown ends the delegation, in a handler too")
generator = delegates_in_a_handler([waits()])
next(generator)
generator.throw(ValueError("handled"))
try:
    generator.throw(1)
except TypeError as error:
    print(repr(error.__context__))

print("an end thrown at an iterator that cannot be thrown into")
generator = delegates_in_a_handler([iter([1, 2])])
next(generator)
generator.throw(ValueError("handled"))
end = StopIteration(7)
generator.throw(end)
print(repr(end.__context__), places(end))
