"""A traceback through generators shows them like calls."""


def source():
    yield 1
    raise ValueError("the source ran dry")


def relay():
    yield from source()


for item in (2 * n for n in relay()):
    print(item)
