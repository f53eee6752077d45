"""`throw` takes an exception or its class, and nothing else."""


def patient():
    while True:
        try:
            yield
        except LookupError as error:
            print("inside:", repr(error))


generator = patient()
next(generator)
generator.throw(KeyError)
generator.throw(IndexError("with a message"))
try:
    generator.throw("a string")
except TypeError as error:
    print("TypeError:", error)
next(generator)
print("still there")
