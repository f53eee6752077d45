"""The message names all positional-only parameters that were given by name."""


def f(a, b, /, c):
    pass


for call in (lambda: f(a=1, b=2, c=3), lambda: f(1, b=2, c=3), lambda: f(1, c=3), lambda: f(1, 2, d=3)):
    try:
        call()
    except TypeError as error:
        print(error)
