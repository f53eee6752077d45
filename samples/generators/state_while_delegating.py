# A generator that another delegates to is running while its body runs, whoever looks.
import inspect
import types


def show(target):
    print(inspect.getgeneratorstate(target), target.gi_running, target.gi_suspended, target.gi_yieldfrom)


def inner():
    show(delegate)
    yield 1
    show(delegate)
    yield 2


def outer():
    for _ in range(2):
        try:
            yield from delegate
        except KeyError:
            pass
    show(delegate)


for stop in (False, True):
    delegate = inner()
    delegator = outer()
    next(delegator)
    show(delegate)
    if not stop:
        next(delegator)
    try:
        delegator.throw(KeyError)
    except StopIteration:
        print("over")


@types.coroutine
def pause():
    yield


async def below():
    print(inspect.getcoroutinestate(awaited), awaited.cr_running, awaited.cr_suspended)
    await pause()
    print(inspect.getcoroutinestate(awaited), awaited.cr_running, awaited.cr_suspended)


async def above():
    await awaited


awaited = below()
awaiter = above()
awaiter.send(None)
print(inspect.getcoroutinestate(awaited), awaited.cr_running, awaited.cr_suspended)
try:
    awaiter.send(None)
except StopIteration:
    print("over")
