"""Closed before it started, a generator runs nothing at all; closing twice does nothing more."""


def careful():
    try:
        yield 1
    finally:
        print("not printed: the try was never entered")


generator = careful()
generator.close()
generator.close()
print(list(generator))
