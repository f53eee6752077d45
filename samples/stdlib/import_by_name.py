"""Importing by name, looking for modules, running a module again."""

import importlib
import importlib.util
import sys

print(importlib.import_module("math").sqrt(4), importlib.import_module("collections.abc").Sized.__name__)
print(importlib.import_module(".abc", "collections") is sys.modules["collections.abc"])
print(importlib.util.find_spec("keyword").name, importlib.util.find_spec("no_such_module"))
print(importlib.util.resolve_name("..b", "p.q"), importlib.util.resolve_name("a", None))

import keyword

keyword.extra, keyword.kwlist = 1, []
again = importlib.reload(keyword)
print(again is keyword, keyword.extra, len(keyword.kwlist) > 30)
importlib.invalidate_caches()

for call in (
    lambda: importlib.import_module("no_such_module"), lambda: importlib.import_module("math.pi"),
    lambda: importlib.import_module(".x"), lambda: importlib.import_module("...x", "a.b"), lambda: importlib.reload(1),
    lambda: importlib.reload(type(sys)("loose")), lambda: importlib.util.resolve_name(".x", ""),
    lambda: importlib.util.find_spec("math.x"),
):
    try:
        print(call())
    except (ImportError, TypeError) as error:
        print(type(error).__name__, error)

# Without the parts that are written in C elsewhere, a module is there all the same.
for name in "json", "functools", "heapq", "bisect":
    sys.modules[f"_{name}"] = None
    sys.modules.pop(name, None)
    print(importlib.import_module(name).__name__, end=" ")
print()

from importlib.machinery import ModuleSpec, SOURCE_SUFFIXES

spec = ModuleSpec("a.b", None, origin="b.py", is_package=True)
print(spec, spec.parent, spec.has_location, spec == ModuleSpec("a.b", None), SOURCE_SUFFIXES, isinstance(sys.__spec__, ModuleSpec))
print(ModuleSpec("a.b", None), ModuleSpec("a.b", None).parent)
