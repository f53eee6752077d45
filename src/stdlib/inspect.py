"""What live objects say about themselves."""

import _inspect
import _traceback
import abc
import builtins
import collections.abc
import enum
import functools
import itertools
import linecache
import os
import sys
import types
from annotationlib import get_annotations
from collections import namedtuple

__all__ = """
AGEN_CLOSED AGEN_CREATED AGEN_RUNNING AGEN_SUSPENDED ArgInfo Arguments Attribute BlockFinder BoundArguments BufferFlags
CORO_CLOSED CORO_CREATED CORO_RUNNING CORO_SUSPENDED CO_ASYNC_GENERATOR CO_COROUTINE CO_GENERATOR CO_ITERABLE_COROUTINE
CO_NESTED CO_NEWLOCALS CO_NOFREE CO_OPTIMIZED CO_VARARGS CO_VARKEYWORDS CO_HAS_DOCSTRING CO_METHOD ClassFoundException
ClosureVars EndOfBlock FrameInfo FullArgSpec GEN_CLOSED GEN_CREATED GEN_RUNNING GEN_SUSPENDED Parameter Signature
TPFLAGS_IS_ABSTRACT Traceback classify_class_attrs cleandoc currentframe findsource formatannotation
formatannotationrelativeto formatargvalues get_annotations getabsfile getargs getargvalues getasyncgenlocals
getasyncgenstate getattr_static getblock getcallargs getclasstree getclosurevars getcomments getcoroutinelocals
getcoroutinestate getdoc getfile getframeinfo getfullargspec getgeneratorlocals getgeneratorstate getinnerframes
getlineno getmembers getmembers_static getmodule getmodulename getmro getouterframes getsource getsourcefile
getsourcelines indentsize isabstract isasyncgen isasyncgenfunction isawaitable isbuiltin isclass iscode iscoroutine
iscoroutinefunction isdatadescriptor isframe isfunction isgenerator isgeneratorfunction isgetsetdescriptor
ismemberdescriptor ismethod ismethoddescriptor ismethodwrapper ismodule ispackage isroutine istraceback
markcoroutinefunction signature stack trace unwrap walktree
""".split()

CO_OPTIMIZED = 1
CO_NEWLOCALS = 2
CO_VARARGS = 4
CO_VARKEYWORDS = 8
CO_NESTED = 16
CO_GENERATOR = 32
CO_NOFREE = 64
CO_COROUTINE = 128
CO_ITERABLE_COROUTINE = 256
CO_ASYNC_GENERATOR = 512
CO_HAS_DOCSTRING = 0x4000000
CO_METHOD = 0x8000000

TPFLAGS_IS_ABSTRACT = 1 << 20

GEN_CREATED = "GEN_CREATED"
GEN_RUNNING = "GEN_RUNNING"
GEN_SUSPENDED = "GEN_SUSPENDED"
GEN_CLOSED = "GEN_CLOSED"
CORO_CREATED = "CORO_CREATED"
CORO_RUNNING = "CORO_RUNNING"
CORO_SUSPENDED = "CORO_SUSPENDED"
CORO_CLOSED = "CORO_CLOSED"
AGEN_CREATED = "AGEN_CREATED"
AGEN_RUNNING = "AGEN_RUNNING"
AGEN_SUSPENDED = "AGEN_SUSPENDED"
AGEN_CLOSED = "AGEN_CLOSED"

ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")
Attribute = namedtuple("Attribute", "name kind defining_class object")
Arguments = namedtuple("Arguments", "args, varargs, varkw")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")


class BufferFlags(enum.IntFlag):
    """What is asked of a buffer."""

    SIMPLE = 0
    WRITABLE = 1
    FORMAT = 4
    ND = 8
    STRIDES = 16 | ND
    C_CONTIGUOUS = 32 | STRIDES
    F_CONTIGUOUS = 64 | STRIDES
    ANY_CONTIGUOUS = 128 | STRIDES
    INDIRECT = 256 | STRIDES
    CONTIG = ND | WRITABLE
    CONTIG_RO = ND
    STRIDED = STRIDES | WRITABLE
    STRIDED_RO = STRIDES
    RECORDS = STRIDES | WRITABLE | FORMAT
    RECORDS_RO = STRIDES | FORMAT
    FULL = INDIRECT | WRITABLE | FORMAT
    FULL_RO = INDIRECT | FORMAT
    READ = 256
    WRITE = 512



def ismodule(object):
    """Is it a module?"""
    return isinstance(object, types.ModuleType)


def ispackage(object):
    """Is it a module that has others in it?"""
    return ismodule(object) and hasattr(object, "__path__")


def isclass(object):
    """Is it a class?"""
    return isinstance(object, type)


def ismethod(object):
    """Is it a bound method written in Python?"""
    return isinstance(object, types.MethodType)


def isfunction(object):
    """Is it a function written in Python?"""
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    """Is it a function that is not written in Python?"""
    return isinstance(object, types.BuiltinFunctionType)


def iscode(object):
    """Is it a code object?"""
    return isinstance(object, types.CodeType)


def isframe(object):
    """Is it a frame object?"""
    return isinstance(object, types.FrameType)


def istraceback(object):
    """Is it a traceback?"""
    return isinstance(object, types.TracebackType)


def ismethodwrapper(object):
    return isinstance(object, types.MethodWrapperType)


_ROUTINES = (types.BuiltinFunctionType, types.FunctionType, types.MethodType, types.MethodWrapperType)


def isroutine(object):
    """Is it any kind of function or method?"""
    return isinstance(object, _ROUTINES) or ismethoddescriptor(object)


def ismethoddescriptor(object):
    """Is it a descriptor with `__get__` alone, and no function, method or class?"""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    cls = type(object)
    return hasattr(cls, "__get__") and not hasattr(cls, "__set__") and not hasattr(cls, "__delete__")


def isdatadescriptor(object):
    """Is it a descriptor that can be set or deleted?"""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    cls = type(object)
    return hasattr(cls, "__set__") or hasattr(cls, "__delete__")


def isgetsetdescriptor(object):
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    return isinstance(object, types.MemberDescriptorType)


def isabstract(object):
    """Is it an abstract base class?"""
    if not isinstance(object, type):
        return False
    if not isinstance(object, abc.ABCMeta) or "__abstractmethods__" in object.__dict__:
        return bool(getattr(object, "__abstractmethods__", None))
    # In `__init_subclass__` the metaclass has not counted yet.
    if any(getattr(value, "__isabstractmethod__", False) for value in object.__dict__.values()):
        return True
    inherited = {name for base in object.__bases__ for name in getattr(base, "__abstractmethods__", ())}
    return any(getattr(getattr(object, name, None), "__isabstractmethod__", False) for name in inherited)


def _is_functionlike(object):
    """Does it have all that a function has, for signatures, without being one?"""
    if not callable(object) or isclass(object):
        return False
    absent = builtins.object()
    defaults = getattr(object, "__defaults__", absent)
    kwdefaults = getattr(object, "__kwdefaults__", absent)
    annotations = getattr(object, "__annotations__", absent)
    return (
        isinstance(getattr(object, "__name__", None), str)
        and isinstance(getattr(object, "__code__", None), types.CodeType)
        and (defaults is None or isinstance(defaults, tuple))
        and (kwdefaults is None or isinstance(kwdefaults, dict))
        and (annotations is None or isinstance(annotations, dict))
    )


def _plain_function(object):
    while True:
        if ismethod(object):
            object = object.__func__
        elif isinstance(object, functools.partial):
            object = object.func
        elif isinstance(found := getattr(object, "__partialmethod__", None), functools.partialmethod):
            object = found.func
        else:
            return object


def _makes(object, what):
    object = _plain_function(object)
    if isfunction(object):
        return _inspect.makes(object) == what
    return _is_functionlike(object) and _inspect.makes(object.__code__) == what


def isgeneratorfunction(obj):
    """Does calling it make a generator?"""
    return _makes(obj, "generator")


def iscoroutinefunction(obj):
    """Does calling it make a coroutine?"""
    return _makes(obj, "coroutine") or getattr(_plain_function(obj), "_is_coroutine_mark", None) is _mark


def isasyncgenfunction(obj):
    """Does calling it make an asynchronous generator?"""
    return _makes(obj, "async_generator")


_mark = builtins.object()


def markcoroutinefunction(func):
    """Have a function counted as a coroutine function."""
    if hasattr(func, "__func__"):
        func = func.__func__
    func._is_coroutine_mark = _mark
    return func


def isgenerator(object):
    """Is it a generator?"""
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    """Is it a coroutine?"""
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    """Is it an asynchronous generator?"""
    return isinstance(object, types.AsyncGeneratorType)


def isawaitable(object):
    """Can it stand after await?"""
    if isinstance(object, types.CoroutineType):
        return True
    if isinstance(object, types.GeneratorType):
        return _inspect.awaitable(object)
    return isinstance(object, collections.abc.Awaitable)


def getgeneratorstate(generator):
    """Where a generator stands."""
    if isinstance(generator, types.GeneratorType):
        return "GEN_" + _inspect.state(generator)
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_suspended:
        return GEN_SUSPENDED
    return GEN_CREATED if generator.gi_frame is not None else GEN_CLOSED


def getcoroutinestate(coroutine):
    """Where a coroutine stands."""
    if isinstance(coroutine, types.CoroutineType):
        return "CORO_" + _inspect.state(coroutine)
    if coroutine.cr_running:
        return CORO_RUNNING
    if coroutine.cr_suspended:
        return CORO_SUSPENDED
    return CORO_CREATED if coroutine.cr_frame is not None else CORO_CLOSED


def getasyncgenstate(agen):
    """Where an asynchronous generator stands."""
    if agen.ag_running:
        return AGEN_RUNNING
    return "AGEN_" + _inspect.state(agen)


def getgeneratorlocals(generator):
    """The local variables of a suspended generator."""
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    return _locals_of(generator.gi_frame)


def getcoroutinelocals(coroutine):
    """The local variables of a suspended coroutine."""
    return _locals_of(getattr(coroutine, "cr_frame", None))


def getasyncgenlocals(agen):
    """The local variables of a suspended asynchronous generator."""
    if not isasyncgen(agen):
        raise TypeError(f"{agen!r} is not a Python async generator")
    return _locals_of(agen.ag_frame)


def _locals_of(frame):
    return frame.f_locals if frame is not None else {}


def _names_of(object):
    """The names of an object's attributes; of a class, also those that only its instances show."""
    names = dir(object)
    if isclass(object):
        for base in (*object.__bases__,):
            for name, value in base.__dict__.items():
                if isinstance(value, types.DynamicClassAttribute):
                    names.append(name)
    return names


def _members(object, predicate, get):
    mro = object.__mro__ if isclass(object) else ()
    found, seen = [], set()
    for name in _names_of(object):
        try:
            if name in seen:
                raise AttributeError(name)
            value = get(object, name)
        except AttributeError:
            # A name that is there twice, or that the class itself does not show.
            for base in mro:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if predicate is None or predicate(value):
            found.append((name, value))
        seen.add(name)
    found.sort(key=lambda pair: pair[0])
    return found


def getmembers(object, predicate=None):
    """Names and values of an object's attributes, by name."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """The same without running any code of the object."""
    return _members(object, predicate, getattr_static)


def classify_class_attrs(cls):
    """What each attribute of a class is, and which class defines it."""
    mro = cls.__mro__
    metaclasses = tuple(meta for meta in type(cls).__mro__ if meta not in (type, object))
    names = dir(cls)
    for base in mro:
        for name, value in base.__dict__.items():
            if isinstance(value, types.DynamicClassAttribute) and value.fget is not None:
                names.append(name)
    found, seen = [], set()
    for name in names:
        home = shown = None
        if name != "__dict__" and name not in seen:
            try:
                shown = getattr(cls, name)
            except Exception:
                pass
            else:
                home = _who_shows(cls, name, shown, mro, metaclasses)
        kept = None
        for base in (*mro, *metaclasses):
            if name in base.__dict__:
                kept = base.__dict__[name]
                if home not in metaclasses:
                    home = base
                break
        if home is None:
            continue
        value = kept if shown is None else shown
        kind = "data"
        if isinstance(kept, (staticmethod, types.BuiltinMethodType)):
            kind, value = "static method", kept
        elif isinstance(kept, (classmethod, types.ClassMethodDescriptorType)):
            kind, value = "class method", kept
        elif isinstance(kept, property):
            kind, value = "property", kept
        elif isroutine(value):
            kind = "method"
        found.append(Attribute(name, kind, home, value))
        seen.add(name)
    return found


def _who_shows(cls, name, shown, mro, metaclasses):
    """The class an attribute comes from: the one it names, else the last to show the very same, `__getattr__` included."""
    home = getattr(shown, "__objclass__", None)
    if home not in mro:
        home = None
    last = None
    for base in mro:
        if getattr(base, name, None) is shown:
            last = base
    for meta in metaclasses:
        try:
            if meta.__getattr__(cls, name) is shown:
                last = meta
        except AttributeError:
            continue
    return home if last is None else last


def getmro(cls):
    """The classes in which attributes of a class are looked for."""
    return cls.__mro__


def walktree(classes, children, parent):
    """The part of a class tree that is below `parent`."""
    tree = []
    for cls in sorted(classes, key=lambda cls: (cls.__module__, cls.__name__)):
        tree.append((cls, cls.__bases__))
        if cls in children:
            tree.append(walktree(children[cls], children, cls))
    return tree


def getclasstree(classes, unique=False):
    """Classes as nested lists: behind each a list of those derived from it."""
    children, roots = {}, []
    for cls in classes:
        if not cls.__bases__:
            if cls not in roots:
                roots.append(cls)
        for base in cls.__bases__:
            below = children.setdefault(base, [])
            if cls not in below:
                below.append(cls)
            if unique and base in classes:
                break
    roots += [base for base in children if base not in classes]
    return walktree(roots, children, None)


def unwrap(func, *, stop=None):
    """The function that wrappers wrap."""
    # What was seen is kept, so that no id is used twice.
    seen = {id(func): func}
    limit = sys.getrecursionlimit()
    first = func
    while not isclass(func) and hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= limit:
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen[id(func)] = func
    return func


def indentsize(line):
    """How many columns a line is indented."""
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def cleandoc(doc):
    """A docstring without the indentation of the code it stands in."""
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip(" ")), default=0)
    lines = [lines[0].lstrip(" ")] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    """The docstring of an object, or of what it overrides."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _finddoc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def _findclass(func):
    """The class in whose body a function was defined."""
    cls = sys.modules.get(func.__module__)
    for name in func.__qualname__.split(".")[:-1]:
        cls = getattr(cls, name, None)
    return cls if isclass(cls) else None


def _finddoc(obj):
    """The docstring that an object without one takes over."""
    if isclass(obj):
        for base in obj.__mro__:
            if base is not object and (doc := _own_doc(base)) is not None:
                return doc
        return None
    if ismethod(obj) or isbuiltin(obj) and not ismodule(obj.__self__):
        owner = obj.__self__
        name = obj.__name__
        cls = owner if isclass(owner) else type(owner)
        if ismethod(obj) and isclass(owner) and getattr(getattr(owner, name, None), "__func__", None) is not obj.__func__:
            # A method of the metaclass.
            cls = type(owner)
    elif isfunction(obj):
        name, cls = obj.__name__, _findclass(obj)
        if cls is None or getattr(cls, name) is not obj:
            return None
    elif isinstance(obj, (property, functools.cached_property)):
        func = obj.fget if isinstance(obj, property) else obj.func
        name, cls = getattr(obj, "__name__", func.__name__), _findclass(func)
        if cls is None or cls.__dict__.get(name) is not obj:
            return None
    elif ismethoddescriptor(obj) or isdatadescriptor(obj):
        name, cls = obj.__name__, obj.__objclass__
        if getattr(cls, name) is not obj:
            return None
        if ismemberdescriptor(obj):
            slots = getattr(cls, "__slots__", None)
            if isinstance(slots, dict) and name in slots:
                return slots[name]
    else:
        return None
    for base in cls.__mro__:
        doc = _own_doc(getattr(base, name)) if hasattr(base, name) else None
        if doc is not None:
            return doc
    return None


def _own_doc(obj):
    """The docstring of an object, not that of its class."""
    try:
        doc = object.__getattribute__(obj, "__doc__") if not isclass(obj) else obj.__dict__.get("__doc__")
    except AttributeError:
        return None
    if doc is not None and not isclass(obj) and doc is type(obj).__doc__:
        return None
    return doc if isinstance(doc, str) else None


# The module in each file, as far as that was asked for.
_module_names = {}


def getmodule(object, _filename=None):
    """The module an object was defined in."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    try:
        file = getabsfile(object, _filename)
    except (TypeError, FileNotFoundError):
        return None
    found = _module_in(file)
    if found is not None:
        return found
    name = getattr(object, "__name__", None)
    if name is not None:
        for home in ("__main__", "builtins"):
            module = sys.modules.get(home)
            if module is not None and getattr(module, name, None) is object:
                return module
    return None


def _module_in(file):
    known = sys.modules.get(_module_names.get(file))
    if known is not None and _is_in(known, file):
        return known
    for name, module in list(sys.modules.items()):
        if ismodule(module) and _is_in(module, file):
            _module_names[file] = name
            return module
    return None


def _is_in(module, file):
    path = getattr(module, "__file__", None)
    if not isinstance(path, str):
        return False
    if not os.path.isabs(path):
        path = os.path.abspath(path)
    return path == file or os.path.basename(path) == os.path.basename(file) and os.path.realpath(path) == os.path.realpath(file)


def getmodulename(path):
    """The name of the module in a file."""
    name = os.path.basename(path)
    for suffix in (".py", ".pyc", ".so"):
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return None


def _code_of(object):
    """The code object behind a method, function, traceback or frame; anything else as it is."""
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        return object.__code__
    if istraceback(object):
        object = object.tb_frame
    return object.f_code if isframe(object) else object


def _file_of(module):
    """The file of a module; of one of the library's that are written in Python, the name that tracebacks show."""
    file = getattr(module, "__file__", None)
    if not file and _inspect.library_text(getattr(module, "__name__", "")) is not None:
        return f"<frozen {module.__name__}>"
    return file


def getfile(object):
    """The file an object was defined in."""
    if ismodule(object):
        file = _file_of(object)
        if file:
            return file
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        if hasattr(object, "__module__"):
            file = _file_of(sys.modules.get(object.__module__))
            if file:
                return file
            if object.__module__ == "__main__":
                raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    if isfunction(object):
        return _inspect.place(object)[1]
    code = _code_of(object)
    if iscode(code):
        return code.co_filename
    raise TypeError(
        "module, class, method, function, traceback, frame, or code object was expected, got"
        f" {type(object).__name__}"
    )


def getsourcefile(object):
    """The file that has the source of an object; None when there is none."""
    file = getfile(object)
    if file.endswith(".pyc"):
        file = file[:-1]
    elif file.endswith(".so"):
        return None
    if file in linecache.cache or os.path.exists(file):
        return file
    # A file that is not there may have been made up by a loader.
    module = getmodule(object, file)
    if getattr(module, "__loader__", None) is not None:
        return file
    if getattr(getattr(module, "__spec__", None), "loader", None) is not None:
        return file
    return None


def getabsfile(object, _filename=None):
    """The absolute path of the file that an object comes from."""
    if _filename is None:
        _filename = getsourcefile(object) or getfile(object)
    return os.path.normcase(os.path.abspath(_filename))


class ClassFoundException(Exception):
    pass


class EndOfBlock(Exception):
    pass


def findsource(object):
    """All lines of the file an object comes from, and the number of its first one, from 0."""
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    code = _code_of(object)
    module = getmodule(object, file)
    lines = linecache.getlines(file, module.__dict__ if module is not None else None)
    if not lines and file.startswith("<frozen "):
        lines = (_inspect.library_text(file[len("<frozen ") : -1]) or "").splitlines(True)
    if not lines and iscode(code):
        # The machine keeps the text of what came from no file.
        lines = _source_lines(code)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        try:
            first = vars(object)["__firstlineno__"] - 1
        except (TypeError, KeyError):
            raise OSError("source code not available") from None
        if first >= len(lines):
            raise OSError("lineno is out of bounds")
        return lines, first
    if not iscode(code) or not hasattr(code, "co_firstlineno"):
        raise OSError("could not find code object")
    first = code.co_firstlineno - 1
    if first >= len(lines):
        raise OSError("lineno is out of bounds")
    return lines, first


def getcomments(object):
    """The comment lines before an object's source, or at the top of a module."""
    try:
        lines, first = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0].startswith("#!") else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        comments = itertools.takewhile(lambda line: line.startswith("#"), lines[start:])
        return "".join(line.expandtabs() for line in comments) or None
    indent = indentsize(lines[first])
    comments = []
    for line in reversed(lines[:first]):
        line = line.expandtabs()
        if not line.lstrip().startswith("#") or indentsize(line) != indent:
            break
        comments.append(line.lstrip())
    while comments and comments[-1].strip() == "#":
        comments.pop()
    while comments and comments[0].strip() == "#":
        del comments[0]
    return "".join(reversed(comments)) or None


class BlockFinder:
    """Told the tokens of a text, it raises `EndOfBlock` where the definition at its beginning ends."""

    def __init__(self):
        self.indent = 0
        self.islambda = False
        self.started = False
        self.passline = False
        self.indecorator = False
        self.last = 1
        self.body_col0 = None

    def tokeneater(self, kind, token, start, end, line):
        import tokenize

        if not self.started and not self.indecorator:
            if token == "@":
                self.indecorator = True
            elif token in ("def", "class", "lambda"):
                self.islambda = token == "lambda"
                self.started = True
            # The rest of the line tells nothing.
            self.passline = True
        elif kind == tokenize.NEWLINE:
            self.passline = False
            self.last = start[0]
            if self.islambda:
                raise EndOfBlock
            if self.indecorator:
                self.indecorator = False
        elif self.passline:
            pass
        elif kind == tokenize.INDENT:
            if self.body_col0 is None and self.started:
                self.body_col0 = end[1]
            self.indent += 1
            self.passline = True
        elif kind == tokenize.DEDENT:
            self.indent -= 1
            if self.indent <= 0:
                raise EndOfBlock
        elif kind == tokenize.COMMENT:
            # A comment behind the last statement belongs to the body that it is indented like.
            if self.body_col0 is not None and start[1] >= self.body_col0:
                self.last = start[0]
        elif self.indent == 0 and kind != tokenize.NL:
            raise EndOfBlock


def getblock(lines):
    """The lines of the definition that begins in the first one."""
    import tokenize

    finder = BlockFinder()
    try:
        for token in tokenize.generate_tokens(iter(lines).__next__):
            finder.tokeneater(*token)
    except (EndOfBlock, IndentationError):
        pass
    return lines[: finder.last]


def getsourcelines(object):
    """The lines of an object's source, and the number of the first."""
    object = unwrap(object)
    lines, first = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[first:]), first + 1


def getsource(object):
    """The source of an object."""
    lines, _ = getsourcelines(object)
    return "".join(lines)


def currentframe():
    """The frame of the caller."""
    return sys._getframe(1)


def getframeinfo(frame, context=1):
    """Where a frame or traceback is, with some lines around it."""
    if istraceback(frame):
        lineno, index, frame = frame.tb_lineno, frame.tb_lasti, frame.tb_frame
    elif isframe(frame):
        lineno, index = frame.f_lineno, frame.f_lasti
    else:
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    code = frame.f_code
    positions = next(itertools.islice(code.co_positions(), index // 2, None), (None, None, None, None))
    if positions[0] is None:
        positions = (lineno, *positions[1:])
    lineno = positions[0]
    lines = at = None
    if context > 0:
        try:
            lines, _ = findsource(frame)
        except OSError:
            pass
        else:
            start = max(0, min(lineno - 1 - context // 2, len(lines) - context))
            lines = lines[start : start + context]
            at = lineno - 1 - start
    file = getsourcefile(frame) or getfile(frame)
    return Traceback(file, lineno, code.co_name, lines, at, positions=_positions(*positions))


def _positions(*places):
    import dis

    return dis.Positions(*places)


def _source_lines(code):
    """The lines of the source that a code object comes from."""
    lines = []
    while (line := _traceback.line(code, len(lines) + 1)) is not None:
        lines.append(line + "\n")
    if lines and lines[-1] == "\n":
        lines.pop()
    return lines


def getouterframes(frame, context=1):
    """A record for a frame and each of its callers."""
    records = []
    while frame is not None:
        records.append(_frame_info(frame, getframeinfo(frame, context)))
        frame = frame.f_back
    return records


def getinnerframes(tb, context=1):
    """A record for each entry of a traceback."""
    records = []
    while tb is not None:
        records.append(_frame_info(tb.tb_frame, getframeinfo(tb, context)))
        tb = tb.tb_next
    return records


def _frame_info(frame, info):
    return FrameInfo(frame, *info, positions=info.positions)


def getlineno(frame):
    """The line a frame is at."""
    return frame.f_lineno


def getargs(co):
    """The parameters of a code object."""
    if not iscode(co):
        raise TypeError(f"{co!r} is not a code object")
    posonly, positional, kwonly, varargs, varkw = _inspect.parameters(co)
    return Arguments([*posonly, *positional, *kwonly], varargs, varkw)


def getargvalues(frame):
    """The parameters of a frame, and its variables."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def _equal_sign_and_repr(value):
    return f"={value!r}"


def formatargvalues(args, varargs, varkw, locals, formatarg=str, formatvarargs="*{}".format, formatvarkw="**{}".format,
                    formatvalue=_equal_sign_and_repr):
    """What `getargvalues` gives, as text."""
    parts = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        parts.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        parts.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return f"({', '.join(parts)})"


def stack(context=1):
    """Records of the caller and its callers."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """Records of the traceback of the exception being handled."""
    exception = sys.exception()
    return getinnerframes(None if exception is None else exception.__traceback__, context)


class _Positioned:
    """A record that also has the positions of what is running."""

    __slots__ = ()

    def __new__(cls, *args, positions=None, **named):
        record = super().__new__(cls, *args, **named)
        record.positions = positions
        return record

    def __repr__(self):
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in (*self._fields, "positions"))
        return f"{type(self).__name__}({fields})"


class Traceback(_Positioned, namedtuple("_Traceback", "filename lineno function code_context index")):
    """Where a frame is."""


class FrameInfo(_Positioned, namedtuple("_FrameInfo", "frame filename lineno function code_context index")):
    """A frame and where it is."""


_MRO_OF = type.__dict__["__mro__"].__get__
_DICT_OF = type.__dict__["__dict__"].__get__
_absent = builtins.object()


def _shadows_dict(cls):
    """What a class of an object's MRO has under `__dict__`, where that is not the ordinary one."""
    for entry in _MRO_OF(cls):
        namespace = _DICT_OF(entry)
        if "__dict__" in namespace:
            found = namespace["__dict__"]
            ordinary = isinstance(found, types.GetSetDescriptorType) and found.__name__ == "__dict__"
            if not (ordinary and found.__objclass__ is entry):
                return found
    return _absent


def _in_classes(cls, name):
    for entry in _MRO_OF(cls):
        if _shadows_dict(type(entry)) is _absent and name in (namespace := _DICT_OF(entry)):
            return namespace[name]
    return _absent


def getattr_static(obj, attr, default=_absent):
    """An attribute without running any code of the object."""
    own = _absent
    if type in _MRO_OF(type(obj)):
        cls = obj
    else:
        cls = type(obj)
        shadow = _shadows_dict(cls)
        if shadow is _absent or type(shadow) is types.MemberDescriptorType:
            try:
                own = dict.get(object.__getattribute__(obj, "__dict__"), attr, _absent)
            except AttributeError:
                pass
    of_class = _in_classes(cls, attr)
    if own is not _absent and of_class is not _absent:
        kind = type(of_class)
        if _in_classes(kind, "__get__") is not _absent and (
            _in_classes(kind, "__set__") is not _absent or _in_classes(kind, "__delete__") is not _absent
        ):
            return of_class
    of_metaclass = _in_classes(type(cls), attr) if obj is cls else _absent
    for found in (own, of_class, of_metaclass, default):
        if found is not _absent:
            return found
    raise AttributeError(attr)


def getclosurevars(func):
    """The variables from outside that a function uses."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    scope = func.__globals__
    built_in = scope.get("__builtins__", builtins.__dict__)
    if ismodule(built_in):
        built_in = built_in.__dict__
    found, built, unbound = {}, {}, set()
    for name in func.__code__.co_names:
        if name in scope:
            found[name] = scope[name]
        elif name in built_in:
            built[name] = built_in[name]
        else:
            unbound.add(name)
    return ClosureVars(_inspect.closure(func), found, built, unbound)


def _main():
    """`python -m inspect MODULE[:NAME]`: the source of something; with `--details`, where it is from."""
    import argparse
    import importlib

    parser = argparse.ArgumentParser()
    parser.add_argument("object", help="The object to be analysed. It supports the 'module:qualname' syntax")
    parser.add_argument("-d", "--details", action="store_true", help="Display info about the module rather than its source code")
    args = parser.parse_args()
    name, has_attributes, attributes = args.object.partition(":")
    try:
        found = module = importlib.import_module(name)
    except Exception as error:
        print(f"Failed to import {name} ({type(error).__name__}: {error})", file=sys.stderr)
        sys.exit(2)
    for part in attributes.split(".") if has_attributes else ():
        found = getattr(found, part)
    if module.__name__ in sys.builtin_module_names:
        print("Can't get info for builtin modules.", file=sys.stderr)
        sys.exit(1)
    if not args.details:
        print(getsource(found))
        return
    print(f"Target: {args.object}")
    print(f"Origin: {getsourcefile(module)}")
    print(f"Cached: {module.__spec__.cached}")
    if found is module:
        print(f"Loader: {module.__loader__!r}")
        if hasattr(module, "__path__"):
            print(f"Submodule search path: {module.__path__}")
    else:
        try:
            _, line = findsource(found)
        except OSError:
            pass
        else:
            print(f"Line: {line}")
    print()


if __name__ == "__main__":
    import inspect

    inspect._main()
else:
    from _signatures import (
        BoundArguments, FullArgSpec, Parameter, Signature, _ParameterKind, _empty, _signature_strip_non_python_syntax, _void,
        formatannotation, formatannotationrelativeto, getcallargs, getfullargspec, signature,
    )
