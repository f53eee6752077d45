"""An exception thrown into a coroutine whose async generator awaits inside a handler: the step goes on."""
import types


@types.coroutine
def pause(what):
    return (yield what)


class Push(Exception):
    pass


async def items():
    try:
        try:
            yield 1
        except Push:
            await pause("in the handler")
        yield 2
    finally:
        await pause("first in finally")
        await pause("second in finally")


async def run(make):
    generator = items()
    print(await generator.asend(None))
    try:
        await generator.athrow(make())
    except KeyError as e:
        print("caught", repr(e), repr(e.__context__))
    try:
        await generator.asend(None)
    except StopAsyncIteration:
        print("at the end")


class Unmade(Exception):
    def __new__(cls, *args):
        return cls


def generator():
    try:
        yield
    except TypeError as e:
        print("thrown instead:", str(e).replace("__main__.", ""))


for make in (lambda: Push, lambda: Push()):
    steps = run(make)
    try:
        print(steps.send(None))
        print(steps.throw(KeyError("pushed")))
        print(steps.send(None))
        steps.send(None)
    except StopIteration:
        print("over")

g = generator()
next(g)
print(next(g, None) if g.gi_frame is None else None)
g = generator()
next(g)
try:
    g.throw(Unmade)
except StopIteration:
    print("returned")


# An `athrow` that has begun is not over when what was sent ends it: it goes on, or comes to its end, when it is tried again.
@types.coroutine
def pause(value):
    return (yield value)


async def catching():
    try:
        while True:
            try:
                print("got", (yield 1))
            except KeyError:
                print("caught", await pause("paused"))
                yield 2
    finally:
        await pause("at the end")


def tell(action):
    try:
        print("gave", action())
    except BaseException as error:
        print(repr(error))


for send_or_throw in "send", "throw":
    items = catching()
    tell(lambda: items.asend(None).send(None))
    for thrown in KeyError, ValueError(1):
        step = items.athrow(thrown)
        tell(lambda: step.send(None))
        for sent in "x", "y", "z":
            tell(lambda: step.send(sent) if send_or_throw == "send" else step.throw(OSError(sent)))
        tell(lambda: step.throw(KeyError))
        tell(lambda: step.send(None))
items = catching()
tell(lambda: items.asend(None).send(None))
step = items.aclose()
for _ in range(3):
    tell(lambda: step.send(None))
