# A place in the code that resumes generators, coroutines and async generators in turn asks each object's own class.


def send(target):
    try:
        return target.send(None)
    except (AttributeError, StopIteration) as error:
        return repr(error)


def close(target):
    try:
        return target.close()
    except AttributeError as error:
        return repr(error)


def running(target):
    try:
        return target.gi_running
    except AttributeError as error:
        return repr(error)


def generator():
    yield "generator"


async def coroutine():
    return "coroutine"


async def asynchronous():
    yield "async generator"


for make in (generator, generator, asynchronous, coroutine, generator, asynchronous, coroutine):
    for what in (send, running, close):
        target = make()
        print(make.__name__, what.__name__, what(target))
        close(target)

for view in ({}.keys(), {}.keys(), {}.values(), {}.items(), {}.keys()):
    try:
        print(view.isdisjoint([]))
    except AttributeError as error:
        print(error)
