"""`yield from` a generator lets it speak directly to whoever reads the outer one."""
# trace


def inner():
    yield "from inner"


def outer():
    yield from inner()
    yield "from outer"


print(list(outer()))
