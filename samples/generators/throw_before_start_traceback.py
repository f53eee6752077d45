"""An exception thrown into a body that never began comes from the line of its definition."""
import sys
import traceback


def same(function):
    return function


@same
@same
def decorated(a=1,
              b=2):
    x = 1
    yield x


def nested():
    def inner():
        yield from decorated()
    return inner()


in_lambda = lambda: (yield 1)


async def coroutine(
): pass


async def documented():
    """It says what it does."""
    yield 1


for target in (decorated(), nested(), (x
                                       for x in [1]), in_lambda(), coroutine()):
    try:
        target.throw(KeyError("thrown"))
    except KeyError as error:
        print(error.__traceback__.tb_next.tb_lineno)
        traceback.print_exc(file=sys.stdout)
try:
    documented().athrow(ValueError).send(None)
except ValueError:
    traceback.print_exc(file=sys.stdout)
decorated().throw(KeyError("at the end"))
