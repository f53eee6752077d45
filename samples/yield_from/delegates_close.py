"""Closing the outer generator closes the inner one first."""


def inner():
    try:
        yield 1
    finally:
        print("inner closes")


def outer():
    try:
        yield from inner()
    finally:
        print("outer closes")


g = outer()
next(g)
g.close()
h = outer()
next(h)
del h
print("done")
