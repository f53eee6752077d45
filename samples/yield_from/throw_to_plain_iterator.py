"""An inner iterator without `throw`: the exception is raised in the outer generator instead."""


def outer():
    try:
        yield from [1, 2, 3]
    except ValueError as error:
        yield f"outer caught {error}"


g = outer()
print(next(g))
print(g.throw(ValueError("no way in")))
