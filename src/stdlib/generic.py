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


def parameters_of(args, ordered=False):
    """The type parameters in `args`, each once, in the order they come; `ordered` ones have their defaults last."""
    found = []
    defaulted = many = False
    for arg in args:
        if isinstance(arg, type):
            continue
        if isinstance(arg, (list, tuple)):
            inner = parameters_of(arg)
        elif hasattr(arg, "__typing_subst__"):
            inner = (arg,)
            if ordered and arg not in found:
                if arg.has_default():
                    if many:
                        raise TypeError("Type parameter with a default follows TypeVarTuple")
                    defaulted = True
                elif defaulted:
                    raise TypeError(
                        f"Type parameter {arg!r} without a default follows type parameter with a default"
                    )
        else:
            many = many or getattr(arg, "__typing_is_unpacked_typevartuple__", False)
            inner = getattr(arg, "__parameters__", ())
        for parameter in inner:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


def unpacked(items):
    """`items`, with the items of an unpacked tuple whose length is known in its place."""
    flat = []
    for item in items:
        inner = getattr(item, "__typing_unpacked_tuple_args__", None)
        if inner is None or inner and inner[-1] is ...:
            flat.append(item)
        else:
            flat.extend(inner)
    return tuple(flat)


def prepare(alias, parameters, items):
    """`items` as the parameters want them: defaults filled in, what stands for many in a tuple."""
    for parameter in parameters:
        shape = getattr(parameter, "__typing_prepare_subst__", None)
        if shape is not None:
            items = shape(alias, items)
    return items


def bind(alias, parameters, items):
    """Which item stands for which parameter; for a `TypeVarTuple` a tuple of items."""
    items = prepare(alias, parameters, unpacked(items))
    if len(items) != len(parameters):
        raise miscount(alias, len(items), len(parameters), len(parameters))
    return dict(zip(parameters, items))


def miscount(alias, given, wanted, expected):
    return TypeError(f"Too {'many' if given > wanted else 'few'} arguments for {alias}; actual {given}, expected {expected}")


def replace(args, given, flat=False):
    """`args` with the parameters in them replaced; `flat` if what stands for several parameters is spread."""
    made = []
    for arg in args:
        if isinstance(arg, type):
            made.append(arg)
            continue
        if isinstance(arg, (list, tuple)):
            made.append(type(arg)(replace(arg, given)))
            continue
        substitute = getattr(arg, "__typing_subst__", None)
        if substitute is not None:
            new = substitute(given[arg])
        else:
            new = arg
            inner = getattr(arg, "__parameters__", ())
            if inner:
                items = []
                for parameter in inner:
                    value = given[parameter]
                    if _kind(parameter) == "TypeVarTuple" and isinstance(value, tuple):
                        items.extend(value)
                    else:
                        items.append(value)
                new = arg[tuple(items)]
        if isinstance(new, tuple) and (flat or getattr(arg, "__typing_is_unpacked_typevartuple__", False)):
            made.extend(new)
        else:
            made.append(new)
    return tuple(made)


_OWN = frozenset((
    "__origin__", "__args__", "__parameters__", "__mro_entries__", "__reduce_ex__", "__reduce__", "__unpacked__",
    "__typing_unpacked_tuple_args__", "__class__",
))
# What the class has that is not the alias's.
_NOT_PASSED_ON = frozenset(("__bases__", "__copy__", "__deepcopy__"))


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
        if name in _NOT_PASSED_ON:
            raise AttributeError(f"'types.GenericAlias' object has no attribute '{name}'", name=name, obj=self)
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
        message = "Union[arg, ...]: each arg must be a type."
        return union_of([param if isinstance(param, type) else _type_check(param, message) for param in params])

    def __getattr__(self, name):
        if name in ("__name__", "__qualname__"):
            return "Union"
        raise AttributeError(f"'typing.Union' object has no attribute '{name}'", name=name, obj=self)

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
_forwarded(GenericAlias, GenericAlias(list, int))
_forwarded(Union)
