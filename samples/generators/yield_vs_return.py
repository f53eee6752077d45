"""`return` ends a function with its one answer; `yield` hands out an answer and can go on."""
# trace


def returns():
    return 1


def yields():
    yield 1
    yield 2


print(returns(), list(yields()))
