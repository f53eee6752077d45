"""How objects of a class are made again, for `copy` and for pickling; what `object.__reduce_ex__` builds on."""

__all__ = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"]

# Functions that take objects apart, by class.
dispatch_table = {}


def _checked(function, what):
    if callable(function):
        return function
    raise TypeError(f"{what} must be callable")


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Register the function that says how objects of a class are made again."""
    dispatch_table[ob_type] = _checked(pickle_function, "reduction functions")
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Check that something can make objects."""
    _checked(object, "constructors")


def pickle_complex(c):
    return complex, (c.real, c.imag)


def pickle_union(obj):
    from operator import getitem
    from typing import Union

    return getitem, (Union, obj.__args__)


pickle(complex, pickle_complex, complex)
pickle(type(int | str), pickle_union)


def _reconstructor(cls, base, state):
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ is not object.__init__:
        base.__init__(made, state)
    return made


def _reduce_ex(self, proto):
    """The older protocols: the nearest builtin ancestor, what it says of the object, and the attributes."""
    cls = self.__class__
    base = next((base for base in cls.__mro__ if not _made_by_statement(base)), object)
    if base is object:
        state = None
    elif base is cls:
        raise TypeError(f"cannot pickle {cls.__name__!r} object")
    else:
        state = base(self)
    args = cls, base, state
    getstate = getattr(self, "__getstate__", None)
    if getattr(cls, "__getstate__", None) is object.__getstate__ and getattr(self, "__slots__", None):
        raise TypeError("a class that defines __slots__ without defining __getstate__ cannot be pickled")
    attributes = getstate() if getstate is not None else getattr(self, "__dict__", None)
    return (_reconstructor, args, attributes) if attributes else (_reconstructor, args)


def _made_by_statement(cls):
    return bool(cls.__flags__ & 1 << 9)


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    """As `__newobj__`, with keyword arguments."""
    return cls.__new__(cls, *args, **kwargs)


def _slotnames(cls):
    """The names of the slots of a class and its ancestors, as its objects know them."""
    known = cls.__dict__.get("__slotnames__")
    if known is not None:
        return known
    names = []
    for owner in cls.__mro__:
        slots = owner.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name in ("__dict__", "__weakref__"):
                continue
            stripped = owner.__name__.lstrip("_")
            private = name.startswith("__") and not name.endswith("__") and stripped
            names.append(f"_{stripped}{name}" if private else name)
    try:
        cls.__slotnames__ = names
    except (TypeError, AttributeError):
        pass
    return names


# Numbers that stand for classes and functions in pickles.

_extension_registry = {}
_inverted_registry = {}
_extension_cache = {}


def add_extension(module, name, code):
    """Let a number stand for a name of a module."""
    code = int(code)
    if not 1 <= code <= 0x7FFFFFFF:
        raise ValueError("code out of range")
    key = module, name
    if _extension_registry.get(key) == code and _inverted_registry.get(code) == key:
        return
    if key in _extension_registry:
        raise ValueError(f"key {key} is already registered with code {_extension_registry[key]}")
    if code in _inverted_registry:
        raise ValueError(f"code {code} is already in use for key {_inverted_registry[code]}")
    _extension_registry[key] = code
    _inverted_registry[code] = key


def remove_extension(module, name, code):
    """Let a number stand for nothing again."""
    key = module, name
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError(f"key {key} is not registered with code {code}")
    del _extension_registry[key]
    del _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    """Forget what numbers were found to stand for."""
    _extension_cache.clear()
