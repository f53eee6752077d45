"""A generator's return value travels in StopIteration."""
# trace


def count():
    yield "one"
    return 42


counting = count()
print(next(counting))
try:
    next(counting)
except StopIteration as stop:
    print(stop.value, stop.args)
