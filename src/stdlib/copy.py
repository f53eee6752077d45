"""Shallow and deep copies."""

from _prelude import _can_fork, _fork
from _weakref import ref

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    """An object cannot be copied."""


error = Error

_ATOMIC = {type(None), int, float, bool, complex, str, tuple, bytes, frozenset, type, range, slice, property,
           type(Ellipsis), type(NotImplemented), type(len), type(lambda: None), ref}
_CONTAINERS = {list, dict, set, bytearray}


def copy(x):
    """A shallow copy."""
    cls = type(x)
    if cls in _ATOMIC or issubclass(cls, type):
        return x
    if cls in _CONTAINERS:
        return cls.copy(x)
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    if _can_fork(x):
        return _fork(x, {}, copy, None)
    return _rebuild(x, _reduced(x), None)


def deepcopy(x, memo=None):
    """A copy, and copies of all that it refers to."""
    cls = type(x)
    if cls in _ATOMIC and cls is not tuple and cls is not frozenset:
        return x
    if memo is None:
        memo = {}
    key = id(x)
    if key in memo:
        return memo[key]
    if cls is list:
        made = memo[key] = []
        for item in x:
            made.append(deepcopy(item, memo))
    elif cls is dict:
        made = memo[key] = {}
        for name, value in x.items():
            made[deepcopy(name, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        made = [deepcopy(item, memo) for item in x]
        if key in memo:
            return memo[key]
        made = x if all(a is b for a, b in zip(x, made)) else tuple(made)
    elif issubclass(cls, type):
        return x
    elif hasattr(cls, "__deepcopy__"):
        made = x.__deepcopy__(memo)
    elif _can_fork(x):
        made = _fork(x, memo, copy, lambda part: deepcopy(part, memo))
    elif cls is bytearray:
        made = bytearray(x)
    elif cls is type((lambda: None).__get__(0)):
        made = cls(x.__func__, deepcopy(x.__self__, memo))
    else:
        made = _rebuild(x, _reduced(x), memo)
    if made is not x:
        memo[key] = made
        # What was copied lives as long as the memo, so that no other object gets its id.
        memo.setdefault(id(memo), []).append(x)
    return made


def _reduced(x):
    cls = type(x)
    for name, args in (("__reduce_ex__", (4,)), ("__reduce__", ())):
        method = getattr(cls, name, None)
        if method is not None and method is not getattr(object, name, None):
            return method(x, *args)
    if getattr(cls, "__flags__", None) is None and cls.__module__ == "builtins" and not isinstance(
        x, (list, dict, set, frozenset, int, float, str, bytes, bytearray, tuple, BaseException, complex)
    ) and cls is not object:
        raise TypeError(f"cannot pickle '{cls.__name__}' object")
    return _default_reduction(x, cls)


def _default_reduction(x, cls):
    """How to make an object again that says nothing about it: class and state."""
    args = ()
    kwargs = {}
    if hasattr(cls, "__getnewargs_ex__"):
        args, kwargs = x.__getnewargs_ex__()
    elif hasattr(cls, "__getnewargs__"):
        args = x.__getnewargs__()
    else:
        for base in (int, float, complex, str, bytes, bytearray, tuple, frozenset):
            if issubclass(cls, base):
                args = (base(x),)
                break
    if issubclass(cls, BaseException):
        return cls, x.args, getattr(x, "__dict__", None) or None
    if "__getstate__" in _names_of(cls):
        state = x.__getstate__()
    else:
        state = getattr(x, "__dict__", None) or None
        slots = {}
        for base in cls.__mro__:
            names = base.__dict__.get("__slots__", ())
            for name in (names,) if isinstance(names, str) else names:
                if name in ("__dict__", "__weakref__"):
                    continue
                if name.startswith("__") and not name.endswith("__"):
                    name = f"_{base.__name__.lstrip('_')}{name}"
                try:
                    slots[name] = getattr(x, name)
                except AttributeError:
                    pass
        if slots:
            state = (state, slots)
    items = iter(list(x)) if issubclass(cls, list) else None
    pairs = iter(list(x.items())) if issubclass(cls, dict) else None
    members = set(x) if issubclass(cls, set) else None

    def make(*given):
        made = cls.__new__(cls, *given, **kwargs)
        if members is not None:
            set.update(made, members)
        return made

    return make, args, state, items, pairs


def _names_of(cls):
    names = set()
    for base in cls.__mro__:
        if base is not object:
            names.update(base.__dict__)
    return names


def _rebuild(x, reduction, memo):
    if isinstance(reduction, str):
        return x
    func, args, state, items, pairs = (tuple(reduction) + (None,) * 3)[:5]
    deep = memo is not None
    if deep:
        args = tuple([deepcopy(arg, memo) for arg in args])
    made = func(*args)
    if deep:
        memo[id(x)] = made
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                made.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(made, name, value)
    if items is not None:
        for item in items:
            made.append(deepcopy(item, memo) if deep else item)
    if pairs is not None:
        for key, value in pairs:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            made[key] = value
    return made


def replace(obj, /, **changes):
    """A copy with some fields replaced."""
    method = getattr(obj.__class__, "__replace__", None)
    if method is None:
        raise TypeError(f"replace() does not support {obj.__class__.__name__} objects")
    return method(obj, **changes)
