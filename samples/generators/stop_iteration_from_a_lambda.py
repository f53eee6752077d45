# Nothing makes a RuntimeError of the StopIteration that leaves a lambda's generator (PEP 479 was not carried so far).
waiting = lambda: (yield)


def stop(value):
    raise StopIteration(value)


def delegating():
    print("result", (yield from waiting()))


def told(generator, *thrown):
    try:
        print("gave", generator.throw(*thrown) if thrown else next(generator))
    except BaseException as error:
        print(repr(error), repr(error.__cause__))


generator = waiting()
next(generator)
told(generator, StopIteration(3))
told(generator)

generator = delegating()
next(generator)
told(generator, StopIteration(4))

told((lambda: (yield stop(5)))())
ends = lambda: ((yield 1), stop(6), (yield 2))
print(list(ends()), tuple(ends()), [*ends()], sum(ends()))
print(next((lambda: (yield stop(7)))(), "default"))
told(stop(x) for x in [9])
