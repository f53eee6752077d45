"""An exception thrown into the outer generator is raised in the inner one, and comes up if it is not caught there."""


def inner():
    while True:
        try:
            yield "inner waits"
        except ValueError as error:
            print("inner caught", error)


def outer():
    try:
        yield from inner()
    except KeyError as error:
        print("outer caught", repr(error))
        yield "outer goes on"


g = outer()
print(next(g))
print(g.throw(ValueError("a pebble")))
print(g.throw(KeyError("a rock")))
print(list(g))
