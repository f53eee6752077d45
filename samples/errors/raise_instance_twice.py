"""The same exception raised in two places collects both in its traceback."""


def thrower(error):
    raise error


kept = ValueError("kept")
try:
    thrower(kept)
except ValueError as error:
    print("caught", error)
thrower(kept)
