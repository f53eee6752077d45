"""Two parameters of one name."""
# oracle: 3.13

def f(a, b, a):
    pass
