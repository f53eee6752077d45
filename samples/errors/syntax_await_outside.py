"""`await` in a function that is not async."""
# oracle: 3.13

def f(x):
    return 1 + await x
