"""A generator cannot resume itself."""


def selfish():
    try:
        next(me)
    except ValueError as error:
        yield f"ValueError: {error}"


me = selfish()
print(next(me))
