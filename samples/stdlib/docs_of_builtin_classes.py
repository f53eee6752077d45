"""What builtin classes are for: each has a text of its own, and what derives from it has none."""

import builtins
import inspect
import types


class Money(int):
    pass


class Lost(KeyError):
    pass


for thing in int, "text".__class__, list, StopIteration, GeneratorExit, BaseExceptionGroup, types.SimpleNamespace:
    print(f"{thing.__name__}: {thing.__doc__!r}")

print((5).__doc__ == int.__doc__, [].__doc__ == list.__doc__, KeyError("k").__doc__)
print(Money.__doc__, Money(3).__doc__, Lost.__doc__, Lost().__doc__)
print(inspect.getdoc(Lost), "|", inspect.getdoc(Money).splitlines()[0], "|", inspect.getdoc(ValueError()))
print(property.__doc__.splitlines()[0], "|", type.__doc__.splitlines()[0], "|", classmethod.__doc__.splitlines()[0])
print(property(lambda self: 1, doc="mine").__doc__, property(lambda self: 1).__doc__)
print(types.GeneratorType.__doc__, types.CoroutineType.__doc__, types.CodeType.__doc__)

classes = [thing for thing in vars(builtins).values() if isinstance(thing, type)]
print(sorted({thing.__name__ for thing in classes if not thing.__doc__} - {"BuiltinImporter"}))
