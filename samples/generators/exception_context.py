"""An exception raised while another is handled in the caller knows that one as its context."""


def failing():
    yield 1
    raise KeyError("inside")


generator = failing()
next(generator)
try:
    try:
        raise ValueError("outside")
    except ValueError:
        next(generator)
except KeyError as error:
    print(repr(error), "while handling", repr(error.__context__))


def handles():
    try:
        raise TypeError("own")
    except TypeError:
        yield "suspended in a handler"
        raise


keeper = handles()
print(next(keeper))
try:
    next(keeper)
except TypeError as error:
    print("re-raised", error, error.__context__)
