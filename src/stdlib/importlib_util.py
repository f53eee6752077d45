"""Looking for modules without importing them."""

import sys
from _prelude import _find_module
from importlib import _absolute

__all__ = ["find_spec", "resolve_name"]


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
