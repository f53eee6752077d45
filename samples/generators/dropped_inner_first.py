# When one jump leaves several loops, the innermost generator is closed first, and the locals after all of them.


def numbers(name):
    try:
        while True:
            yield name
    finally:
        print("closed", name)


def by_return():
    kept = numbers("local")
    next(kept)
    for _ in numbers("outer"):
        for _ in numbers("inner"):
            return "returned"


def by_exception():
    try:
        for _ in numbers("outer"):
            for _ in numbers("inner"):
                raise ValueError
    except ValueError:
        print("caught")


print(by_return())
by_exception()
