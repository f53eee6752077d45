"""`athrow` looks at its arguments when it is awaited, the `throw` of a step when it is called."""
import types


@types.coroutine
def pause():
    return (yield "pause")


async def items():
    try:
        await pause()
    except BaseException as error:
        print("caught", repr(error), repr(error.__context__))
        yield "item"


def tell(what):
    try:
        print(what())
    except BaseException as error:
        print("raised", repr(error), repr(error.__context__))


for given in (int,), (None,), (3,):
    print(given)
    tell(lambda: items().asend(None).throw(*given))
    generator = items()
    step = generator.asend(None)
    step.send(None)
    tell(lambda: step.throw(*given))
    tell(lambda: step.send(None))
    tell(lambda: generator.athrow(*given).send(None))
    try:
        raise KeyError("handled")
    except KeyError:
        tell(lambda: generator.athrow(*given).send(None))
        tell(lambda: items().athrow(*given).send(None))
for given in (), (1, 2, 3):
    print(given)
    generator = items()
    step = generator.asend(None)
    tell(lambda: step.throw(*given, *given))
    tell(lambda: step.send(None))
generator = items()
step = generator.athrow()
print(type(step).__name__)
tell(lambda: step.send(None))
tell(lambda: generator.asend(None).send(None))
tell(lambda: generator.aclose().send(None))
print(generator.ag_running, tell(lambda: step.send(None)))
tell(lambda: step.throw(ValueError("ends")))
