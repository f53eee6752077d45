"""nonlocal for a name that no function around has."""
# oracle: 3.13

def f():
    nonlocal missing
    missing = 1
