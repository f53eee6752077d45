"""`yield from` a list yields its items."""
# trace


def both():
    yield from [1, 2]
    yield from (3,)


print(list(both()))
