"""Once finished, a generator only ever says StopIteration, without its value."""


def short():
    yield 1
    return "told once"


over = short()
print(list(over))
for _ in range(2):
    try:
        next(over)
    except StopIteration as stop:
        print("over", stop.value)
print(next(over, "default"))
