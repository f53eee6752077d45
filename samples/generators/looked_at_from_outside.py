"""What a generator shows of itself: its name, whether it runs or waits, what it delegates to."""


def inner():
    yield "in"


def outer():
    part = inner()
    yield from part


generator = outer()
print(generator.__name__, generator.gi_running, generator.gi_suspended, generator.gi_yieldfrom)
next(generator)
print(generator.gi_yieldfrom.__name__, generator.gi_running, generator.gi_suspended)
print(generator.gi_code.co_name, generator.gi_frame is None)
list(generator)
print(generator.gi_frame, generator.gi_running, generator.gi_suspended)
print(type(generator).__name__, hasattr(generator, "__next__"), hasattr(generator, "__len__"))
