"""`await` in a function that is not async."""

def f(x):
    return 1 + await x
