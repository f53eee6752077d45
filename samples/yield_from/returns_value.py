"""The value of `yield from` is what the inner generator returned."""
# trace


def inner():
    yield 1
    return "the end"


def outer():
    result = yield from inner()
    print("inner returned", result)


print(list(outer()))
