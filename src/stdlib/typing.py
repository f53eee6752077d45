"""Names for annotations. They can be subscripted and combined; little is checked."""

import collections
import collections.abc
import contextlib
import functools
import operator
import sys
import types
from _generic import Union, bind, miscount, parameters_of, prepare, replace, shown, union_of
from _typevars import NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple
from annotationlib import Format, ForwardRef, get_annotations
from types import GenericAlias

__all__ = [
    "AbstractSet", "Annotated", "Any", "AnyStr", "assert_never", "assert_type", "AsyncContextManager", "AsyncGenerator",
    "AsyncIterable", "AsyncIterator", "Awaitable", "BinaryIO", "ByteString", "Callable", "cast", "ChainMap", "ClassVar",
    "clear_overloads", "Collection", "Concatenate", "Container", "ContextManager", "Coroutine", "Counter",
    "dataclass_transform", "DefaultDict", "Deque", "Dict", "evaluate_forward_ref", "Final", "final", "ForwardRef",
    "FrozenSet", "Generator", "Generic", "get_args", "get_origin", "get_overloads", "get_protocol_members",
    "get_type_hints", "Hashable", "IO", "is_protocol", "is_typeddict", "ItemsView", "Iterable", "Iterator", "KeysView",
    "List", "Literal", "LiteralString", "Mapping", "MappingView", "Match", "MutableMapping", "MutableSequence",
    "MutableSet", "NamedTuple", "Never", "NewType", "no_type_check", "no_type_check_decorator", "NoDefault", "NoReturn",
    "NotRequired", "Optional", "OrderedDict", "overload", "override", "ParamSpec", "ParamSpecArgs", "ParamSpecKwargs",
    "Pattern", "Protocol", "ReadOnly", "Required", "reveal_type", "Reversible", "runtime_checkable", "Self", "Sequence",
    "Set", "Sized", "SupportsAbs", "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt",
    "SupportsRound", "Text", "TextIO", "Tuple", "Type", "TYPE_CHECKING", "TypeAlias", "TypeAliasType", "TypedDict",
    "TypeGuard", "TypeIs", "TypeVar", "TypeVarTuple", "Union", "Unpack", "ValuesView",
]

TYPE_CHECKING = False
Text = str


# What may stand in brackets.


_cleanups = []


def _cached(function=None, /, *, typed=False):
    """Remember what was made of the same parameters; those that cannot be hashed are seen to each time."""
    if function is None:
        return functools.partial(_cached, typed=typed)
    known = functools.lru_cache(typed=typed)(function)
    _cleanups.append(known.cache_clear)

    @functools.wraps(function)
    def subscript(*args):
        try:
            return known(*args)
        except TypeError:
            pass
        return function(*args)

    return subscript


def _forward(text, special=False):
    reference = ForwardRef(text, is_class=special)
    # What is no expression at all is refused where it is written.
    reference.__forward_code__
    return reference


def _as_type(arg, special=False):
    """What `None` and a string stand for."""
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return _forward(arg, special)
    return arg


def _type_check(arg, message, special=False):
    """`arg` as a type; `special` where `ClassVar` and `Final` may stand."""
    if isinstance(arg, type) and arg is not Generic and arg is not Protocol:
        return arg
    arg = _as_type(arg, special)
    if isinstance(arg, _GenericAlias):
        refused = (Generic, Protocol) if special else (Generic, Protocol, ClassVar, Final)
        if arg.__origin__ in refused:
            raise TypeError(f"{arg} is not valid as type argument")
        return arg
    if isinstance(arg, _SpecialForm):
        if not (arg in _PLAIN_TYPES or special and arg in (ClassVar, Final)):
            raise TypeError(f"Plain {arg} is not valid as type argument")
    elif arg is Generic or arg is Protocol:
        raise TypeError(f"Plain {arg} is not valid as type argument")
    elif type(arg) is tuple:
        raise TypeError(f"{message} Got {arg!r:.100}.")
    return arg


def _as_tuple(params):
    return params if isinstance(params, tuple) else (params,)


def _shown(arg):
    if isinstance(arg, tuple):
        return f"[{', '.join(map(_shown, arg))}]"
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == "builtins" else f"{arg.__module__}.{arg.__qualname__}"
    return shown(arg)


def _is_unpacked(arg):
    """Is it `*Ts` or `*tuple[...]`?"""
    if isinstance(arg, _GenericAlias):
        return arg.__origin__ is Unpack
    return isinstance(arg, GenericAlias) and arg.__unpacked__


def _is_parameters(arg):
    """May it stand for the parameters of a function?"""
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec, _ConcatenateGenericAlias))


class _Closed:
    """What only this module derives classes from."""

    def __init_subclass__(cls, /, *args, **kwds):
        if cls.__module__ != "typing":
            raise TypeError("Cannot subclass special typing classes")


class _SpecialForm(_Closed):
    """A special name: `Any`, `Optional`, `ClassVar`, ..."""

    __iter__ = None

    def __init__(self, name, subscript=None):
        self._name = self.__name__ = self.__qualname__ = name
        self._subscript = subscript
        self.__doc__ = None if subscript is None else subscript.__doc__

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")

    @_cached
    def __getitem__(self, params):
        if self._subscript is None:
            raise TypeError(f"{self!r} is not subscriptable")
        return self._subscript(self, params)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __instancecheck__(self, obj):
        raise TypeError(f"{self!r} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self!r} cannot be used with issubclass()")


class _TypedCacheSpecialForm(_SpecialForm):
    """A special name that takes values of which equal ones may differ: 1 and True."""

    def __getitem__(self, params):
        return self._of(*_as_tuple(params))

    @_cached(typed=True)
    def _of(self, *params):
        return self._subscript(self, params)


def _takes_one_type(self, params):
    arg = _type_check(params, f"{self} accepts only single type.", special=self in (ClassVar, Final))
    return _GenericAlias(self, (arg,), self._name)


def _marks_one_type(self, params):
    return _GenericAlias(self, (_type_check(params, f"{self._name} accepts only a single type."),), self._name)


def _optional(self, params):
    """A type or `None`."""
    return Union[_type_check(params, f"{self} requires a single type."), None]


def _literal(self, params):
    """One of several values."""
    flat = []
    for param in params:
        flat.extend(param.__args__ if isinstance(param, _LiteralGenericAlias) else (param,))
    try:
        flat = [value for value, _ in dict.fromkeys([(value, type(value)) for value in flat])]
    except TypeError:
        # What cannot be hashed is compared with nothing.
        pass
    return _LiteralGenericAlias(self, tuple(flat), self._name)


def _annotated(self, params):
    """A type with data that only who asks for it sees."""
    if len(params) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    if getattr(params[0], "__typing_is_unpacked_typevartuple__", False):
        raise TypeError("Annotated[...] should not be used with an unpacked TypeVarTuple")
    origin = _type_check(params[0], "Annotated[t, ...]: t must be a type.", special=True)
    return _AnnotatedAlias(origin, params[1:])


def _concatenate(self, params):
    """Some parameters before those that a `ParamSpec` stands for."""
    params = _as_tuple(params)
    if not params:
        raise TypeError("Cannot take a Concatenate of no types.")
    if not (params[-1] is ... or isinstance(params[-1], ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    message = "Concatenate[arg, ...]: each arg must be a type."
    params = (*[_type_check(param, message) for param in params[:-1]], params[-1])
    return _ConcatenateGenericAlias(self, params, self._name)


def _unpack(self, params):
    """What a `TypeVarTuple` or a tuple stands for, item by item."""
    return _UnpackGenericAlias(self, (_type_check(params, f"{self} accepts only single type."),), self._name)


# Aliases: a name with parameters.


class _GenericAlias(_Closed):
    """A name with parameters: `List[int]`, `Stack[str]`."""

    def __init__(self, origin, args, name=None):
        self.__origin__ = origin
        self.__args__ = args
        self.__parameters__ = parameters_of(args, ordered=origin is Generic or origin is Protocol)
        self._name = name
        if name is None:
            self.__module__ = origin.__module__

    def __repr__(self):
        head = _shown(self.__origin__) if self._name is None else f"typing.{self._name}"
        return f"{head}[{', '.join(map(_shown, self.__args__)) or '()'}]"

    @_cached
    def __getitem__(self, params):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        given = bind(self, self.__parameters__, tuple([_as_type(param) for param in _as_tuple(params)]))
        return self._with(replace(self.__args__, given, flat=self.__origin__ is collections.abc.Callable))

    def _with(self, args):
        return type(self)(self.__origin__, args, self._name)

    def __call__(self, *args, **kwargs):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f"Cannot instantiate {self.__origin__!r}")
        _require_made(self)
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except Exception:
            pass
        return made

    def __getattr__(self, name):
        if "__origin__" not in self.__dict__:
            raise AttributeError(name)
        if name in ("__name__", "__qualname__"):
            return self._name or self.__origin__.__name__
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __setattr__(self, name, value):
        # What is not the alias's own goes to the class, as reading does.
        own = name.startswith("__") and name.endswith("__") or name == "_name"
        if own or isinstance(self.__origin__, _SpecialForm):
            super().__setattr__(name, value)
        else:
            setattr(self.__origin__, name, value)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name and self.__origin__ not in (Generic, Protocol):
            return _entries_of_named(self, bases)
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            place = bases.index(self)
            for other in bases[place + 1 :]:
                if isinstance(other, _GenericAlias) and other is not self:
                    return ()
        return (self.__origin__,)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __instancecheck__(self, obj):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __iter__(self):
        yield Unpack[self]

    def __dir__(self):
        inherited = [name for name in dir(self.__origin__) if not (name.startswith("__") and name.endswith("__"))]
        return sorted({*object.__dir__(self), *inherited})

    def __reduce__(self):
        origin = globals()[self._name] if self._name else self.__origin__
        args = self.__args__
        if len(args) == 1 and not isinstance(args[0], tuple):
            args = args[0]
        return operator.getitem, (origin, args)


def _entries_of_named(alias, bases):
    entries = [alias.__origin__] if alias.__origin__ not in bases else []
    # `Generic` stands behind, unless what follows brings it.
    if not any(map(functools.partial(_brings_generic, bases), bases[bases.index(alias) + 1 :])):
        entries.append(Generic)
    return tuple(entries)


def _brings_generic(bases, base):
    if isinstance(base, (_GenericAlias, _SpecialGenericAlias)):
        return True
    if isinstance(base, type):
        return issubclass(base, Generic)
    entries = getattr(base, "__mro_entries__", None)
    made = entries(bases) if entries is not None else None
    return isinstance(made, tuple) and any(isinstance(one, type) and issubclass(one, Generic) for one in made)


class _CallableGenericAlias(_GenericAlias):
    """`Callable[[int], str]`: the parameters stand flat in `__args__`, the result last."""

    __iter__ = None

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_parameters(args[0]):
            return super().__repr__()
        return f"typing.Callable[[{', '.join(map(_shown, args[:-1]))}], {_shown(args[-1])}]"

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _is_parameters(args[0])):
            args = list(args[:-1]), args[-1]
        return operator.getitem, (Callable, args)


class _ConcatenateGenericAlias(_GenericAlias):
    """`Concatenate[int, P]`: with a list in the place of `P` it is a list itself."""

    __iter__ = None

    def _with(self, args):
        *first, last = args
        if isinstance(last, (list, tuple)):
            return (*first, *last)
        if isinstance(last, _ConcatenateGenericAlias):
            args = (*first, *last.__args__)
        return super()._with(args)


def _is_open(param):
    return isinstance(param, (ParamSpec, _ConcatenateGenericAlias))


class _LiteralGenericAlias(_GenericAlias):
    """`Literal["a", 1]`: the parameters are values."""

    def __init__(self, origin, args, name):
        super().__init__(origin, (), name)
        self.__args__ = args

    def __repr__(self):
        return f"typing.Literal[{', '.join(map(_shown_value, self.__args__)) or '()'}]"

    def __eq__(self, other):
        if not isinstance(other, _LiteralGenericAlias):
            return NotImplemented
        return self._typed() == other._typed()

    def __hash__(self):
        return hash(self._typed())

    def _typed(self):
        return frozenset([(type(value), value) for value in self.__args__])


def _shown_value(value):
    return repr(value) if isinstance(value, (str, tuple)) else shown(value)


class _AnnotatedAlias(_GenericAlias):
    """`Annotated[int, data]`"""

    __iter__ = None

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            origin, metadata = origin.__origin__, origin.__metadata__ + metadata
        super().__init__(origin, (origin,), "Annotated")
        self.__metadata__ = metadata

    def __repr__(self):
        return f"typing.Annotated[{_shown(self.__origin__)}, {', '.join(map(repr, self.__metadata__))}]"

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __mro_entries__(self, bases):
        return self.__origin__.__mro_entries__(bases) if hasattr(self.__origin__, "__mro_entries__") else (self.__origin__,)

    def __reduce__(self):
        return operator.getitem, (Annotated, (self.__origin__, *self.__metadata__))


class _UnpackGenericAlias(_GenericAlias):
    """`*Ts`"""

    def __repr__(self):
        arg = self.__args__[0]
        return f"typing.Unpack[{_shown(arg)}]"

    def __getitem__(self, params):
        if self.__typing_is_unpacked_typevartuple__:
            return params
        return super().__getitem__(params)

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)

    @property
    def __typing_unpacked_tuple_args__(self):
        arg = self.__args__[0]
        if not isinstance(arg, (_GenericAlias, GenericAlias)):
            return None
        if arg.__origin__ is not tuple:
            raise TypeError("Unpack[...] must be used with a tuple type")
        return arg.__args__


def _require_made(alias):
    """The names of the plainest classes make no objects; the classes do."""
    if alias._name in ("List", "Dict", "Set", "FrozenSet", "Tuple", "Type"):
        raise TypeError(f"Type {alias._name} cannot be instantiated; use {alias.__origin__.__name__}() instead")


class _SpecialGenericAlias(_Closed):
    """The name of a class for annotations: `List`, `Dict`, ...; `defaults` stand for the last of its parameters."""

    __iter__ = None

    def __init__(self, origin, name, count=None, defaults=()):
        self.__origin__ = origin
        self._name = self.__name__ = self.__qualname__ = name
        self._count = count
        self._defaults = defaults
        self.__module__ = "typing"
        self.__doc__ = f"A generic version of {origin.__module__}.{origin.__qualname__}."

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name

    @_cached
    def __getitem__(self, params):
        message = "Parameters to generic types must be types."
        params = tuple([_type_check(param, message) for param in _as_tuple(params)])
        count, defaults = self._count, self._defaults
        if count - len(defaults) <= len(params) < count:
            params = (*params, *defaults[len(params) - count :])
        if len(params) != count:
            if not count:
                raise TypeError(f"{self} is not a generic class")
            raise miscount(self, len(params), count, f"at least {count - len(defaults)}" if defaults else count)
        return _GenericAlias(self.__origin__, params, self._name)

    def __call__(self, *args, **kwargs):
        _require_made(self)
        return self.__origin__(*args, **kwargs)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__") or "__origin__" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __mro_entries__(self, bases):
        return _entries_of_named(self, bases)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            cls = cls.__origin__
        if isinstance(cls, _GenericAlias):
            raise TypeError("Subscripted generics cannot be used with class and instance checks")
        return issubclass(cls, self.__origin__)


class _DeprecatedGenericAlias(_SpecialGenericAlias):
    """One that warns when an object is tried."""

    def __instancecheck__(self, obj):
        import warnings

        message = f"'typing.{self._name}' is deprecated and slated for removal in Python 3.17"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return super().__instancecheck__(obj)


class _TupleType(_SpecialGenericAlias):
    """`Tuple`, which takes any number of types."""

    @_cached
    def __getitem__(self, params):
        message = "Tuple[t0, t1, ...]: each t must be a type."
        params = tuple([_type_check(param, message) for param in _as_tuple(params)])
        return _GenericAlias(tuple, params, "Tuple")


class _CallableType(_SpecialGenericAlias):
    """`Callable`, which takes a list and a type."""

    def __getitem__(self, params):
        if not (isinstance(params, tuple) and len(params) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        given, result = params
        return self._of(tuple(given) if isinstance(given, list) else given, result)

    @_cached
    def _of(self, given, result):
        result = _type_check(result, "Callable[args, result]: result must be a type.")
        given = given if isinstance(given, tuple) else (given,)
        args = (*[_as_type(one) for one in given], result)
        return _CallableGenericAlias(collections.abc.Callable, args, "Callable")


# The names.


Optional = _SpecialForm("Optional", _optional)
ClassVar = _SpecialForm("ClassVar", _takes_one_type)
Final = _SpecialForm("Final", _takes_one_type)
Literal = _TypedCacheSpecialForm("Literal", _literal)
LiteralString = _SpecialForm("LiteralString")
Annotated = _TypedCacheSpecialForm("Annotated", _annotated)
NoReturn = _SpecialForm("NoReturn")
Never = _SpecialForm("Never")
Self = _SpecialForm("Self")
Concatenate = _SpecialForm("Concatenate", _concatenate)
TypeAlias = _SpecialForm("TypeAlias")
TypeGuard = _SpecialForm("TypeGuard", _takes_one_type)
TypeIs = _SpecialForm("TypeIs", _takes_one_type)
Unpack = _SpecialForm("Unpack", _unpack)
Required = _SpecialForm("Required", _marks_one_type)
NotRequired = _SpecialForm("NotRequired", _marks_one_type)
ReadOnly = _SpecialForm("ReadOnly", _marks_one_type)

_PLAIN_TYPES = (LiteralString, NoReturn, Never, Self, TypeAlias)

List = _SpecialGenericAlias(list, "List", 1)
Dict = _SpecialGenericAlias(dict, "Dict", 2)
Set = _SpecialGenericAlias(set, "Set", 1)
FrozenSet = _SpecialGenericAlias(frozenset, "FrozenSet", 1)
Tuple = _TupleType(tuple, "Tuple")
Type = _SpecialGenericAlias(type, "Type", 1)
Deque = _SpecialGenericAlias(collections.deque, "Deque", 1)
DefaultDict = _SpecialGenericAlias(collections.defaultdict, "DefaultDict", 2)
OrderedDict = _SpecialGenericAlias(collections.OrderedDict, "OrderedDict", 2)
Counter = _SpecialGenericAlias(collections.Counter, "Counter", 1)
ChainMap = _SpecialGenericAlias(collections.ChainMap, "ChainMap", 2)
Callable = _CallableType(collections.abc.Callable, "Callable")
ContextManager = _SpecialGenericAlias(contextlib.AbstractContextManager, "ContextManager", 2, (bool | None,))
AsyncContextManager = _SpecialGenericAlias(
    contextlib.AbstractAsyncContextManager, "AsyncContextManager", 2, (bool | None,)
)
AbstractSet = _SpecialGenericAlias(collections.abc.Set, "AbstractSet", 1)
Generator = _SpecialGenericAlias(collections.abc.Generator, "Generator", 3, (type(None), type(None)))
AsyncGenerator = _SpecialGenericAlias(collections.abc.AsyncGenerator, "AsyncGenerator", 2, (type(None),))
for _name, _count in {
    "Hashable": 0, "Sized": 0, "Iterable": 1, "Iterator": 1, "Reversible": 1, "Container": 1,
    "Collection": 1, "Sequence": 1, "MutableSequence": 1, "Mapping": 2, "MutableMapping": 2, "MappingView": 1,
    "KeysView": 1, "ItemsView": 2, "ValuesView": 1, "MutableSet": 1, "Awaitable": 1, "Coroutine": 3,
    "AsyncIterable": 1, "AsyncIterator": 1,
}.items():
    globals()[_name] = _SpecialGenericAlias(getattr(collections.abc, _name), _name, _count)
del _name, _count


class _AnyMeta(type):
    def __repr__(cls):
        return "typing.Any" if cls is Any else super().__repr__()

    def __instancecheck__(cls, obj):
        if cls is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)


class Any(metaclass=_AnyMeta):
    """Anything."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


# Generic classes and protocols.


class Generic:
    """The base of classes that can be subscripted."""

    __slots__ = ()

    @_cached
    def __class_getitem__(cls, params):
        params = _as_tuple(params)
        if cls is Generic or cls is Protocol:
            return _declared(cls, params)
        given = prepare(cls, cls.__parameters__, tuple([_as_type(param) for param in params]))
        count = len(cls.__parameters__)
        if not count:
            raise TypeError(f"{cls} is not a generic class")
        if len(given) != count:
            defaulted = len([one for one in cls.__parameters__[len(given):] if one.has_default()])
            expected = f"at least {count - defaulted}" if defaulted else count
            raise miscount(cls, len(given), count, expected)
        args = []
        for parameter, value in zip(cls.__parameters__, given):
            if isinstance(parameter, TypeVarTuple):
                args.extend(value)
            else:
                args.append(value)
        return _GenericAlias(cls, tuple(args))

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        original = cls.__dict__.get("__orig_bases__")
        if original is None:
            if Generic in cls.__bases__ and cls.__name__ != "Protocol" and type(cls) is not _TypedDictMeta:
                raise TypeError("Cannot inherit from plain Generic")
            cls.__parameters__ = ()
            return
        if Generic in original:
            raise TypeError("Cannot inherit from plain Generic")
        used = parameters_of(original)
        declared = None
        for base in original:
            if isinstance(base, _GenericAlias) and base.__origin__ is Generic:
                if declared is not None:
                    raise TypeError("Cannot inherit from Generic[...] multiple times.")
                declared = base.__parameters__
        if declared is None:
            declared = used
        elif not set(used) <= set(declared):
            missing = ", ".join([str(one) for one in used if one not in declared])
            listed = ", ".join([str(one) for one in declared])
            raise TypeError(f"Some type variables ({missing}) are not listed in Generic[{listed}]")
        cls.__parameters__ = tuple(declared)


def _declared(cls, params):
    if not params:
        raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
    for param in params:
        if not (isinstance(param, (TypeVar, ParamSpec)) or getattr(param, "__typing_is_unpacked_typevartuple__", False)):
            raise TypeError(
                f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables."
            )
    if len(set(params)) != len(params):
        raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
    return _GenericAlias(cls, params, cls.__name__)


class _ProtocolMeta(type(collections.abc.Sized)):
    def __call__(cls, *args, **kwargs):
        if cls.__dict__.get("_is_protocol"):
            raise TypeError("Protocols cannot be instantiated")
        return super().__call__(*args, **kwargs)

    def __instancecheck__(cls, instance):
        if cls is Protocol:
            return type.__instancecheck__(cls, instance)
        if not cls.__dict__.get("_is_protocol"):
            return super().__instancecheck__(instance)
        if not cls.__dict__.get("_is_runtime_protocol") and not _asked_by_abc():
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if super().__instancecheck__(instance):
            return True
        for name in cls._members():
            found = _found_in(instance, name)
            # `None` is a value for data, not for a method.
            if found is _absent or found is None and callable(getattr(cls, name, None)):
                return False
        return True

    def __subclasscheck__(cls, subclass):
        if cls is Protocol:
            return type.__subclasscheck__(cls, subclass)
        if not cls.__dict__.get("_is_protocol"):
            return super().__subclasscheck__(subclass)
        if not _asked_by_abc():
            if not isinstance(subclass, type):
                raise TypeError("issubclass() arg 1 must be a class")
            if not cls.__dict__.get("_is_runtime_protocol"):
                raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            data = sorted([name for name in cls._members() if not callable(getattr(cls, name, None))])
            if data and cls.__subclasshook__.__func__ is Protocol.__subclasshook__.__func__:
                raise TypeError(
                    "Protocols with non-method members don't support issubclass()."
                    f" Non-method members: {str(data)[1:-1]}."
                )
        return super().__subclasscheck__(subclass)

    def _members(cls):
        return cls.__protocol_attrs__

    def _members_of_body(cls):
        """The names that a class and its bases ask for, worked out before decorators add to it."""
        names = set()
        for base in cls.__mro__[:-1]:
            if base is Generic or base.__name__ == "Protocol" and base.__module__ == "typing":
                continue
            names.update([name for name in base.__dict__ if not name.startswith("_abc_") and name not in _NO_MEMBERS])
            names.update(get_annotations(base, format=Format.FORWARDREF))
        return names


_absent = object()


def _asked_by_abc():
    """Is it an abstract class, looking at its subclasses, that asks a protocol? Then it may."""
    return sys._getframemodulename(2) in ("abc", "functools")


def _found_in(instance, name):
    """An attribute, without running code of the program."""
    try:
        own = object.__getattribute__(instance, "__dict__")
    except AttributeError:
        own = {}
    if name in own:
        return own[name]
    for base in (*(instance.__mro__ if isinstance(instance, type) else ()), *type(instance).__mro__):
        if name in base.__dict__:
            return base.__dict__[name]
    return _absent


_NO_MEMBERS = {
    "__module__", "__qualname__", "__doc__", "__dict__", "__weakref__", "__init__", "__slots__", "__abstractmethods__",
    "__annotations__", "__annotations_cache__", "__parameters__", "__orig_bases__", "_is_protocol",
    "_is_runtime_protocol", "__init_subclass__", "__class_getitem__", "__subclasshook__", "__new__",
    "__firstlineno__", "__static_attributes__", "__annotate__", "__annotate_func__", "__match_args__", "__hash__",
    "__type_params__", "__protocol_attrs__",
}


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base of classes that say which attributes others must have."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    @classmethod
    def __subclasshook__(cls, other):
        if cls is Protocol or not cls.__dict__.get("_is_protocol"):
            return NotImplemented
        for name in cls._members():
            for base in other.__mro__:
                if name in base.__dict__:
                    if base.__dict__[name] is None:
                        return NotImplemented
                    break
                if getattr(other, "_is_protocol", False) and name in get_annotations(base, format=Format.FORWARDREF):
                    break
            else:
                return NotImplemented
        return True

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if "_is_protocol" not in cls.__dict__:
            cls._is_protocol = Protocol in cls.__bases__
        if cls._is_protocol:
            cls.__protocol_attrs__ = cls._members_of_body()
            if "__subclasshook__" not in cls.__dict__:
                # Before that of another base: what the protocol asks for counts.
                cls.__subclasshook__ = classmethod(Protocol.__subclasshook__.__func__)
            for base in cls.__bases__:
                known = base in (object, Generic) or base.__name__ in _NEARLY_PROTOCOLS.get(base.__module__, ())
                if not known and not base.__dict__.get("_is_protocol"):
                    raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")


# Classes that say what their objects do, as protocols do, without being protocols.
_NEARLY_PROTOCOLS = {
    "collections.abc": {
        "AsyncIterable", "AsyncIterator", "Awaitable", "Buffer", "Callable", "Collection", "Container", "Hashable",
        "Iterable", "Iterator", "Reversible", "Sized",
    },
    "contextlib": {"AbstractAsyncContextManager", "AbstractContextManager"},
    "io": {"Reader", "Writer"},
    "os": {"PathLike"},
}


def runtime_checkable(cls):
    """Let isinstance() look whether an object has what a protocol says."""
    if not (isinstance(cls, type) and cls.__dict__.get("_is_protocol")):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


def is_protocol(tp, /):
    """Is it a protocol class?"""
    return isinstance(tp, type) and bool(tp.__dict__.get("_is_protocol")) and tp is not Protocol


def get_protocol_members(tp, /):
    """The names of what a protocol asks for."""
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    return frozenset(tp._members())


@runtime_checkable
class SupportsInt(Protocol):
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    def __float__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    def __complex__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    def __bytes__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    def __index__(self):
        pass


AnyStr = TypeVar("AnyStr", bytes, str)
T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")


class IO(Generic[AnyStr]):
    """What `open()` gives: `TextIO` is `IO[str]`, `BinaryIO` is `IO[bytes]`."""

    __slots__ = ()

    @property
    def mode(self) -> str: ...
    @property
    def name(self) -> str: ...
    def close(self) -> None: ...
    @property
    def closed(self) -> bool: ...
    def fileno(self) -> int: ...
    def flush(self) -> None: ...
    def isatty(self) -> bool: ...
    def read(self, n: int = -1) -> AnyStr: ...
    def readable(self) -> bool: ...
    def readline(self, limit: int = -1) -> AnyStr: ...
    def readlines(self, hint: int = -1) -> List[AnyStr]: ...
    def seek(self, offset: int, whence: int = 0) -> int: ...
    def seekable(self) -> bool: ...
    def tell(self) -> int: ...
    def truncate(self, size: int | None = None) -> int: ...
    def writable(self) -> bool: ...
    def write(self, s: AnyStr) -> int: ...
    def writelines(self, lines: List[AnyStr]) -> None: ...
    def __enter__(self) -> IO[AnyStr]: ...
    def __exit__(self, type, value, traceback) -> None: ...


class BinaryIO(IO[bytes]):
    """A file of bytes."""

    __slots__ = ()

    def write(self, s: bytes | bytearray) -> int: ...
    def __enter__(self) -> BinaryIO: ...


class TextIO(IO[str]):
    """A file of text."""

    __slots__ = ()

    @property
    def buffer(self) -> BinaryIO: ...
    @property
    def encoding(self) -> str: ...
    @property
    def errors(self) -> str | None: ...
    @property
    def line_buffering(self) -> bool: ...
    @property
    def newlines(self) -> Any: ...
    def __enter__(self) -> TextIO: ...

_T_co = TypeVar("T_co", covariant=True)


@runtime_checkable
class SupportsAbs(Protocol[_T_co]):
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol[_T_co]):
    def __round__(self, ndigits=0):
        pass


# Types made from others.


class NewType:
    """A type that is another type under a name of its own."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        self.__module__ = sys._getframemodulename(1)

    def __call__(self, x, /):
        return x

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __mro_entries__(self, bases):
        name = self.__name__

        class Refused:
            def __init_subclass__(cls):
                raise TypeError(
                    "Cannot subclass an instance of NewType. Perhaps you were looking for:"
                    f" `{cls.__name__} = NewType({cls.__name__!r}, {name})`"
                )

        return (Refused,)


def _annotations_left_in(namespace):
    """The annotations of a class body that has run."""
    known = namespace.get("__annotations__")
    if known is not None:
        return dict(known)
    annotate = namespace.get("__annotate__") or namespace.get("__annotate_func__")
    if annotate is None:
        return {}
    from annotationlib import call_annotate_function

    return call_annotate_function(annotate, Format.FORWARDREF)


_LEFT_BY_BODIES = frozenset((
    "__module__", "__qualname__", "__annotations__", "__annotate__", "__annotate_func__", "__classcell__",
    "__classdictcell__", "__orig_bases__", "__firstlineno__", "__static_attributes__",
))


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        fields = {name: _type_check(kind, f"field {name} annotation must be a type")
                  for name, kind in _annotations_left_in(ns).items()}
        defaults = []
        for name in fields:
            if name in ns:
                defaults.append(name)
            elif defaults:
                raise TypeError(
                    f"Non-default namedtuple field {name} cannot follow default field"
                    f"{'s' if len(defaults) > 1 else ''} {', '.join(defaults)}"
                )
        made = _namedtuple_of(typename, fields, [ns[name] for name in defaults], ns["__module__"])
        made.__bases__ = tuple([tuple if base is _NamedTuple else base for base in bases])
        # Where the class stands, for `inspect` and `pickle`.
        for key in ("__qualname__", "__firstlineno__", "__static_attributes__"):
            if key in ns:
                setattr(made, key, ns[key])
        for key, value in ns.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make",
                       "_replace", "_asdict", "_source"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key in _LEFT_BY_BODIES:
                continue
            if key not in fields:
                setattr(made, key, value)
            set_name = getattr(type(value), "__set_name__", None)
            if set_name is not None:
                try:
                    set_name(value, made, key)
                except BaseException as error:
                    kind = type(value).__name__
                    error.add_note(f"Error calling __set_name__ on {kind!r} instance {key!r} in {typename!r}")
                    raise
        if Generic in bases:
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
            made.__orig_bases__ = ns.get("__orig_bases__")
            made.__init_subclass__()
        else:
            made.__orig_bases__ = (NamedTuple,)
        return made


def _namedtuple_of(typename, fields, defaults, module):
    made = collections.namedtuple(typename, list(fields), defaults=defaults, module=module)
    made.__annotations__ = dict(fields)
    return made


def _fields_given(what, fields, empty, keywords=None):
    """The fields of a `NamedTuple` or `TypedDict`: those by keyword, and giving none at all, are on their way out."""
    import warnings

    if keywords and fields is None:
        raise TypeError("Cannot pass `None` as the 'fields' parameter and also specify fields using keyword arguments")
    if keywords and fields is not _absent:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    if keywords:
        message = (
            "Creating NamedTuple classes using keyword arguments is deprecated and will be disallowed in Python 3.15. "
            "Use the class-based or functional syntax instead."
        )
        fields = keywords.items()
    elif fields is None or fields is _absent:
        how = "Passing `None` as" if fields is None else "Failing to pass a value for"
        kind, blank, name = empty
        message = (
            f"{how} the 'fields' parameter is deprecated and will be disallowed in Python 3.15. To create a {what} class "
            f"with 0 fields using the functional syntax, pass an empty {kind}, e.g. `{name} = {what}({name!r}, {blank})`."
        )
        fields = ()
    else:
        return fields
    warnings.warn(message, DeprecationWarning, stacklevel=3)
    return fields


def NamedTuple(typename, fields=_absent, /, **kwargs):
    """A tuple whose items have names and types."""
    fields = _fields_given("NamedTuple", fields, ("list", "[]", typename), kwargs)
    fields = {name: _type_check(kind, f"field {name} annotation must be a type") for name, kind in fields}
    made = _namedtuple_of(typename, fields, [], sys._getframemodulename(1))
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})


def _named_tuple_entries(bases):
    return (_NamedTuple,)


NamedTuple.__mro_entries__ = _named_tuple_entries


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True, closed=None, extra_items=NoDefault):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        generic = (Generic,) if any([issubclass(base, Generic) for base in bases]) else ()
        own = _annotations_left_in(ns)
        body = {key: value for key, value in ns.items() if "annotat" not in key}
        made = type.__new__(cls, name, (*generic, dict), body)
        if not hasattr(made, "__orig_bases__"):
            made.__orig_bases__ = bases
        annotations = {}
        required, optional, readonly, mutable = set(), set(), set(), set()
        for base in bases:
            annotations.update(getattr(base, "__annotations__", {}))
            needed, left_out = [base.__dict__.get(keys, frozenset()) for keys in ("__required_keys__", "__optional_keys__")]
            required = (required | needed) - left_out
            optional = (optional - needed) | left_out
            readonly |= base.__dict__.get("__readonly_keys__", frozenset())
            mutable |= base.__dict__.get("__mutable_keys__", frozenset())
        for key, kind in own.items():
            if isinstance(kind, str):
                kind = ForwardRef(kind, module=made.__module__)
            kind = _type_check(kind, "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type")
            annotations[key] = kind
            marks = _marks_of(kind)
            needed = Required in marks or total and NotRequired not in marks
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
            if ReadOnly not in marks:
                mutable.add(key)
                readonly.discard(key)
            elif key in mutable:
                raise TypeError(f"Cannot override mutable key {key!r} with read-only key")
            else:
                readonly.add(key)
        made.__annotations__ = annotations
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__readonly_keys__ = frozenset(readonly)
        made.__mutable_keys__ = frozenset(mutable)
        made.__total__ = total
        return made

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")

    __subclasscheck__ = __instancecheck__


def _marks_of(kind):
    """The qualifiers around a type: `Required`, `ReadOnly`, ..."""
    marks = []
    while isinstance(kind, _GenericAlias):
        if kind.__origin__ in (Required, NotRequired, ReadOnly):
            marks.append(kind.__origin__)
            kind = kind.__args__[0]
        elif isinstance(kind, _AnnotatedAlias):
            kind = kind.__origin__
        else:
            break
    return marks


def TypedDict(typename, fields=_absent, /, *, total=True):
    """A dict with certain keys."""
    fields = _fields_given("TypedDict", fields, ("dictionary", "{}", typename))
    ns = {"__annotations__": dict(fields), "__module__": sys._getframemodulename(1)}
    made = _TypedDictMeta(typename, (), ns, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})


def _typed_dict_entries(bases):
    return (_TypedDict,)


TypedDict.__mro_entries__ = _typed_dict_entries


def is_typeddict(tp):
    """Is it a `TypedDict` class?"""
    return isinstance(tp, _TypedDictMeta) and tp is not _TypedDict


# What a checker reads, and what only passes its argument on.


def cast(typ, val):
    """The value, taken to be of a type."""
    return val


def assert_type(val, typ, /):
    """The value; a checker looks whether it is of the type."""
    return val


def reveal_type(obj, /):
    """The object; its type is written to standard error."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


_ASSERT_NEVER_REPR_MAX_LENGTH = 100


def assert_never(arg, /):
    """Never reached."""
    text = repr(arg)
    if len(text) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        text = text[:_ASSERT_NEVER_REPR_MAX_LENGTH] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {text}")


def _marked(obj, name):
    try:
        setattr(obj, name, True)
    except (AttributeError, TypeError):
        pass
    return obj


def final(f):
    """Mark what must not be overridden."""
    return _marked(f, "__final__")


def override(method, /):
    """Mark what overrides."""
    return _marked(method, "__override__")


def no_type_check(arg):
    """Mark what is not to be checked: a function, or a class with all its own methods and classes."""
    if isinstance(arg, type):
        for value in arg.__dict__.values():
            inner = getattr(value, "__func__", value)
            if getattr(inner, "__module__", None) != arg.__module__:
                continue
            own = getattr(inner, "__qualname__", None) == f"{arg.__qualname__}.{getattr(inner, '__name__', None)}"
            if own and isinstance(inner, types.FunctionType):
                _marked(inner, "__no_type_check__")
            elif own and isinstance(inner, type):
                no_type_check(inner)
    return _marked(arg, "__no_type_check__")


def no_type_check_decorator(decorator):
    """A decorator that marks what another one makes (deprecated)."""
    import functools
    import warnings

    message = "'typing.no_type_check_decorator' is deprecated and slated for removal in Python 3.15"
    warnings.warn(message, DeprecationWarning, stacklevel=2)

    @functools.wraps(decorator)
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))

    return wrapped


_overload_registry = collections.defaultdict(functools.partial(collections.defaultdict, dict))


def overload(func):
    """One of several signatures of a function; the implementation comes last."""
    function = getattr(func, "__func__", func)
    try:
        of_module = _overload_registry[function.__module__]
        of_module[function.__qualname__][function.__code__.co_firstlineno] = func
    except AttributeError:
        pass
    return _overload_dummy


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module"
        " should always be followed by an implementation that is not @overload-ed."
    )


def get_overloads(func):
    """The signatures that `overload` saw for a function."""
    function = getattr(func, "__func__", func)
    of_module = _overload_registry.get(function.__module__, {})
    return list(of_module.get(function.__qualname__, {}).values())


def clear_overloads():
    """Forget every signature that `overload` saw."""
    _overload_registry.clear()


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, frozen_default=False,
                        field_specifiers=(), **kwargs):
    """Mark what makes dataclasses."""

    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default, "order_default": order_default, "kw_only_default": kw_only_default,
            "frozen_default": frozen_default, "field_specifiers": field_specifiers, "kwargs": kwargs,
        }
        return cls_or_fn

    return decorator


# Looking at annotations.


def get_origin(tp):
    """What was subscripted."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_GenericAlias, _SpecialGenericAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return Union if isinstance(tp, Union) else None


def get_args(tp):
    """The parameters it was subscripted with."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__, *tp.__metadata__)
    if not isinstance(tp, (_GenericAlias, GenericAlias, Union)):
        return ()
    args = tp.__args__
    if get_origin(tp) is collections.abc.Callable and not (len(args) == 2 and (args[0] is ... or _is_open(args[0]))):
        return list(args[:-1]), args[-1]
    return args


def _evaluated(value, globals, names, seen=frozenset()):
    """`value` with the names in it looked up; what refers to itself, by one of the names `seen`, stays a reference there."""
    if isinstance(value, str):
        value = _forward(value)
    if isinstance(value, ForwardRef):
        text = value.__forward_arg__
        if text in seen:
            return value
        # What is not known where it was found may be known where it was written.
        written = sys.modules.get(value.__forward_module__)
        if written is not None and vars(written) is not globals:
            names, globals = collections.ChainMap({} if names is None else names, globals), vars(written)
        return _evaluated(value.evaluate(globals=globals, locals=names), globals, names, seen | {text})
    if isinstance(value, list):
        return [_evaluated(one, globals, names, seen) for one in value]
    if isinstance(value, _LiteralGenericAlias) or not isinstance(value, (_GenericAlias, GenericAlias, Union)):
        return value
    if isinstance(value, _AnnotatedAlias):
        return _AnnotatedAlias(_evaluated(value.__origin__, globals, names, seen), value.__metadata__)
    args = tuple([_evaluated(arg, globals, names, seen) for arg in value.__args__])
    if isinstance(value, GenericAlias) and value.__unpacked__:
        return Unpack[GenericAlias(value.__origin__, args)]
    if args == value.__args__:
        return value
    if isinstance(value, Union):
        return union_of(args)
    if isinstance(value, GenericAlias):
        return GenericAlias(value.__origin__, args)
    return value._with(args)


def _without_extras(value):
    if isinstance(value, _AnnotatedAlias):
        return _without_extras(value.__origin__)
    if getattr(value, "__origin__", None) in (Required, NotRequired, ReadOnly):
        return _without_extras(value.__args__[0])
    if isinstance(value, _LiteralGenericAlias) or not isinstance(value, (_GenericAlias, GenericAlias, Union)):
        return value
    args = tuple([_without_extras(arg) for arg in value.__args__])
    if args == value.__args__:
        return value
    if isinstance(value, Union):
        return union_of(args)
    return GenericAlias(value.__origin__, args) if isinstance(value, GenericAlias) else value._with(args)


# What may have no annotations at all.
_WITHOUT_HINTS = (
    types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType, types.WrapperDescriptorType,
    types.MethodWrapperType, types.MethodDescriptorType,
)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False, *, format=Format.VALUE):
    """The annotations of an object, names in strings looked up."""
    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            names = getattr(sys.modules.get(base.__module__), "__dict__", {}) if globalns is None else globalns
            around = {**{one.__name__: one for one in base.__type_params__}, **vars(base)} if localns is None else localns
            for name, value in get_annotations(base, format=format).items():
                hints[name] = _hint(value, names, around, format)
    else:
        around = obj
        while hasattr(around, "__wrapped__"):
            around = around.__wrapped__
        if globalns is None:
            globalns = obj.__dict__ if isinstance(obj, types.ModuleType) else getattr(around, "__globals__", {})
            localns = globalns if localns is None else localns
        elif localns is None:
            localns = globalns
        if getattr(obj, "__annotations__", None) is None:
            if isinstance(obj, _WITHOUT_HINTS):
                return {}
            raise TypeError(f"{obj!r} does not have annotations")
        parameters = {one.__name__: one for one in getattr(obj, "__type_params__", ())}
        for name, value in get_annotations(obj, format=format).items():
            hints[name] = _hint(value, globalns, {**localns, **parameters}, format)
    if include_extras or format == Format.STRING:
        return hints
    return {name: _without_extras(value) for name, value in hints.items()}


def _hint(value, globals, names, format):
    if format == Format.STRING:
        return value
    value = _evaluated(value, globals, names)
    return type(None) if value is None else value


def evaluate_forward_ref(forward_ref, *, owner=None, globals=None, locals=None, type_params=None, format=None):
    """What a forward reference stands for."""
    format = Format.VALUE if format is None else format
    value = forward_ref.evaluate(globals=globals, locals=locals, type_params=type_params, owner=owner, format=format)
    return value if format == Format.STRING else _evaluated(value, globals, locals)


def __getattr__(name):
    """What needs a module of its own, or is on its way out, is made when it is asked for."""
    if name in ("Pattern", "Match"):
        import re

        made = _SpecialGenericAlias(getattr(re, name), name, 1)
    elif name == "ByteString":
        made = _DeprecatedGenericAlias(collections.abc.ByteString, name, 0)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = made
    return made
