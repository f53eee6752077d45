"""help(): what docstrings and signatures say of an object, as text."""

import builtins
import inspect
import sys

__all__ = ["help"]

# What the documentation of a class or module does not list.
_PASSED_OVER = frozenset("""
    __author__ __builtins__ __cached__ __conditional_annotations__ __credits__ __date__ __doc__ __docformat__ __file__ __loader__
    __module__ __name__ __package__ __path__ __qualname__ __slots__ __spec__ __version__ __static_attributes__
    __firstlineno__ __annotate__ __annotate_func__ __annotations__ __annotations_cache__ __classcell__
""".split())

_WIDTH = 70
_RULE = "-" * 70


def getdoc(thing):
    """The docstring, or else the comment above the definition."""
    doc = inspect.getdoc(thing) if _owns_doc(thing) else None
    if inspect.isclass(thing) and not isinstance(vars(thing).get("__doc__"), str):
        doc = None
    return (doc or _comment_above(thing)).rstrip()


def _owns_doc(thing):
    # An instance says nothing by the docstring of its class.
    return (
        inspect.ismodule(thing) or inspect.isclass(thing) or inspect.isroutine(thing)
        or inspect.isdatadescriptor(thing) or "__doc__" in getattr(thing, "__dict__", ())
    )


def _comment_above(thing):
    import linecache

    code = getattr(inspect.unwrap(thing) if callable(thing) else thing, "__code__", None)
    if code is None:
        return ""
    lines = linecache.getlines(code.co_filename)[: code.co_firstlineno - 1]
    comment = []
    while lines and lines[-1].lstrip().startswith("#"):
        comment.insert(0, lines.pop().strip())
    return "\n".join(comment)


def describe(thing):
    """What sort of thing it is, in a few words."""
    name = getattr(thing, "__name__", None)
    if inspect.ismodule(thing):
        kind = "package" if hasattr(thing, "__path__") else "module"
        return f"built-in module {name}" if name in sys.builtin_module_names else f"{kind} {name}"
    if inspect.isclass(thing):
        return f"class {name}"
    if inspect.isbuiltin(thing):
        return f"built-in function {name}"
    if inspect.isfunction(thing):
        return f"function {name}"
    if inspect.ismethod(thing):
        return f"method {name}"
    if inspect.ismethodwrapper(thing):
        return f"method-wrapper {name}"
    if inspect.ismethoddescriptor(thing):
        return f"method descriptor {name}"
    return type(thing).__name__


def _is_plain_data(thing):
    routine = inspect.isroutine(thing) or inspect.isclass(thing) or inspect.ismodule(thing)
    return not (routine or inspect.isdatadescriptor(thing))


def _signature(thing, name=None):
    try:
        return str(inspect.signature(thing))
    except (TypeError, ValueError):
        return "(...)"


def _indented(text, prefix="    "):
    return "\n".join((prefix + line).rstrip() for line in text.split("\n"))


def _with_doc(title, doc):
    return title + ("\n" + _indented(doc) if doc else "") + "\n"


def _full_name(cls, module):
    return cls.__name__ if cls.__module__ == module else f"{cls.__module__}.{cls.__name__}"


# ---- functions


def _routine(thing, name, module, owner=None):
    """A function or method, as it is called `name`."""
    real = getattr(thing, "__name__", name) or name
    # Methods are shown with their receiver where they are looked up in a class.
    function = thing
    note = ""
    if inspect.ismethod(thing) and owner is None:
        receiver = thing.__self__
        if inspect.isclass(receiver):
            note = f" class method of {_full_name(receiver, None)}"
        else:
            note = f" method of {_full_name(type(receiver), None)} instance"
    elif inspect.isbuiltin(thing) and owner is None:
        receiver = getattr(thing, "__self__", None)
        if receiver is not None and not inspect.ismodule(receiver):
            note = f" method of {_full_name(type(receiver), None)} instance"
    if real == "<lambda>":
        title = f"{name} lambda {_signature(function)[1:-1]}"
    else:
        title = real + _signature(function)
    asynchronous = inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
    if real != name and real != "<lambda>":
        title = f"{name} = {title}"
        home = getattr(thing, "__module__", None)
        if home is not None and module is not None and home != module:
            note += f" from {home}"
        elif owner is not None and vars(owner).get(real) is vars(owner).get(name):
            # What it says stands at the other name.
            return f"{'async ' if asynchronous else ''}{title}\n"
    return _with_doc(("async " if asynchronous else "") + title + note, getdoc(thing))


def _data(name, value, prefix=""):
    text = repr(value)
    line = f"{name} = {text}"
    room = _WIDTH - len(line)
    if room < 0:
        line = line[:_WIDTH] + "..."
    return line + "\n"


# ---- classes


def _attributes(cls):
    """Name, kind, class that defines it, and value of each attribute."""
    found = {}
    for home in cls.__mro__:
        for name, value in vars(home).items():
            found.setdefault(name, (home, value))
    for name in sorted(found):
        home, value = found[name]
        if name in _PASSED_OVER or (name.startswith("_") and not (name.startswith("__") and name.endswith("__"))):
            continue
        yield name, _kind(name, value), home, value


def _kind(name, value):
    if isinstance(value, staticmethod) or name == "__new__" and inspect.isroutine(value):
        return "Static methods"
    if isinstance(value, classmethod) or type(value).__name__ == "classmethod_descriptor":
        return "Class methods"
    if isinstance(value, property):
        return "Readonly properties" if value.fset is None and value.fdel is None else "Data descriptors"
    if inspect.isroutine(value):
        return "Methods"
    return "Data descriptors" if inspect.isdatadescriptor(value) else "Data and other attributes"


_KINDS = (
    "Methods", "Class methods", "Static methods", "Readonly properties", "Data descriptors", "Data and other attributes",
)


def _member(cls, name, kind, value, module):
    if kind in ("Methods", "Class methods", "Static methods"):
        try:
            thing = getattr(cls, name)
        except AttributeError:
            thing = value
        return _routine(thing if inspect.isroutine(thing) else value, name, module, cls)
    if kind == "Data and other attributes":
        return _data(name, getattr(cls, name, value))
    return _with_doc(name, getdoc(value))


def _class(cls, name):
    module = cls.__module__
    bases = ", ".join(_full_name(base, module) for base in cls.__bases__)
    title = f"class {cls.__name__}" if name == cls.__name__ else f"{name} = class {cls.__name__}"
    title += f"({bases})" if bases else ""
    parts = []
    signature = _signature(cls)
    if signature not in ("(...)", "()"):
        parts.append(f"{cls.__name__}{signature}\n")
    doc = getdoc(cls)
    if doc:
        parts.append(doc + "\n")
    if len(cls.__mro__) > 2:
        order = "".join(f"    {_full_name(base, module)}\n" for base in cls.__mro__)
        parts.append("Method resolution order:\n" + order)
    groups = []
    attributes = list(_attributes(cls))
    for home in cls.__mro__:
        if home is object and cls is not object:
            continue
        where = "defined here" if home is cls else f"inherited from {_full_name(home, module)}"
        for kind in _KINDS:
            members = [_member(cls, *(a[0], a[1], a[3]), module) for a in attributes if a[1] == kind and a[2] is home]
            if members:
                groups.append(f"{kind} {where}:\n\n" + "\n".join(members))
    text = "\n".join(parts)
    if groups:
        text += ("\n" if parts else "") + f"\n{_RULE}\n".join(groups)
    return title + "\n" + _indented(text.rstrip("\n"), " |  ") + "\n" if text else title + "\n"


# ---- modules


def _section(title, text):
    return f"{title}\n{_indented(text.rstrip())}\n\n"


def _tree(classes, module):
    """The classes below their bases."""
    children, roots = {}, []
    for cls in classes:
        for base in cls.__bases__:
            children.setdefault(base, [])
            if cls not in children[base]:
                children[base].append(cls)
            if base not in classes and base not in roots:
                roots.append(base)
    key = lambda cls: (cls.__module__, cls.__name__)
    lines = []

    def show(cls, depth):
        bases = [base for base in cls.__bases__ if depth == 0 and base is not object or len(cls.__bases__) > 1]
        shown = f"({', '.join(_full_name(base, module) for base in cls.__bases__)})" if bases else ""
        lines.append("    " * depth + _full_name(cls, module) + shown)
        for child in sorted(children.get(cls, ()), key=key):
            show(child, depth + 1)

    for root in sorted(roots, key=key):
        show(root, 0)
    return "\n".join(lines)


def _module(module):
    name, listed = module.__name__, getattr(module, "__all__", None)
    synopsis, _, rest = (getdoc(module) or "").partition("\n")
    text = _section("NAME", name + (f" - {synopsis}" if synopsis else ""))
    if rest.strip():
        text += _section("DESCRIPTION", rest.strip("\n"))

    def shown(key, value, home):
        if listed is not None:
            return key in listed
        return not key.startswith("_") and (home or name) == name

    classes, functions, data = [], [], []
    for key, value in sorted(vars(module).items()):
        if key in _PASSED_OVER or inspect.ismodule(value):
            continue
        if inspect.isclass(value):
            if shown(key, value, value.__module__):
                classes.append((key, value))
        elif inspect.isroutine(value):
            if shown(key, value, None if inspect.isbuiltin(value) else getattr(value, "__module__", None)):
                functions.append((key, value))
        elif shown(key, value, None):
            data.append((key, value))
    if classes:
        parts = [_tree([value for _, value in classes], name) + "\n"]
        parts += [_class(value, key) for key, value in classes]
        text += _section("CLASSES", "\n".join(parts))
    if functions:
        text += _section("FUNCTIONS", "\n".join(_routine(value, key, name, module) for key, value in functions))
    if data:
        text += _section("DATA", "".join(_data(key, value) for key, value in data))
    for title, key in (("VERSION", "__version__"), ("DATE", "__date__"), ("AUTHOR", "__author__"), ("CREDITS", "__credits__")):
        if hasattr(module, key):
            text += _section(title, str(getattr(module, key)))
    return text + _section("FILE", getattr(module, "__file__", None) or "(built-in)")


# ---- help


def locate(path):
    """What a dotted name names: a module, or something in one; `None` if there is nothing."""
    parts = path.split(".")
    if not all(part.isidentifier() for part in parts):
        return None
    thing, rest = None, parts
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        try:
            __import__(name)
        except ImportError:
            continue
        thing, rest = sys.modules[name], parts[length:]
        break
    else:
        thing = builtins
    for part in rest:
        try:
            thing = getattr(thing, part)
        except AttributeError:
            return None
    return thing


def render_doc(thing, title="Python Library Documentation: %s"):
    """The documentation of an object, or of what a dotted name names; `ImportError` if there is none."""
    if isinstance(thing, str):
        found = locate(thing)
        if found is None:
            raise ImportError(
                f"No Python documentation found for {thing!r}.\n"
                "Use help() to get the interactive help utility.\nUse help(str) for help on the str class."
            )
        name, thing = thing, found
    else:
        name = getattr(thing, "__name__", None)
    said = describe(thing)
    module = inspect.getmodule(thing)
    if name and "." in name:
        said += " in " + name.rpartition(".")[0]
    elif module is not None and module is not thing:
        said += f" in module {module.__name__}"
    if _is_plain_data(thing):
        thing = type(thing)
        said += " object"
        name = name or thing.__name__
    return title % said + "\n\n" + document(thing, (name or "").rpartition(".")[2] or None)


def document(thing, name=None):
    """What there is to say about an object, without a title."""
    if inspect.ismodule(thing):
        return _module(thing)
    if inspect.isclass(thing):
        return _class(thing, name or thing.__name__)
    if inspect.isroutine(thing):
        return _routine(thing, name or getattr(thing, "__name__", "?"), None)
    name = name or getattr(getattr(thing, "fget", None), "__name__", None) or getattr(thing, "__name__", "?")
    return _with_doc(name, getdoc(thing))


def doc(thing, title="Help on %s:"):
    """Print the documentation of an object."""
    try:
        print(render_doc(thing, title))
    except ImportError as error:
        print(f"{error}\n")


_WORDS = """
False None True and as assert async await break class continue def del elif else except finally for from global if import in is
lambda nonlocal not or pass raise return try while with yield
""".split()


def _modules():
    names = sorted(name for name in sys.stdlib_module_names if not name.startswith("_"))
    return names


def help(*wanted):
    """Describe an object; without one, ask for names until there is none."""
    if wanted:
        (thing,) = wanted
        if isinstance(thing, str) and thing in ("keywords", "modules", "help"):
            _topic(thing)
        elif isinstance(thing, str) and thing in _WORDS and thing not in ("None", "True", "False"):
            print(f"'{thing}' is a keyword. docs.python.org/3.14/reference tells what it does.")
        else:
            doc(thing)
        return
    print("Enter the name of a module, class or function to read about it: 'json', 'str.split'.")
    print("'keywords' and 'modules' are lists; 'quit' or an empty line leaves.\n")
    while True:
        try:
            line = input("help> ").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if line in ("", "q", "quit", "exit"):
            break
        help(line.strip("'\""))
    print("\nYou are now leaving help and returning to the Python interpreter.")


def _topic(name):
    words = {"keywords": _WORDS, "modules": _modules(), "help": ["help(object)", "help('name')", "help()"]}[name]
    print()
    for start in range(0, len(words), 4):
        print("".join(word.ljust(20) for word in words[start : start + 4]).rstrip())
    print()


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        help(wanted)
