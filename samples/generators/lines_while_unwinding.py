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


# What a body gives up while an exception leaves it sees the line that raised it, not that of the `with` or of the `finally`
# which let it pass; a `finally` that ends stands at its last line.
class Room:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def told():
    try:
        yield 1
    finally:
        caller = sys._getframe(1)
        print("closed by", caller.f_code.co_name, caller.f_lineno - caller.f_code.co_firstlineno)


def through_with():
    for _ in told():
        with Room():
            pass
            raise ValueError


def through_finally():
    for _ in told():
        try:
            raise ValueError
        finally:
            try:
                pass
            finally:
                str()


def through_except():
    for _ in told():
        try:
            raise ValueError
        except KeyError:
            pass


def raised_again():
    for _ in told():
        try:
            raise ValueError
        except ValueError as error:
            pass
            raise


def replaced():
    for _ in told():
        try:
            raise ValueError
        except ValueError as error:
            1 / 0


def caught_further_out():
    try:
        for _ in told():
            with Room():
                with Room():
                    raise ValueError
    except ValueError:
        pass


for leaves in through_with, through_finally, through_except, raised_again, replaced, caught_further_out:
    try:
        leaves()
    except Exception as error:
        print(type(error).__name__)


# What goes for the next item goes at the line where that is stored, also in expressions.
class Seen:
    def __del__(self):
        frame = sys._getframe(1)
        print("dropped in", frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)


def two_seen():
    yield Seen()
    yield Seen()


def taken_in_turn():
    print(next((each for each in two_seen() if each is None), "none"))
    print(any(
        each is None
        for each
        in two_seen()
    ))
    print([each is None for each in two_seen()])
    for \
            each in \
            two_seen():
        pass


taken_in_turn()
