"""A special method that is no plain function is bound as any attribute would be: descriptors, static and class methods,
objects with `__call__`."""

from functools import partialmethod


class Callable:
    def __init__(self, answer): self.answer = answer

    def __call__(self, *args): return (self.answer, args) if self.answer != 3 else 3


class Everything:
    __add__ = staticmethod(lambda other: ("static", other))
    __sub__ = classmethod(lambda cls, other: (cls.__name__, other))
    __mul__ = property(lambda self: lambda other: ("property", other))
    __getitem__ = Callable("getitem")
    __len__ = Callable(3)
    __contains__ = staticmethod(lambda item: item == 7)
    __neg__ = Callable("neg")
    __lt__ = partialmethod(lambda self, first, other: (first, other), "first")
    __eq__ = Callable("eq")
    __iter__ = staticmethod(lambda: iter("ab"))
    __setitem__ = property(lambda self: lambda key, value: print("set", key, value))
    __delitem__ = staticmethod(lambda key: print("del", key))
    __bool__ = classmethod(lambda cls: False)
    __iadd__ = staticmethod(lambda other: ("in place", other))


thing = Everything()
print(thing + 1, thing - 2, thing * 3, thing[4], len(thing), 7 in thing, 8 in thing)
print(-thing, thing < 5, thing == 6, list(thing), bool(thing), not thing)
thing[1] = 2
del thing[3]
thing += 4
print(thing)


class Hooked:
    __getattr__ = Callable("missing")
    __setattr__ = staticmethod(lambda name, value: print("set", name, value))
    __delattr__ = property(lambda self: lambda name: print("del", name))


hooked = Hooked()
hooked.x = 1
del hooked.y
print(hooked.z, getattr(hooked, "w", None))


class Made:
    __new__ = classmethod(lambda cls, *args: ("made by", cls.__name__, args))


print(Made.__new__(1), type(Made.__dict__["__new__"]).__name__)


class Binds:
    def __get__(self, instance, owner): return lambda *args, **kwargs: print(type(instance).__name__, args, kwargs)


class Late:
    __init__ = Binds()
    __call__ = Binds()


Late(1, a=2)(3, b=4)
