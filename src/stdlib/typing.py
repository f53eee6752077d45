"""Names for annotations. They can be subscripted and combined; nothing is checked."""

import collections
import collections.abc
import contextlib
import sys
import types
from collections import namedtuple
from types import GenericAlias

TYPE_CHECKING = False


class _Form:
    """A special name: `Any`, `Optional`, `ClassVar`, ..."""

    def __init__(self, name, doc=None):
        self._name = name
        self.__doc__ = doc

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        if self._name == "Union":
            return _union(params)
        if self._name == "Optional":
            return _union((params[0], None))
        return _Alias(self, params, self._name)

    def __or__(self, other):
        return _union((self, other))

    def __ror__(self, other):
        return _union((other, self))

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __hash__(self):
        return hash(self._name)

    def __eq__(self, other):
        return self is other


def _shown(arg):
    if arg is type(None):
        return "None"
    if arg is ...:
        return "..."
    if isinstance(arg, type) and not isinstance(arg, GenericAlias):
        if arg.__module__ == "builtins":
            return arg.__qualname__
        return f"{arg.__module__}.{arg.__qualname__}"
    if isinstance(arg, (list, tuple)):
        return f"[{', '.join(map(_shown, arg))}]"
    return repr(arg)


class _Alias:
    """A name with parameters: `List[int]`."""

    def __init__(self, origin, args, name=None):
        self.__origin__ = origin
        self.__args__ = args
        self._name = name
        found = []
        for arg in args:
            for parameter in (arg,) if isinstance(arg, TypeVar) else getattr(arg, "__parameters__", ()):
                if parameter not in found:
                    found.append(parameter)
        self.__parameters__ = tuple(found)

    def __repr__(self):
        if self._name is not None:
            head = f"typing.{self._name}"
        else:
            head = _shown(self.__origin__)
        if self._name == "Callable" and self.__args__ and self.__args__[0] is not ...:
            *params, result = self.__args__
            return f"{head}[[{', '.join(map(_shown, params))}], {_shown(result)}]"
        if self._name == "Literal":
            return f"{head}[{', '.join(map(repr, self.__args__))}]"
        return f"{head}[{', '.join(map(_shown, self.__args__)) or '()'}]"

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        given = dict(zip(self.__parameters__, params))
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        return _Alias(self.__origin__, tuple([_substituted(arg, given) for arg in self.__args__]), self._name)

    def __call__(self, *args, **kwargs):
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except Exception:
            pass
        return made

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _Form):
            if self._name in ("Generic", "Protocol"):
                return (Generic,)
            return ()
        if self.__origin__ is Generic or self.__origin__ is Protocol:
            place = bases.index(self)
            for other in bases[place + 1 :]:
                if isinstance(other, _Alias) or (isinstance(other, type) and issubclass(other, Generic)):
                    return ()
            return (self.__origin__,)
        if Generic not in bases and not any(isinstance(base, type) and issubclass(base, Generic) for base in bases):
            if not issubclass(self.__origin__, Generic) and self.__parameters__:
                return (self.__origin__, Generic)
        return (self.__origin__,)

    def __or__(self, other):
        return _union((self, other))

    def __ror__(self, other):
        return _union((other, self))

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __instancecheck__(self, obj):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")


def _substituted(arg, given):
    if isinstance(arg, TypeVar):
        return given.get(arg, arg)
    if isinstance(arg, _Alias) and arg.__parameters__:
        return arg[tuple([given.get(parameter, parameter) for parameter in arg.__parameters__])]
    return arg


class _UnionAlias(_Alias):
    """A union that the language's own `|` cannot express."""

    def __init__(self, args):
        _Alias.__init__(self, Union, args, "Union")

    def __repr__(self):
        return " | ".join(_shown(arg) for arg in self.__args__)

    def __eq__(self, other):
        if not isinstance(other, _UnionAlias):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))


def _union(params):
    flat = []
    for param in params:
        if param is None:
            param = type(None)
        parts = param.__args__ if isinstance(param, (types.UnionType, _UnionAlias)) else (param,)
        for part in parts:
            if part not in flat:
                flat.append(part)
    if len(flat) == 1:
        return flat[0]
    if all(isinstance(part, (type, GenericAlias)) for part in flat):
        made = flat[0]
        for part in flat[1:]:
            made = made | part
        return made
    return _UnionAlias(tuple(flat))


class _Generic_alias(_Form):
    """The name of a container class: `List`, `Dict`, ..."""

    def __init__(self, origin, name):
        _Form.__init__(self, name)
        self.__origin__ = origin

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        if self._name == "Callable":
            given, result = params
            params = (*given, result) if isinstance(given, list) else (given, result)
        return _Alias(self.__origin__, params, self._name)

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)


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


class TypeVar:
    """A parameter of generic annotations."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False,
                 default=None):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self.__infer_variance__ = infer_variance
        self.__default__ = default

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__

    def __or__(self, other):
        return _union((self, other))

    def __ror__(self, other):
        return _union((other, self))


class ParamSpec(TypeVar):
    """A parameter that stands for parameters."""

    @property
    def args(self):
        return _Form(f"{self.__name__}.args")

    @property
    def kwargs(self):
        return _Form(f"{self.__name__}.kwargs")


class TypeVarTuple(TypeVar):
    """A parameter that stands for any number of types."""

    def __repr__(self):
        return self.__name__

    def __iter__(self):
        yield Unpack[self]


class Generic:
    """The base of classes that can be subscripted."""

    __slots__ = ()

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple):
            params = (params,)
        name = "Generic" if cls is Generic else "Protocol" if cls is Protocol else None
        return _Alias(cls, params, name)


class _ProtocolMeta(type(collections.abc.Sized)):
    def __instancecheck__(cls, instance):
        if cls.__dict__.get("_is_runtime"):
            return type.__instancecheck__(cls, instance) or all(hasattr(instance, n) for n in cls._protocol_names())
        if cls.__dict__.get("_is_protocol"):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return super().__instancecheck__(instance)

    def __subclasscheck__(cls, subclass):
        if cls.__dict__.get("_is_runtime"):
            return type.__subclasscheck__(cls, subclass) or all(hasattr(subclass, n) for n in cls._protocol_names())
        return super().__subclasscheck__(subclass)

    def _protocol_names(cls):
        names = set()
        for base in cls.__mro__:
            if base.__dict__.get("_is_protocol") and base is not Protocol:
                names.update(name for name in base.__dict__ if not name.startswith("_abc_") and name not in _COMMON)
                names.update(base.__dict__.get("__annotations__") or ())
        return names


_COMMON = {
    "__module__", "__qualname__", "__doc__", "__dict__", "__weakref__", "__init__", "__slots__", "__abstractmethods__",
    "__annotations__", "__parameters__", "__orig_bases__", "_is_protocol", "_is_runtime", "__init_subclass__",
    "__class_getitem__", "__subclasshook__", "__new__", "__firstlineno__", "__static_attributes__", "__annotate__",
    "__annotate_func__", "__match_args__", "__hash__", "__type_params__",
}


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base of classes that say which attributes others must have."""

    __slots__ = ()
    _is_protocol = True

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if "_is_protocol" not in cls.__dict__:
            cls._is_protocol = Protocol in cls.__bases__


def runtime_checkable(cls):
    """Let isinstance() look whether an object has what a protocol says."""
    cls._is_runtime = True
    return cls


Union = _Form("Union")
Optional = _Form("Optional")
ClassVar = _Form("ClassVar")
Final = _Form("Final")
Literal = _Form("Literal")
LiteralString = _Form("LiteralString")
Annotated = _Form("Annotated")
NoReturn = _Form("NoReturn")
Never = _Form("Never")
Self = _Form("Self")
Concatenate = _Form("Concatenate")
TypeAlias = _Form("TypeAlias")
TypeGuard = _Form("TypeGuard")
TypeIs = _Form("TypeIs")
Unpack = _Form("Unpack")
Required = _Form("Required")
NotRequired = _Form("NotRequired")
ReadOnly = _Form("ReadOnly")
NoDefault = _Form("NoDefault")

List = _Generic_alias(list, "List")
Dict = _Generic_alias(dict, "Dict")
Set = _Generic_alias(set, "Set")
FrozenSet = _Generic_alias(frozenset, "FrozenSet")
Tuple = _Generic_alias(tuple, "Tuple")
Type = _Generic_alias(type, "Type")
Deque = _Generic_alias(collections.deque, "Deque")
DefaultDict = _Generic_alias(collections.defaultdict, "DefaultDict")
OrderedDict = _Generic_alias(collections.OrderedDict, "OrderedDict")
Counter = _Generic_alias(collections.Counter, "Counter")
ChainMap = _Generic_alias(collections.ChainMap, "ChainMap")
Callable = _Generic_alias(collections.abc.Callable, "Callable")
ContextManager = _Generic_alias(contextlib.AbstractContextManager, "ContextManager")
AsyncContextManager = _Generic_alias(contextlib.AbstractAsyncContextManager, "AsyncContextManager")
for _name in (
    "Hashable Sized Iterable Iterator Generator Reversible Container Collection Sequence MutableSequence Mapping"
    " MutableMapping MappingView KeysView ItemsView ValuesView MutableSet Awaitable Coroutine AsyncIterable"
    " AsyncIterator AsyncGenerator"
).split():
    globals()[_name] = _Generic_alias(getattr(collections.abc, _name), _name)
AbstractSet = _Generic_alias(collections.abc.Set, "AbstractSet")
del _name

Text = str
AnyStr = TypeVar("AnyStr", bytes, str)


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

    def __or__(self, other):
        return _union((self, other))

    def __ror__(self, other):
        return _union((other, self))


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        annotations = ns.get("__annotations__")
        if annotations is None:
            # The annotations are computed by a function that the class body leaves behind.
            shell = type("_", (), {k: ns[k] for k in ("__annotate__", "__annotate_func__") if k in ns})
            annotations = getattr(shell, "__annotations__", {})
        names = list(annotations)
        defaults = []
        for name in names:
            if name in ns:
                defaults.append(ns[name])
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {name} cannot follow default field")
        made = namedtuple(typename, names, defaults=defaults, module=ns.get("__module__"))
        made.__annotations__ = dict(annotations)
        for key, value in ns.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make",
                       "_replace", "_asdict", "_source"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in names and key not in ("__module__", "__qualname__", "__annotations__", "__annotate__",
                                                "__annotate_func__", "__classcell__", "__orig_bases__"):
                setattr(made, key, value)
        made.__orig_bases__ = (NamedTuple,)
        return made


def NamedTuple(typename, fields, /):
    """A tuple whose items have names and types."""
    fields = list(fields)
    made = namedtuple(typename, [name for name, _ in fields])
    made.__annotations__ = dict(fields)
    return made


def _named_tuple_entries(bases):
    return (type.__new__(NamedTupleMeta, "NamedTuple", (), {}),)


NamedTuple.__mro_entries__ = _named_tuple_entries


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        made = type.__new__(_TypedDictMeta, name, (dict,), ns)
        made.__total__ = total
        return made

    __call__ = dict

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")


def TypedDict(typename, fields, /, *, total=True):
    """A dict with certain keys."""
    return _TypedDictMeta(typename, (), {"__annotations__": dict(fields)}, total=total)


TypedDict.__mro_entries__ = lambda bases: (type.__new__(_TypedDictMeta, "TypedDict", (dict,), {}),)


class SupportsInt(Protocol):
    def __int__(self):
        pass


class SupportsFloat(Protocol):
    def __float__(self):
        pass


class SupportsIndex(Protocol):
    def __index__(self):
        pass


class SupportsAbs(Protocol):
    def __abs__(self):
        pass


class SupportsRound(Protocol):
    def __round__(self, ndigits=0):
        pass


for _cls in (SupportsInt, SupportsFloat, SupportsIndex, SupportsAbs, SupportsRound):
    runtime_checkable(_cls)
del _cls


class ForwardRef:
    """A name in an annotation that is looked up later."""

    def __init__(self, arg, **kwargs):
        self.__forward_arg__ = arg

    def __repr__(self):
        return f"ForwardRef({self.__forward_arg__!r})"


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


def assert_never(arg, /):
    """Never reached."""
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def final(f):
    """Mark what must not be overridden."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def override(method, /):
    """Mark what overrides."""
    try:
        method.__override__ = True
    except (AttributeError, TypeError):
        pass
    return method


def no_type_check(arg):
    """Mark what is not to be checked."""
    try:
        arg.__no_type_check__ = True
    except (AttributeError, TypeError):
        pass
    return arg


def overload(func):
    """One of several signatures of a function; the implementation comes last."""
    return _overload_dummy


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module"
        " should always be followed by an implementation that is not @overload-ed."
    )


def dataclass_transform(**kwargs):
    """Mark what makes dataclasses."""
    return lambda cls_or_fn: cls_or_fn


def get_origin(tp):
    """What was subscripted."""
    if isinstance(tp, types.UnionType):
        return types.UnionType
    return getattr(tp, "__origin__", None)


def get_args(tp):
    """The parameters it was subscripted with."""
    args = getattr(tp, "__args__", ())
    if get_origin(tp) is collections.abc.Callable and args and args[0] is not ...:
        return list(args[:-1]), args[-1]
    return args


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of an object, names in strings looked up."""
    hints = {}
    holders = reversed(obj.__mro__) if isinstance(obj, type) else [obj]
    for holder in holders:
        if isinstance(holder, type):
            names = vars(sys.modules.get(holder.__module__, sys))
        else:
            names = getattr(holder, "__globals__", {})
        names = names if globalns is None else globalns
        for name, value in (getattr(holder, "__annotations__", None) or {}).items():
            if value is None:
                value = type(None)
            if isinstance(value, str):
                value = eval(value, names, localns)
            hints[name] = value
    return hints


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def is_protocol(tp, /):
    return isinstance(tp, type) and bool(tp.__dict__.get("_is_protocol")) and tp is not Protocol
