"""Functions that make functions of functions."""

from _functools import _lru_cache_wrapper, _set_placeholder, cmp_to_key, partial, reduce
from abc import get_cache_token
from reprlib import recursive_repr
from types import GenericAlias, MethodType, UnionType

__all__ = [
    "update_wrapper",
    "wraps",
    "WRAPPER_ASSIGNMENTS",
    "WRAPPER_UPDATES",
    "total_ordering",
    "cache",
    "cmp_to_key",
    "lru_cache",
    "reduce",
    "partial",
    "partialmethod",
    "singledispatch",
    "singledispatchmethod",
    "cached_property",
    "Placeholder",
]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotate__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make a wrapper look like the function it wraps."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    # Last, so that the update above cannot bring the wrapped function's own.
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that makes a wrapper look like the function it wraps."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def _derived(name, root, combine):
    """The comparison `name`, worked out from the comparison `root` that a class has."""

    def compare(self, other):
        answer = getattr(type(self), root)(self, other)
        if answer is NotImplemented:
            return answer
        return combine(self, other, answer)

    compare.__name__ = name
    # Under this name it stands in this module, so that a pickle can refer to it.
    compare.__qualname__ = f"_{name.strip('_')}_from_{root.strip('_')}"
    compare.__doc__ = f"Return a {_SIGNS[name]} b.  Computed by @total_ordering from {_FORMULAS[root, name]}."
    return compare


_SIGNS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_FORMULAS = {
    ("__lt__", "__gt__"): "(not a < b) and (a != b)",
    ("__lt__", "__le__"): "(a < b) or (a == b)",
    ("__lt__", "__ge__"): "(not a < b)",
    ("__le__", "__ge__"): "(not a <= b) or (a == b)",
    ("__le__", "__lt__"): "(a <= b) and (a != b)",
    ("__le__", "__gt__"): "(not a <= b)",
    ("__gt__", "__lt__"): "(not a > b) and (a != b)",
    ("__gt__", "__ge__"): "(a > b) or (a == b)",
    ("__gt__", "__le__"): "(not a > b)",
    ("__ge__", "__le__"): "(not a >= b) or (a == b)",
    ("__ge__", "__gt__"): "(a >= b) and (a != b)",
    ("__ge__", "__lt__"): "(not a >= b)",
}
_COMBINATIONS = {
    "not a and a != b": lambda a, b, answer: not answer and a != b,
    "a or a == b": lambda a, b, answer: answer or a == b,
    "not a": lambda a, b, answer: not answer,
    "not a or a == b": lambda a, b, answer: not answer or a == b,
    "a and a != b": lambda a, b, answer: answer and a != b,
}
_ORDERINGS = {
    "__lt__": [("__gt__", "not a and a != b"), ("__le__", "a or a == b"), ("__ge__", "not a")],
    "__le__": [("__ge__", "not a or a == b"), ("__lt__", "a and a != b"), ("__gt__", "not a")],
    "__gt__": [("__lt__", "not a and a != b"), ("__ge__", "a or a == b"), ("__le__", "not a")],
    "__ge__": [("__le__", "not a or a == b"), ("__gt__", "a and a != b"), ("__lt__", "not a")],
}
_DERIVED = {
    (root, name): _derived(name, root, _COMBINATIONS[combination])
    for root, rest in _ORDERINGS.items()
    for name, combination in rest
}
globals().update((function.__qualname__, function) for function in _DERIVED.values())


def total_ordering(cls):
    """Complete the comparisons of a class that defines at least one of them."""
    roots = [name for name in _ORDERINGS if getattr(cls, name, None) is not getattr(object, name, None)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(roots)
    for name, _ in _ORDERINGS[root]:
        if name not in roots:
            setattr(cls, name, _DERIVED[root, name])
    return cls


class KeyWrapper:
    """A key that compares by a function of two arguments; calling one makes the key of an object."""

    __slots__ = ("obj", "_compare")

    def __call__(self, obj):
        key = object.__new__(KeyWrapper)
        key.obj = obj
        key._compare = self._compare
        return key

    def _order(self, other):
        if type(other) is not KeyWrapper:
            raise TypeError("other argument must be K instance")
        return self._compare(self.obj, other.obj)

    def __lt__(self, other):
        return self._order(other) < 0

    def __gt__(self, other):
        return self._order(other) > 0

    def __eq__(self, other):
        return self._order(other) == 0

    def __ne__(self, other):
        return self._order(other) != 0

    def __le__(self, other):
        return self._order(other) <= 0

    def __ge__(self, other):
        return self._order(other) >= 0

    __hash__ = None


def _key_function(mycmp):
    """A key function of a comparison function: what `cmp_to_key` gives."""
    key = object.__new__(KeyWrapper)
    key._compare = mycmp
    return key


_absent = object()


class _PlaceholderType:
    """The type of the Placeholder singleton, which holds a place among partial's arguments."""

    __slots__ = ()
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = object.__new__(cls)
        return cls._instance

    def __repr__(self):
        return "Placeholder"

    def __reduce__(self):
        return "Placeholder"

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError(f"type '{cls.__name__}' is not an acceptable base type")


Placeholder = _PlaceholderType()


_set_placeholder(Placeholder)


@recursive_repr()
def _partial_repr(self):
    cls = type(self)
    parts = [repr(self.func)]
    parts.extend(map(repr, self.args))
    parts.extend(f"{name}={value!r}" for name, value in self.keywords.items())
    return f"{cls.__module__}.{cls.__qualname__}({', '.join(parts)})"


class partialmethod:
    """A method with some of its arguments given."""

    __slots__ = ("func", "args", "keywords", "__dict__", "__weakref__")

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"the first argument {func!r} must be a callable or a descriptor")
        inner = isinstance(func, partialmethod)
        self.func = func.func if inner else func
        self.args, self.keywords = ((*func.args, *args), func.keywords | keywords) if inner else (args, keywords)

    def __repr__(self):
        cls = type(self)
        parts = [repr(self.func)]
        parts.extend(map(repr, self.args))
        parts.extend(f"{name}={value!r}" for name, value in self.keywords.items())
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(parts)})"

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.__partialmethod__ = self
        return _method

    def __get__(self, instance, owner=None):
        get = getattr(type(self.func), "__get__", None)
        if get is not None:
            bound = get(self.func, instance, owner)
            if bound is not self.func:
                made = partial(bound, *self.args, **self.keywords)
                try:
                    made.__self__ = bound.__self__
                except AttributeError:
                    pass
                return made
        return self._make_unbound_method().__get__(instance, owner)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(GenericAlias)


class _CacheInfo(tuple):
    """How a cache fared."""

    __slots__ = ()
    _fields = __match_args__ = ("hits", "misses", "maxsize", "currsize")

    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return f"CacheInfo(hits={self[0]}, misses={self[1]}, maxsize={self[2]}, currsize={self[3]})"

    def _asdict(self):
        return dict(zip(self._fields, self))


_CacheInfo.__name__ = _CacheInfo.__qualname__ = "CacheInfo"


class _HashedKey:
    """A key of a cache that code of the program hashes: once."""

    __slots__ = ("_parts", "_hash")

    def __init__(self, parts):
        self._parts, self._hash = parts, hash(parts)

    def __hash__(self):
        return self._hash

    def __eq__(self, other):
        return self._parts == (other._parts if type(other) is _HashedKey else other)


def lru_cache(maxsize=128, typed=False):
    """A decorator that remembers the results of the last calls."""
    if isinstance(maxsize, int):
        if maxsize < 0:
            maxsize = 0
    elif callable(maxsize) and isinstance(typed, bool):
        function, maxsize = maxsize, 128
        return _cached(function, maxsize, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorating_function(user_function):
        return _cached(user_function, maxsize, typed)

    return decorating_function


def _cached(function, maxsize, typed):
    if not callable(function):
        raise TypeError("the first argument must be callable")
    wrapper = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """A decorator that remembers all results."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property that is worked out once and then kept as an attribute."""

    def __init__(self, func):
        self.func, self.attrname = func, None
        self.__module__, self.__doc__ = func.__module__, func.__doc__

    def __set_name__(self, owner, name):
        known, self.attrname = self.attrname, self.attrname or name
        if known not in (None, name):
            raise TypeError(
                f"Cannot assign the same cached_property to two different names ({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            namespace = instance.__dict__
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache {name!r} property."
            ) from None
        value = namespace.get(name, _absent)
        if value is _absent:
            value = self.func(instance)
            try:
                namespace[name] = value
            except TypeError:
                raise TypeError(
                    f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support item"
                    f" assignment for caching {name!r} property."
                ) from None
        return value

    __class_getitem__ = classmethod(GenericAlias)


def _merged(lists):
    """The order in which the classes of several orders stand (C3)."""
    order = []
    lists = [list(classes) for classes in lists if classes]
    while lists:
        for classes in lists:
            nearest = classes[0]
            if not any(nearest in others[1:] for others in lists):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        order.append(nearest)
        lists = [rest for rest in ([one for one in others if one is not nearest] for others in lists) if rest]
    return order


def _c3_mro(cls, abcs=()):
    """The method resolution order of a class as if it derived from abstract classes too, as near as they fit."""
    bases = list(cls.__bases__)
    # After the last base that is abstract itself, the abstract classes that only this class brings in are put.
    place = len(bases) - next((n for n, base in enumerate(reversed(bases)) if hasattr(base, "__abstractmethods__")), len(bases))
    own = [one for one in abcs if issubclass(cls, one) and not any(issubclass(base, one) for base in bases)]
    rest = [one for one in abcs if one not in own]
    before, after = bases[:place], bases[place:]
    orders = [_c3_mro(base, rest) for base in before + own + after]
    return _merged([[cls], *orders, before, own, after])


def _compose_mro(cls, registered):
    """The classes in which an implementation for `cls` is looked for, nearest first."""
    known = set(cls.__mro__)

    def counts(one):
        return one not in known and hasattr(one, "__mro__") and not isinstance(one, GenericAlias) and issubclass(cls, one)

    candidates = [one for one in registered if counts(one)]
    # Of a class and one derived from it only the latter is needed.
    candidates = [one for one in candidates if not any(one is not other and one in other.__mro__ for other in candidates)]
    abstract = []
    for one in candidates:
        # Subclasses known to the class that are registered, too, and that `cls` is one of come before it.
        found = [
            [part for part in sub.__mro__ if part in candidates]
            for sub in one.__subclasses__()
            if sub not in known and issubclass(cls, sub)
        ]
        found.sort(key=len, reverse=True)
        for part in (part for parts in found for part in parts):
            if part not in abstract:
                abstract.append(part)
        if not found and one not in abstract:
            abstract.append(one)
    return _c3_mro(cls, abstract)


def _find_impl(cls, registry):
    match = None
    for base in _compose_mro(cls, registry.keys()):
        if match is not None:
            if (
                base in registry
                and base not in cls.__mro__
                and match not in cls.__mro__
                and not issubclass(match, base)
            ):
                raise RuntimeError(f"Ambiguous dispatch: {match} or {base}")
            break
        if base in registry:
            match = base
    return registry.get(match)


def singledispatch(func):
    """A function that behaves by the class of its first argument."""
    registry = {}
    known = {}
    token = [get_cache_token()]
    name = getattr(func, "__name__", "singledispatch function")

    def dispatch(cls):
        if token[0] != get_cache_token():
            known.clear()
            token[0] = get_cache_token()
        try:
            return known[cls]
        except KeyError:
            implementation = registry.get(cls) or _find_impl(cls, registry)
            known[cls] = implementation
            return implementation

    def valid(cls):
        if isinstance(cls, type):
            return True
        return isinstance(cls, UnionType) and all(isinstance(arg, type) for arg in cls.__args__)

    def register(cls, func=None):
        if valid(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            if not getattr(cls, "__annotations__", {}):
                raise TypeError(
                    f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` or plain"
                    " `@register` on an annotated function."
                )
            func = cls
            from typing import get_type_hints

            argname, cls = next(iter(get_type_hints(func).items()))
            if not valid(cls):
                what = f"{cls!r} not all arguments are classes." if isinstance(cls, UnionType) else f"{cls!r} is not a class."
                raise TypeError(f"Invalid annotation for {argname!r}. {what}")
        if isinstance(cls, UnionType):
            for arg in cls.__args__:
                registry[arg] = func
        else:
            registry[cls] = func
        known.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = type(type.__dict__)(registry)
    wrapper._clear_cache = known.clear
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """A method that behaves by the class of its first argument after self."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, instance, owner=None):
        dispatch = self.dispatcher.dispatch
        name = getattr(self.func, "__name__", "singledispatchmethod method")

        def _method(*args, **kwargs):
            if not args:
                raise TypeError(f"{name} requires at least 1 positional argument")
            return dispatch(args[0].__class__).__get__(instance, owner)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
