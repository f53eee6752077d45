"""What `list[int]` and `int | str` are, and how type parameters in them are replaced."""

from _prelude import _as_builtin, _forwarded


def shown(item):
    """A part of an alias as its text shows it."""
    if item is ...:
        return "..."
    if isinstance(item, list):
        return f"[{', '.join([shown(one) for one in item])}]"
    if hasattr(item, "__origin__") and hasattr(item, "__args__"):
        return repr(item)
    name = getattr(item, "__qualname__", None)
    module = getattr(item, "__module__", None)
    if name is None or module is None:
        return repr(item)
    return name if module == "builtins" else f"{module}.{name}"


def _kind(parameter):
    return type(parameter).__name__


def parameters_of(args):
    """The type parameters in `args`, each once, in the order they come."""
    found = []
    for arg in args:
        if isinstance(arg, type):
            continue
        if isinstance(arg, (list, tuple)):
            inner = parameters_of(arg)
        elif hasattr(arg, "__typing_subst__"):
            inner = (arg,)
        else:
            inner = getattr(arg, "__parameters__", ())
        for parameter in inner:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


def bind(alias, parameters, items):
    """Which item stands for which parameter; for a `TypeVarTuple` a tuple of items."""
    if len(parameters) == 1 and _kind(parameters[0]) == "ParamSpec":
        if not (len(items) == 1 and (isinstance(items[0], (list, tuple)) or items[0] is ... or _stands_for_many(items[0]))):
            items = (list(items),)
    many = [place for place, parameter in enumerate(parameters) if _kind(parameter) == "TypeVarTuple"]
    if many:
        before = many[0]
        after = len(parameters) - before - 1
        if len(items) < before + after:
            raise TypeError(_miscount("few", alias, items, f"at least {before + after}"))
        stop = len(items) - after
        items = (*items[:before], tuple(items[before:stop]), *items[stop:])
    else:
        needed = len([parameter for parameter in parameters if not parameter.has_default()])
        if len(items) > len(parameters):
            raise TypeError(_miscount("many", alias, items, len(parameters)))
        if len(items) < needed:
            raise TypeError(_miscount("few", alias, items, f"at least {needed}"))
        items = (*items, *[parameter.__default__ for parameter in parameters[len(items):]])
    given = {}
    for parameter, item in zip(parameters, items):
        given[parameter] = item if _kind(parameter) != "TypeVar" else parameter.__typing_subst__(item)
    return given


def _stands_for_many(item):
    return _kind(item) in ("ParamSpec", "_ConcatenateAlias") or getattr(item, "_name", None) == "Concatenate"


def _miscount(which, alias, items, expected):
    return f"Too {which} arguments for {alias}; actual {len(items)}, expected {expected}"


def replace(args, given):
    """`args` with the parameters in them replaced."""
    made = []
    for arg in args:
        if isinstance(arg, (list, tuple)):
            made.append(type(arg)(replace(arg, given)))
        elif isinstance(arg, type):
            made.append(arg)
        elif hasattr(arg, "__typing_subst__"):
            made.append(given.get(arg, arg))
        elif getattr(arg, "__typing_is_unpacked_typevartuple__", False):
            made.extend(given.get(arg.__parameters__[0], (arg,)))
        else:
            inner = getattr(arg, "__parameters__", ())
            if inner:
                items = []
                for parameter in inner:
                    value = given.get(parameter, parameter)
                    if _kind(parameter) == "TypeVarTuple":
                        items.extend(value if isinstance(value, tuple) else (value,))
                    else:
                        items.append(value)
                arg = arg[tuple(items)]
            made.append(arg)
    return tuple(made)


_OWN = frozenset((
    "__origin__", "__args__", "__parameters__", "__mro_entries__", "__reduce_ex__", "__reduce__", "__copy__",
    "__deepcopy__", "__unpacked__", "__typing_unpacked_tuple_args__", "__class__",
))


class GenericAlias:
    """A class with type parameters."""

    __slots__ = ("__origin__", "__args__", "_starred", "__weakref__")

    def __new__(cls, origin, args, /, *, starred=False):
        self = object.__new__(cls)
        fix = object.__setattr__
        fix(self, "__origin__", origin)
        fix(self, "__args__", args if isinstance(args, tuple) else (args,))
        fix(self, "_starred", starred)
        return self

    @property
    def __parameters__(self):
        return parameters_of(self.__args__)

    @property
    def __unpacked__(self):
        return self._starred

    @property
    def __typing_unpacked_tuple_args__(self):
        return self.__args__ if self._starred and self.__origin__ is tuple else None

    def __call__(self, *args, **kwds):
        made = self.__origin__(*args, **kwds)
        try:
            made.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return made

    def __getattribute__(self, name):
        if name in _OWN or name.startswith("_") and not name.startswith("__"):
            return object.__getattribute__(self, name)
        return getattr(object.__getattribute__(self, "__origin__"), name)

    def __setattr__(self, name, value):
        if name in _OWN:
            raise AttributeError("readonly attribute")
        raise AttributeError(
            f"'types.GenericAlias' object has no attribute '{name}' and no __dict__ for setting new attributes"
        )

    def __getitem__(self, items):
        parameters = self.__parameters__
        if not parameters:
            raise TypeError(f"{self!r} is not a generic class")
        given = bind(self, parameters, items if isinstance(items, tuple) else (items,))
        return GenericAlias(self.__origin__, replace(self.__args__, given), starred=self._starred)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, instance):
        raise TypeError("isinstance() argument 2 cannot be a parameterized generic")

    def __subclasscheck__(self, cls):
        raise TypeError("issubclass() argument 2 cannot be a parameterized generic")

    def __eq__(self, other):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return (
            self.__origin__ == other.__origin__ and self.__args__ == other.__args__ and self._starred == other._starred
        )

    def __hash__(self):
        return hash(self.__origin__) ^ hash(self.__args__)

    def __or__(self, other):
        return make_union(self, other)

    def __ror__(self, other):
        return make_union(other, self)

    def __iter__(self):
        yield GenericAlias(self.__origin__, self.__args__, starred=True)

    def __dir__(self):
        return sorted({*dir(self.__origin__), *_OWN})

    def __repr__(self):
        star = "*" if self._starred else ""
        args = ", ".join([shown(arg) for arg in self.__args__]) or "()"
        return f"{star}{shown(self.__origin__)}[{args}]"

    def __reduce__(self):
        return GenericAlias, (self.__origin__, self.__args__)


class _UnionMeta(type):
    def __call__(cls, *args, **kwargs):
        raise TypeError("cannot create 'typing.Union' instances")


class Union(metaclass=_UnionMeta):
    """One of several types: `int | str`."""

    __slots__ = ("__args__", "__weakref__")

    @property
    def __origin__(self):
        return Union

    @property
    def __parameters__(self):
        return parameters_of(self.__args__)

    def __class_getitem__(cls, params):
        from typing import _type_check

        if params == ():
            raise TypeError("Cannot take a Union of no types.")
        if not isinstance(params, tuple):
            params = (params,)
        return union_of([_type_check(param, "Union[arg, ...]: each arg must be a type.") for param in params])

    # What is in the brackets are types, not places.
    __iter__ = None

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __instancecheck__(self, instance):
        self._check_plain("isinstance")
        return isinstance(instance, tuple(self.__args__))

    def __subclasscheck__(self, cls):
        self._check_plain("issubclass")
        return issubclass(cls, tuple(self.__args__))

    def _check_plain(self, function):
        # A union of types and aliases works up to the first alias that is asked.
        for arg in self.__args__:
            if not hasattr(type(arg), "__instancecheck__"):
                raise TypeError(f"{function}() argument 2 must be a type, a tuple of types, or a union")

    def __getitem__(self, items):
        parameters = self.__parameters__
        if not parameters:
            raise TypeError(f"{self!r} is not a generic class")
        given = bind(self, parameters, items if isinstance(items, tuple) else (items,))
        return union_of(replace(self.__args__, given))

    # Beside a union, what is no class counts as in `Union[...]`: a string is a forward reference.
    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        if not isinstance(other, Union):
            return NotImplemented
        mine, yours = self.__args__, other.__args__
        return len(mine) == len(yours) and all([arg in yours for arg in mine])

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        return " | ".join(["None" if arg is type(None) else shown(arg) for arg in self.__args__])

    def __reduce__(self):
        return union_of, (self.__args__,)


def union_of(items):
    """The union of these types; a single one stands for itself."""
    flat = []
    for item in items:
        if item is None:
            item = type(None)
        for part in item.__args__ if isinstance(item, Union) else (item,):
            if part not in flat:
                flat.append(part)
    if len(flat) == 1:
        return flat[0]
    made = object.__new__(Union)
    object.__setattr__(made, "__args__", tuple(flat))
    return made


def make_union(left, right):
    """`left | right`"""
    for item in (left, right):
        if not (item is None or isinstance(item, (type, GenericAlias, Union)) or _kind(item) == "TypeAliasType"):
            return NotImplemented
    return union_of((left, right))


UnionType = Union
GenericAlias.__module__ = "types"
Union.__module__ = "typing"
_as_builtin(GenericAlias, False)
_as_builtin(Union)
_forwarded(GenericAlias)
_forwarded(Union)
