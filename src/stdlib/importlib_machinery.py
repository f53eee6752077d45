"""What modules are made of and where they come from: names that programs ask for."""

from _prelude import _module_spec

__all__ = ["BYTECODE_SUFFIXES", "DEBUG_BYTECODE_SUFFIXES", "EXTENSION_SUFFIXES", "ModuleSpec", "OPTIMIZED_BYTECODE_SUFFIXES",
           "SOURCE_SUFFIXES", "all_suffixes"]

ModuleSpec = _module_spec()


_FIELDS = "name", "loader", "origin", "submodule_search_locations", "cached", "has_location"


def _init(self, name, loader, *, origin=None, loader_state=None, is_package=None):
    self.name = name
    self.loader = loader
    self.origin = origin
    self.loader_state = loader_state
    self.submodule_search_locations = [] if is_package else None
    self.parent = name if is_package else name.rpartition(".")[0]
    self.has_location = False
    self.cached = None
    self._initializing = False


def _repr(self):
    parts = [f"name={self.name!r}", f"loader={self.loader!r}"]
    if self.origin is not None:
        parts.append(f"origin={self.origin!r}")
    if self.submodule_search_locations is not None:
        parts.append(f"submodule_search_locations={self.submodule_search_locations}")
    return f"{type(self).__name__}({', '.join(parts)})"


def _eq(self, other):
    if not isinstance(other, ModuleSpec):
        return False
    return all(getattr(self, name) == getattr(other, name) for name in _FIELDS)


for _name, _function in ("__init__", _init), ("__repr__", _repr), ("__eq__", _eq):
    _function.__name__ = _name
    _function.__qualname__ = f"ModuleSpec.{_name}"
    setattr(ModuleSpec, _name, _function)

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = [".pyc"]
# There are no modules in machine code.
EXTENSION_SUFFIXES = []


def all_suffixes():
    """The endings of files that are modules."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
