# `types.coroutine`: its mark in the code of a generator function, and the wrapper for what other callables give.
import inspect
import types
from collections.abc import Awaitable, Coroutine, Generator


def marked():
    return (yield 1)


early = marked()
before = marked.__code__.co_flags
print(types.coroutine(marked) is marked, marked.__code__.co_flags ^ before == inspect.CO_ITERABLE_COROUTINE)
print(types.coroutine(marked) is marked, inspect.iscoroutinefunction(marked))
print(inspect.isawaitable(marked()), inspect.isawaitable(early))


class Own:
    def send(self, value):
        return "sent", value

    def throw(self, *error):
        return "thrown", error

    def close(self):
        return "closed"

    def __iter__(self):
        return self

    def __next__(self):
        return "next"


@types.coroutine
def own():
    return Own()


@types.coroutine
def native():
    return (number for number in "ab")


@types.coroutine
def other():
    return 5


@types.coroutine
def chained():
    return marked()


print(type(own()).__name__, type(native()).__name__, other(), type(chained()).__name__, own.__name__)
for made in own(), native():
    for name in "gi_running", "gi_frame", "gi_code", "gi_yieldfrom", "cr_running", "cr_frame", "cr_code", "cr_await":
        try:
            print(name, type(getattr(made, name)).__name__)
        except AttributeError as error:
            print(error)
    print([isinstance(made, kind) for kind in (Awaitable, Coroutine, Generator)], inspect.isawaitable(made))
    print(next(made), made.send(None), iter(made) is made)
print(own().throw(KeyError), own().close(), native().close())


async def main():
    return await native()


coroutine = main()
print(coroutine.send(None), type(coroutine.cr_await).__name__, coroutine.send(None))
try:
    types.coroutine(None)
except TypeError as error:
    print(error)
