"""An exception that leaves a loop drops the loop's generator, before it is caught further out."""


def source():
    try:
        yield 1
        yield 2
    finally:
        print("source closed")


def reader():
    for item in source():
        raise ValueError(item)


try:
    reader()
except ValueError as error:
    print("caught", error)
print("after")
