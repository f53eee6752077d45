# A delegate runs on top of its delegator: what that handles is being handled here too, but not while it is suspended.
import sys


def inner():
    print("inner:", repr(sys.exception()))
    yield 1
    print("inner, resumed:", repr(sys.exception()))
    try:
        yield 2
    except KeyError as error:
        print("inner, thrown into:", repr(error), repr(sys.exception()))
    print("inner, after that:", repr(sys.exception()))
    raise IndexError


def outer():
    try:
        raise ValueError
    except ValueError:
        try:
            yield from inner()
        except IndexError as error:
            print("outer:", repr(error), "in", repr(error.__context__))


steps = outer()
print(next(steps), repr(sys.exception()))
try:
    raise OSError
except OSError:
    print(next(steps), repr(sys.exception()))
    try:
        steps.throw(KeyError("thrown"))
    except StopIteration:
        print("end", repr(sys.exception()))
