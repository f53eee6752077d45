"""nonlocal for a name that no function around has."""

def f():
    nonlocal missing
    missing = 1
