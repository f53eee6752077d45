# oracle: 3.13
"""At the end of the program what is near to its globals is finalised before what is far; modules of its own are looked at, too."""
import sys
import types


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, sys.is_finalizing())


def suspended(name, *held):
    try:
        yield
    finally:
        print("finally", name)


def started(name, *held):
    generator = suspended(name, *held)
    next(generator)
    return generator


def delegates():
    try:
        yield from suspended("inner")
    finally:
        print("finally outer")


near = Named("near")
chain = [started("x0")]
for number in range(1, 4):
    chain.append(started(f"x{number}", chain[-1]))
outer = delegates()
next(outer)
far = {"list": [Named("far 1"), Named("far 2")], "tuple": (Named("far 3"), started("far 4"))}
_hidden = started("hidden")
last = Named("last")
other = types.ModuleType("other")
other.first, other._second = Named("of another module"), started("of another module, too")
sys.modules["other"] = other
del other, number
