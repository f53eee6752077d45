# Generators, coroutines, steps and what stands for them take no attributes but their names.
import sys


async def asynchronous():
    yield 1


async def coroutine():
    pass


def generator():
    yield sys._getframe()


made = coroutine()
targets = [generator(), made, made.__await__(), asynchronous(), asynchronous().asend(None), asynchronous().aclose(), anext(asynchronous(), 5), next(generator())]
for target in targets:
    for name in ("other", "__name__", "__qualname__", "gi_frame", "cr_running", "f_code"):
        for change in (lambda: setattr(target, name, "text"), lambda: delattr(target, name), lambda: setattr(target, name, 1)):
            try:
                change()
                print("done", name)
            except (AttributeError, TypeError) as error:
                print(type(error).__name__, error)
    if hasattr(target, "close"):
        target.close()
