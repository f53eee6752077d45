"""Dropping the outer generator closes the inner one first, even one that somebody else holds."""


def inner(name):
    try:
        while True:
            yield name
    finally:
        print(name, "ends")


def outer(part):
    yield from part


held = inner("held")
next(outer(inner("free")))
relay = outer(held)
next(relay)
del relay
print("closed with its delegator:", list(held))
