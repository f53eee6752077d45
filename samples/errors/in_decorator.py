"""A decorator that fails is marked on its line."""


def fragile(function):
    raise TypeError(f"cannot decorate {function.__name__}")


@fragile
def victim():
    pass
