"""What `inspect` says about the kinds of functions and what they make."""

import inspect


def function():
    return 1


def generator_function():
    yield 1


async def coroutine_function():
    return 1


for one in (function, generator_function, coroutine_function):
    print(one.__name__, inspect.isgeneratorfunction(one), inspect.iscoroutinefunction(one))
for made in (generator_function(), coroutine_function()):
    print(type(made).__name__, inspect.isgenerator(made), inspect.iscoroutine(made), inspect.isawaitable(made))
    made.close()
