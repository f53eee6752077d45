"""The `StopIteration` of a body that returns a value has no context, whatever is being handled; without a value it has."""


class Pauses:
    def __await__(self):
        return (yield "pause")


def shows(function, *args):
    try:
        raise KeyError("handled")
    except KeyError:
        try:
            print("gave", function(*args))
        except BaseException as error:
            print(type(error).__name__, error.args, "in", repr(error.__context__))


def gives(value):
    return value
    yield


def delegates(inner):
    return (yield from inner)


def catches():
    try:
        yield
    except ValueError:
        return 7


class Stops:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def throw(self, *args):
        raise StopIteration(9)


async def coroutine(value):
    return value


async def awaits(what):
    return await what


async def items():
    yield 1
    yield None


async def nothing():
    return
    yield


for value in (4, (1, 2), [1], ValueError(3), None):
    shows(gives(value).send, None)
    shows(next, gives(value))
    shows(delegates(gives(value)).send, None)
    shows(coroutine(value).send, None)
    shows(next, coroutine(value).__await__())
    shows(awaits(coroutine(value)).send, None)

for delegator in (catches(), delegates(catches()), delegates(Stops())):
    next(delegator)
    shows(delegator.throw, ValueError("thrown"))
generator = catches()
next(generator)
shows(generator.close)

generator = items()
shows(generator.asend(None).send, None)
shows(generator.asend(None).send, None)
shows(generator.asend(None).send, None)
generator = items()
shows(generator.aclose().send, None)
shows(generator.aclose().send, None)
shows(awaits(items().__anext__()).send, None)
shows(next, anext(items(), 3))
shows(next, anext(nothing(), 3))
shows(next, anext(nothing(), None))
shows(next, (item for item in []))
shows(next, iter([]))
shows(next, map(str, []))
