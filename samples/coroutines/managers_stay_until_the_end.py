"""A context manager that only its `with` has goes with the body, when that is left by an exception, after `__exit__` is over."""

import sys
import types


class Watched:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        frame = sys._getframe(1)
        code = frame.f_code
        print(f"  {self.name} goes in {code.co_name}" + (f", line {frame.f_lineno - code.co_firstlineno}" if code.co_name != "<module>" else ""))


class Manager(Watched):
    swallows = False

    def __enter__(self):
        return 1

    def __exit__(self, *exception):
        return self.swallows

    async def __aenter__(self):
        return 1

    async def __aexit__(self, *exception):
        await pause()
        return self.swallows


class Lenient(Manager):
    swallows = True


@types.coroutine
def pause():
    yield 1


async def awaiting_exit(held):
    async with Manager("manager"):
        raise KeyError


async def exit_after_error(held):
    async with Manager("manager"):
        raise KeyError


async def swallowed(held):
    async with Lenient("manager"):
        raise KeyError
    print("  goes on")


def generator(held):
    with Manager("manager"):
        yield 1


def swallowing_generator(held):
    with Lenient("manager"):
        yield 1
    print("  goes on")


def run(function, *steps):
    print(function.__name__)
    body = function(Watched("held"))
    for step in steps:
        try:
            step(body)
        except BaseException as error:
            print("  " + type(error).__name__)
    del body


run(awaiting_exit, lambda body: body.send(None))
run(exit_after_error, lambda body: body.send(None), lambda body: body.send(None))
run(swallowed, lambda body: body.send(None), lambda body: body.send(None))
run(generator, next)
run(generator, next, lambda body: body.throw(ValueError))
run(swallowing_generator, next, lambda body: body.throw(ValueError))
