"""An exception the generator does not catch comes out of `throw`, and the generator is finished."""


def fragile():
    try:
        yield 1
    finally:
        print("cleaning up")


glass = fragile()
next(glass)
try:
    glass.throw(KeyError("hammer"))
except KeyError as error:
    print("came back:", repr(error))
print(list(glass))
