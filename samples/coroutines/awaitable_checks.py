"""What `await`, `aiter`, `async for` and `types.coroutine` accept, and what they say of what they do not."""
import collections.abc
import inspect
import types


def attempt(function, *args):
    try:
        print("gave", function(*args))
    except BaseException as error:
        print(type(error).__name__, error.args, type(error.__context__).__name__, type(error.__cause__).__name__)


class Awaitable:
    def __init__(self, iterator):
        self.iterator = iterator

    def __await__(self):
        return self.iterator


@types.coroutine
def based():
    return (yield "based")


async def acounter():
    yield 1


async def awaits(what):
    return await what


class NoAwait:
    __await__ = None


class BadAwait:
    def __await__(self):
        raise KeyError("in __await__")


agen = acounter()
for what in (
    1,
    (i for i in [1]),
    iter([1]),
    map(str, [1]),
    agen,
    Awaitable(1),
    Awaitable([1]),
    Awaitable(iter([])),
    Awaitable(awaits(None)),
    Awaitable(based()),
    Awaitable(agen),
    Awaitable(i for i in [2]),
    Awaitable(None),
    NoAwait(),
    BadAwait(),
    based(),
):
    if isinstance(what, Awaitable) and inspect.iscoroutine(what.iterator):
        what.iterator.close()
    print(type(what).__name__)
    attempt(awaits(what).send, None)


class Iterable:
    def __init__(self, given):
        self.given = given

    def __aiter__(self):
        return self.given


class Steps:
    def __init__(self, given):
        self.given = given

    def __aiter__(self):
        return self

    def __anext__(self):
        if isinstance(self.given, BaseException):
            raise self.given
        return self.given


async def goes_through(what):
    async for item in what:
        print("item", item)


for what in (1, [1], Iterable(1), Iterable(Steps(1)), Steps(1), Steps(KeyError("in __anext__")), Steps(Awaitable(1))):
    attempt(goes_through(what).send, None)
attempt(aiter, 1)
attempt(aiter, Iterable(1))
print(aiter(agen) is agen, type(aiter(Iterable(Steps(1)))).__name__)


async def coroutine():
    pass


def counter():
    yield


for function in (1, len, lambda: 1, coroutine, acounter, counter):
    try:
        made = types.coroutine(function)
    except TypeError as error:
        print(error)
    else:
        print(made is function, inspect.iscoroutinefunction(made))


class LikeGenerator:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration(9)

    def send(self, value):
        raise StopIteration(9)

    def throw(self, *args):
        raise args[0]

    def close(self):
        pass


collections.abc.Generator.register(LikeGenerator)


@types.coroutine
def like():
    return LikeGenerator()


print(type(like()).__name__, isinstance(like(), collections.abc.Coroutine), inspect.isawaitable(like()))
attempt(awaits(like()).send, None)


def looks_at_itself():
    a = 1
    yield inspect.getgeneratorstate(me), dict(inspect.getgeneratorlocals(me))


me = looks_at_itself()
print(next(me))
print(inspect.getcoroutinelocals(3))
