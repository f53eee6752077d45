"""StopIteration may not leak out of a generator: it becomes RuntimeError."""


def leaky():
    yield 1
    next(iter([]))
    yield 2


generator = leaky()
print(next(generator))
try:
    next(generator)
except RuntimeError as error:
    print("RuntimeError:", error)
    print("because of", repr(error.__cause__))


def tidy(source):
    while True:
        try:
            item = next(source)
        except StopIteration:
            return
        yield item


print(list(tidy(iter("abc"))))
