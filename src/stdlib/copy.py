"""Shallow and deep copies."""

from _prelude import _can_fork, _fork
from _weakref import ref
from copyreg import dispatch_table

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    """An object cannot be copied."""


error = Error

_function = type(lambda: None)
_method = type((lambda: None).__get__(0))
_ATOMIC = {type(None), int, float, bool, complex, str, bytes, type, range, type(Ellipsis), type(NotImplemented),
           type(len), type(list.append), type(int.__add__), type(dict.__dict__["fromkeys"]), _function, type((lambda: None).__code__), property, ref}
# A shallow copy of these, which cannot be changed, is the object itself.
_UNCHANGING = {tuple, frozenset, slice}
_CONTAINERS = {list, dict, set, bytearray}


def copy(x):
    """A shallow copy."""
    cls = type(x)
    if cls in _ATOMIC or cls in _UNCHANGING:
        return x
    if cls in _CONTAINERS:
        return cls.copy(x)
    if issubclass(cls, type):
        return x
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    if _can_fork(x):
        return _fork(x, {}, copy, None)
    return _rebuild(x, _reduced(x, cls), None)


def deepcopy(x, memo=None, _nil=[]):
    """A copy, and copies of all that it refers to."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    key = id(x)
    if memo is None:
        memo = {}
    else:
        made = memo.get(key, _nil)
        if made is not _nil:
            return made
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
        # A tuple that holds itself has been copied by now.
        if key in memo:
            return memo[key]
        made = x if all(map(_same, x, made)) else tuple(made)
    elif issubclass(cls, type):
        return x
    elif (method := getattr(x, "__deepcopy__", None)) is not None:
        made = method(memo)
    elif _can_fork(x):
        made = _fork(x, memo, copy, lambda part: deepcopy(part, memo))
    elif cls is _method:
        made = cls(x.__func__, deepcopy(x.__self__, memo))
    else:
        made = _rebuild(x, _reduced(x, cls), memo)
    if made is not x:
        memo[key] = made
        # What was copied lives as long as the memo, so that no other object gets its id.
        memo.setdefault(id(memo), []).append(x)
    return made


def _same(one, other):
    return one is other


def _reduced(x, cls):
    """How to make an object again: what is registered for its class, else what it says itself."""
    registered = dispatch_table.get(cls)
    if registered is not None:
        return registered(x)
    method = getattr(x, "__reduce_ex__", None)
    if method is not None:
        return method(4)
    method = getattr(x, "__reduce__", None)
    if method is not None:
        return method()
    raise Error(f"un(deep)copyable object of type {cls}")


def _rebuild(x, reduction, memo):
    if isinstance(reduction, str):
        return x
    return _reconstruct(x, memo, *reduction)


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None):
    deep = memo is not None
    if deep and args:
        args = [deepcopy(arg, memo) for arg in args]
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
    if listiter is not None:
        for item in listiter:
            made.append(deepcopy(item, memo) if deep else item)
    if dictiter is not None:
        for key, value in dictiter:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            made[key] = value
    return made


def replace(obj, /, **changes):
    """A copy with some fields replaced."""
    cls = obj.__class__
    method = getattr(cls, "__replace__", None)
    if method is None:
        raise TypeError(f"replace() does not support {cls.__name__} objects")
    return method(obj, **changes)
