def import_module(name, globals, fromlist, level):
    if not isinstance(name, str):
        raise TypeError("module name must be a string")
    if level < 0:
        raise ValueError("level must be >= 0")
    asked = name
    if level > 0:
        name = import_absolute_name(name, globals, level)
    elif not name:
        raise ValueError("Empty module name")
    native = import_native_part(name, globals)
    if native is not None:
        return native
    module = import_dotted(name)
    if fromlist:
        if hasattr(module, "__path__"):
            import_members(module, fromlist, False)
        return module
    if level == 0:
        return import_dotted(name.partition(".")[0])
    if not asked:
        return module
    cut = len(asked) - len(asked.partition(".")[0])
    return import_dotted(name[:len(name) - cut])


# A module of the library has its native part also where a program has put None into `sys.modules` under its name, as one does
# that asks for CPython's modules without those in C.
def import_native_part(name, globals):
    if _sys_modules().get(name, name) is None and name.startswith("_") and isinstance(globals, dict):
        if "__file__" not in globals and globals.get("__spec__") is not None:
            found = _find_module(name)
            if type(found) is not tuple:
                return found
    return None


def import_absolute_name(name, globals, level):
    if not isinstance(globals, dict):
        raise KeyError("'__name__' not in globals")
    package = globals.get("__package__")
    spec = globals.get("__spec__")
    if package is not None:
        if not isinstance(package, str):
            raise TypeError("package must be a string")
    elif spec is not None:
        package = spec.parent
    else:
        if "__name__" not in globals:
            raise KeyError("'__name__' not in globals")
        package = globals["__name__"]
        if "__path__" not in globals:
            package = package.rpartition(".")[0]
    if not package:
        raise ImportError("attempted relative import with no known parent package")
    bits = package.rsplit(".", level - 1)
    if len(bits) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{bits[0]}.{name}" if name else bits[0]


def import_dotted(name):
    modules = _sys_modules()
    if name in modules:
        module = modules[name]
        if module is None:
            _import_error(f"import of {name} halted; None in sys.modules", name, None, None, True)
        return module
    parent, _, tail = name.rpartition(".")
    package = None
    if parent:
        package = import_dotted(parent)
        # The parent's own body may have imported it.
        if name in modules:
            return modules[name]
        try:
            package.__path__
        except AttributeError:
            text = f"No module named {name!r}; {parent!r} is not a package"
            try:
                _import_error(text, name, None, None, True)
            except ModuleNotFoundError as error:
                raise error from None
    found = _find_module(name)
    if found is None:
        _import_error(f"No module named {name!r}", name, None, None, True)
    if type(found) is tuple:
        module, code = found
        modules[name] = module
        spec = module.__spec__
        spec._initializing = True
        try:
            _exec_module(module, code)
        except BaseException:
            modules.pop(name, None)
            raise
        finally:
            spec._initializing = False
        # A module may put something else in its place.
        module = modules[name]
    else:
        module = modules[name] = found
    if package is not None:
        setattr(package, tail, module)
    return module


def import_members(module, names, listed):
    for name in names:
        if not isinstance(name, str):
            where = f"{module.__name__}.__all__" if listed else "``from list''"
            raise TypeError(f"Item in {where} must be str, not {_type_name(name)}")
        if name == "*":
            if not listed and hasattr(module, "__all__"):
                import_members(module, module.__all__, True)
        elif not hasattr(module, name):
            full = f"{module.__name__}.{name}"
            try:
                import_dotted(full)
            except ModuleNotFoundError as error:
                # That there is no such submodule is for `from ... import` to say.
                if error.name != full:
                    raise


def import_from(module, name):
    try:
        return getattr(module, name)
    except AttributeError:
        pass
    known = getattr(module, "__name__", None)
    if isinstance(known, str):
        found = _sys_modules().get(f"{known}.{name}")
        if found is not None:
            return found
    else:
        known = "<unknown module name>"
    file = getattr(module, "__file__", None)
    where = file if isinstance(file, str) else "unknown location"
    spec = getattr(module, "__spec__", None)
    if spec is not None and getattr(spec, "_initializing", False):
        text = f"cannot import name {name!r} from partially initialized module {known!r} " \
            f"(most likely due to a circular import) ({where})"
    else:
        text = f"cannot import name {name!r} from {known!r} ({where})"
    _import_error(text, known, file, name, False)


def import_star(module, namespace):
    try:
        names = module.__all__
        every = True
    except AttributeError:
        every = False
        if not hasattr(module, "__dict__"):
            raise ImportError("from-import-* object has no __dict__ and no __all__") from None
        names = list(module.__dict__)
    for name in names:
        if not isinstance(name, str):
            what = f"Item in {module.__name__}.__all__" if every else f"Key in {module.__name__}.__dict__"
            raise TypeError(f"{what} must be str, not {_type_name(name)}")
        if every or not name.startswith("_"):
            namespace[name] = getattr(module, name)
