"""Methods of generators and coroutines are not for one another; `next` is for iterators only."""


async def coroutine():
    return "coroutine over"


def generator():
    received = yield 1
    print("received", received)
    return "generator over"


def attempt(what, thunk):
    try:
        print(what, "gives", thunk())
    except BaseException as error:
        print(what, type(error).__name__, error)


kind, other = type(generator()), coroutine()
attempt("next of a coroutine", lambda: next(other))
attempt("__next__ of a coroutine", lambda: kind.__next__(other))
attempt("send to a coroutine", lambda: type(other).send(other, None))
steps = generator()
attempt("send of coroutines", lambda: type(other).send(steps, None))
attempt("next", lambda: next(steps))
attempt("send", lambda: kind.send(steps, "value"))
attempt("next at the end", lambda: next(steps))
attempt("next with a default", lambda: next(steps, "default"))
attempt("next of a new one", lambda: next(generator()))


def delegating():
    result = yield from generator()
    print("result", result)
    yield next(generator())


steps = delegating()
for _ in range(4):
    attempt("delegated", lambda: next(steps))


def asks_itself():
    yield next(itself)


itself = asks_itself()
attempt("itself", lambda: next(itself))
