"""The same thing pushed: each stage sends on to the next, and closing the first closes them all."""


def started(function):
    def start(*args):
        generator = function(*args)
        next(generator)
        return generator

    return start


@started
def printer(label):
    try:
        while True:
            print(label, (yield))
    finally:
        print(label, "stops")


@started
def split(*targets):
    try:
        while True:
            item = yield
            for target in targets:
                target.send(item)
    finally:
        for target in targets:
            target.close()


fork = split(printer("left"), printer("right"))
fork.send("alpha")
fork.send("beta")
fork.close()
