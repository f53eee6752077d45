"""Importing by name."""

import sys
from _prelude import _exec_module, _find_module

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

__import__ = __import__


def _absolute(name, package):
    """A name that may begin with dots, seen from a package."""
    rest = name.lstrip(".")
    level = len(name) - len(rest)
    if not level:
        return name
    if not package:
        raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
    bits = package.rsplit(".", level - 1)
    if len(bits) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{bits[0]}.{rest}" if rest else bits[0]


def import_module(name, package=None):
    """Import a module and return it, the innermost one of a dotted name."""
    name = _absolute(name, package)
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    """Nothing that finders found is kept."""


def reload(module):
    """Run the body of a module again, in the namespace it has."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError("reload() argument must be a module") from None
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    found = _find_module(name)
    if found is None:
        raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
    if isinstance(found, tuple):
        fresh, code = found
        module.__spec__ = fresh.__spec__
        _exec_module(module, code)
    return sys.modules[name]
