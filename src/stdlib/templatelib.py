"""What template strings are made of."""

__all__ = ["Template", "Interpolation", "convert"]

from _prelude import _as_builtin

_set = object.__setattr__


class _Fixed:
    """Attributes are set once."""

    __slots__ = ()

    def __setattr__(self, name, value):
        if name in type(self).__slots__:
            raise AttributeError("readonly attribute")
        shown = f"{type(self).__module__}.{type(self).__qualname__}"
        if hasattr(type(self), name):
            raise AttributeError(f"'{shown}' object attribute '{name}' is read-only")
        raise AttributeError(f"'{shown}' object has no attribute '{name}' and no __dict__ for setting new attributes")

    __delattr__ = lambda self, name: _Fixed.__setattr__(self, name, None)


class Interpolation(_Fixed):
    """A value in a template string, with the text it came from and how it is to be shown."""

    __slots__ = ("value", "expression", "conversion", "format_spec")
    __match_args__ = __slots__

    def __new__(cls, value, expression="", conversion=None, format_spec=""):
        for name, given in (("expression", expression), ("format_spec", format_spec)):
            if not isinstance(given, str):
                raise TypeError(f"Interpolation() argument '{name}' must be str, not {type(given).__name__}")
        if conversion is not None:
            if not isinstance(conversion, str):
                raise TypeError(f"Interpolation() argument 'conversion' must be str, not {type(conversion).__name__}")
            if conversion not in ("s", "a", "r"):
                raise ValueError("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'")
        self = object.__new__(cls)
        _set(self, "value", value)
        _set(self, "expression", expression)
        _set(self, "conversion", conversion)
        _set(self, "format_spec", format_spec)
        return self

    def __repr__(self):
        return f"Interpolation({self.value!r}, {self.expression!r}, {self.conversion!r}, {self.format_spec!r})"

    def __reduce__(self):
        return type(self), (self.value, self.expression, self.conversion, self.format_spec)


class Template(_Fixed):
    """The static parts of a template string and the interpolations between them."""

    __slots__ = ("strings", "interpolations")

    def __new__(cls, *args):
        strings = [""]
        interpolations = []
        for arg in args:
            if isinstance(arg, str):
                strings[-1] += arg
            elif isinstance(arg, Interpolation):
                interpolations.append(arg)
                strings.append("")
            else:
                raise TypeError(
                    "Template.__new__ *args need to be of type 'str' or 'Interpolation',"
                    f" got {type(arg).__name__}"
                )
        self = object.__new__(cls)
        _set(self, "strings", tuple(strings))
        _set(self, "interpolations", tuple(interpolations))
        return self

    @property
    def values(self):
        return tuple([part.value for part in self.interpolations])

    def __iter__(self):
        for string, interpolation in zip(self.strings, self.interpolations):
            if string:
                yield string
            yield interpolation
        if self.strings[-1]:
            yield self.strings[-1]

    def __add__(self, other):
        if not isinstance(other, Template):
            kind = type(other)
            name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
            raise TypeError(
                f'can only concatenate string.templatelib.Template (not "{name}") to string.templatelib.Template'
            )
        return Template(*self, *other)

    def __repr__(self):
        return f"Template(strings={self.strings!r}, interpolations={self.interpolations!r})"

    def __reduce__(self):
        return type(self), tuple(self)


_as_builtin(Interpolation)
_as_builtin(Template)


def convert(obj, /, conversion):
    """Show an object as an interpolation with this conversion asks for."""
    if conversion is None:
        return obj
    if conversion == "r":
        return repr(obj)
    if conversion == "s":
        return str(obj)
    if conversion == "a":
        return ascii(obj)
    raise ValueError(f"invalid conversion specifier: {conversion}")
