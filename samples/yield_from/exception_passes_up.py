"""An exception that leaves the inner generator is raised at the `yield from` of the outer one."""


def inner():
    yield 1
    raise ZeroDivisionError("from below")


def middle():
    try:
        yield from inner()
    finally:
        print("middle cleans up")


def outer():
    try:
        yield from middle()
    except ZeroDivisionError as error:
        yield f"outer caught: {error}"


print(list(outer()))
