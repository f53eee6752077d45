"""Builtin classes say what they are for: each has a text of its own, and what derives from it has none."""

import builtins
import inspect
import types


class Money(int):
    pass


class Lost(KeyError):
    pass


print((5).__doc__ == int.__doc__, [].__doc__ == list.__doc__, KeyError("k").__doc__ == KeyError.__doc__)
print(Money.__doc__, Money(3).__doc__, Lost.__doc__, Lost().__doc__)
print(inspect.getdoc(Lost) == KeyError.__doc__, inspect.getdoc(Money) == inspect.getdoc(int), int.__doc__ != bool.__doc__)
print(property(lambda self: 1, doc="mine").__doc__, property(lambda self: 1).__doc__)
print(types.GeneratorType.__doc__, types.CoroutineType.__doc__, type(types.CodeType.__doc__))

classes = [thing for thing in vars(builtins).values() if isinstance(thing, type)]
print(sorted({thing.__name__ for thing in classes if not thing.__doc__} - {"BuiltinImporter"}))
