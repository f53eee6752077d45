# What a handler's unwinding drops is finalised while the frame still stands where the exception came from.
import sys


def show(what):
    frame = sys._getframe(1).f_back
    print(what, frame.f_lineno - frame.f_code.co_firstlineno)


def inner():
    try:
        yield 1
        yield 2
    finally:
        show("inner")


def outer():
    try:
        for x in inner():
            print(x)
            x = yield 9
            x = yield 10
            print("once more")
    except BaseException as e:
        print("caught", e.__traceback__.tb_lineno - outer.__code__.co_firstlineno)


generator = outer()
next(generator)
generator.close()
generator = outer()
next(generator), next(generator)
generator.close()
generator = outer()
next(generator), next(generator)
try:
    generator.throw(KeyError)
except StopIteration:
    print("stop")
generator = outer()
next(generator), next(generator), next(generator)
del generator


def plain():
    try:
        for x in inner():
            print(
                x,
                [] / x,
            )
    except TypeError:
        print("caught")


plain()


def last_is_pass():
    try:
        raise KeyError
    finally:

        pass


try:
    last_is_pass()
except KeyError as error:
    place = error.__traceback__.tb_next
    print(place.tb_lineno - last_is_pass.__code__.co_firstlineno, place.tb_frame.f_lineno - last_is_pass.__code__.co_firstlineno)
