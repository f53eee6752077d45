"""`yield from` what cannot be iterated is a TypeError, raised inside the generator."""


def wrong():
    try:
        yield from 5
    except TypeError as error:
        yield f"TypeError: {error}"


print(list(wrong()))
