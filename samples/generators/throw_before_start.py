"""Thrown into a generator that never started, the exception comes straight back: it stands before the try."""


def patient():
    try:
        yield 1
    except ValueError:
        print("caught inside")


for start in (False, True):
    generator = patient()
    if start:
        next(generator)
    try:
        generator.throw(ValueError("early"))
    except ValueError as error:
        print("unchanged:", error)
    except StopIteration:
        print("and then the end")
    print(list(generator))
