"""An inner iterator without `send` cannot receive anything but None."""


def outer():
    try:
        yield from [1, 2]
    except AttributeError as error:
        yield f"AttributeError: {error}"


g = outer()
print(next(g), g.send(None))
g = outer()
next(g)
print(g.send("hello"))
