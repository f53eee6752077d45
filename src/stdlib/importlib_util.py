"""Looking for modules without importing them."""

import sys
from os import fspath, path
from _prelude import _find_module
from importlib import _absolute

__all__ = ["cache_from_source", "find_spec", "resolve_name", "source_from_cache"]

_CACHE = "__pycache__"


def resolve_name(name, package):
    """A name that may begin with dots, seen from a package."""
    if name.startswith(".") and not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    return _absolute(name, package)


def find_spec(name, package=None):
    """The `__spec__` that a module has or would have; None when there is no such module."""
    name = resolve_name(name, package) if name.startswith(".") else name
    if name in sys.modules:
        module = sys.modules[name]
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(f"{name}.__spec__ is not set") from None
        if spec is None:
            raise ValueError(f"{name}.__spec__ is None")
        return spec
    parent = name.rpartition(".")[0]
    if parent and not hasattr(__import__(parent, fromlist=["__path__"]), "__path__"):
        raise ModuleNotFoundError(f"__path__ attribute not found on {parent!r} while trying to find {name!r}", name=name)
    found = _find_module(name)
    if found is None:
        return None
    return (found[0] if isinstance(found, tuple) else found).__spec__


def cache_from_source(path, debug_override=None, *, optimization=None):
    """Where CPython would keep the code of a source file."""
    if debug_override is not None:
        if optimization is not None:
            raise TypeError("debug_override or optimization must be set to None")
        optimization = "" if debug_override else 1
    if sys.implementation.cache_tag is None:
        # Here no code is kept.
        raise NotImplementedError("sys.implementation.cache_tag is None")
    head, tail = _split(fspath(path))
    name, dot, _ = tail.rpartition(".")
    level = str(sys.flags.optimize or "" if optimization is None else optimization)
    if level and not level.isalnum():
        raise ValueError(f"{level!r} is not alphanumeric")
    suffix = f".opt-{level}" if level else ""
    file = f"{name or tail}{'.' if dot or not name else ''}{sys.implementation.cache_tag}{suffix}.pyc"
    return _join(head, _CACHE, file)


def source_from_cache(path):
    """The source file of which CPython would keep the code there."""
    if sys.implementation.cache_tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    path = fspath(path)
    head, tail = _split(path)
    above, folder = _split(head)
    if folder != _CACHE:
        raise ValueError(f"{_CACHE} not bottom-level directory in {path!r}")
    dots = tail.count(".")
    if dots not in (2, 3):
        raise ValueError(f"expected only 2 or 3 dots in {tail!r}")
    if dots == 3:
        level = tail.rsplit(".", 2)[-2]
        if not level.startswith("opt-"):
            raise ValueError("optimization portion of filename does not start with 'opt-'")
        if not level[4:].isalnum():
            raise ValueError(f"optimization level {level!r} is not an alphanumeric value")
    return _join(above, tail.partition(".")[0] + ".py")


_split, _join = path.split, path.join
