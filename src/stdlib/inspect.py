"""What live objects say about themselves."""

import _inspect
import _traceback
import builtins
import collections.abc
import functools
import itertools
import sys
import types
from collections import namedtuple
from enum import IntEnum
from keyword import iskeyword

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


def ismodule(object):
    """Is it a module?"""
    return isinstance(object, types.ModuleType)


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


def isroutine(object):
    """Is it any kind of function or method?"""
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


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
    return isinstance(object, type) and bool(getattr(object, "__abstractmethods__", None))


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
    return isfunction(object) and _inspect.makes(object) == what


def isgeneratorfunction(obj):
    """Does calling it make a generator?"""
    return _makes(obj, "generator")


def iscoroutinefunction(obj):
    """Does calling it make a coroutine?"""
    return _makes(obj, "coroutine") or getattr(_plain_function(obj), "_is_coroutine_mark", None) is _mark


def isasyncgenfunction(obj):
    """Does calling it make an asynchronous generator?"""
    return _makes(obj, "async_generator")


_mark = object()


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


def getmembers(object, predicate=None):
    """Names and values of an object's attributes, by name."""
    found = []
    for name in sorted(dir(object)):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def getmro(cls):
    """The classes in which attributes of a class are looked for."""
    return cls.__mro__


def unwrap(func, *, stop=None):
    """The function that wrappers wrap."""
    seen = {id(func)}
    while hasattr(func, "__wrapped__") and not isinstance(func, type) and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {func!r}")
        seen.add(id(func))
    return func


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


def getdoc(object, fallback_to_class_doc=True, inherit_class_doc=True):
    """The docstring of an object, or of what it overrides."""
    doc = getattr(object, "__doc__", None)
    if doc is None and isclass(object):
        for base in object.__mro__[1:]:
            if base is not builtins.object and base.__doc__ is not None:
                doc = base.__doc__
                break
    elif doc is None and (isfunction(object) or ismethod(object)):
        doc = _inherited_doc(object)
    return cleandoc(doc) if isinstance(doc, str) else None


def _inherited_doc(function):
    name = function.__name__
    if ismethod(function):
        owner = function.__self__
        owner = owner if isclass(owner) else type(owner)
    else:
        owner = sys.modules.get(function.__module__)
        for part in function.__qualname__.split(".")[:-1]:
            owner = getattr(owner, part, None)
    for base in getattr(owner, "__mro__", ()):
        doc = getattr(base.__dict__[name], "__doc__", None) if name in base.__dict__ else None
        if doc is not None:
            return doc
    return None


def getmodule(object, _filename=None):
    """The module an object was defined in."""
    if ismodule(object):
        return object
    return sys.modules.get(getattr(object, "__module__", None))


def getmodulename(path):
    """The name of the module in a file."""
    name = path.rpartition("/")[2]
    return name[:-3] if name.endswith(".py") else None


def getfile(object):
    """The file an object was defined in."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, "__file__", None):
            return module.__file__
        if object.__module__ == "__main__":
            raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    function = object.__func__ if ismethod(object) else object
    if isfunction(function) or iscode(function):
        return _inspect.place(function)[1]
    raise TypeError(
        "module, class, method, function, traceback, frame, or code object was expected, got"
        f" {type(object).__name__}"
    )


def getsourcefile(object):
    """The file that has the source of an object."""
    return getfile(object)


def getsourcelines(object):
    """The lines of an object's source, and the number of the first."""
    raise OSError("could not get source code")


def getsource(object):
    """The source of an object."""
    raise OSError("could not get source code")


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
    positions = next(itertools.islice(code.co_positions(), index, None), (lineno, None, None, None))
    lines = at = None
    if context > 0 and _traceback.line(code, lineno) is not None:
        start = max(0, lineno - 1 - context // 2)
        lines = _source_lines(code)
        start = max(0, min(start, len(lines) - context))
        at = lineno - 1 - start
        lines = lines[start : start + context]
    return Traceback(code.co_filename, lineno, code.co_name, lines, at, positions=positions)


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


def getargvalues(frame):
    """The parameters of a frame, and its variables."""
    posonly, positional, kwonly, varargs, varkw = _inspect.parameters(frame.f_code)
    return ArgInfo([*posonly, *positional, *kwonly], varargs, varkw, frame.f_locals)


def stack(context=1):
    """Records of the caller and its callers."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """Records of the traceback of the exception being handled."""
    exception = sys.exception()
    return getinnerframes(None if exception is None else exception.__traceback__, context)


ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")
Attribute = namedtuple("Attribute", "name kind defining_class object")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")


class _Positioned:
    """A record that also has the positions of what is running."""

    __slots__ = ()

    def __new__(cls, *args, positions=None):
        record = super().__new__(cls, *args)
        record.positions = positions
        return record

    def __repr__(self):
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in (*self._fields, "positions"))
        return f"{type(self).__name__}({fields})"


class Traceback(_Positioned, namedtuple("_Traceback", "filename lineno function code_context index")):
    """Where a frame is."""


class FrameInfo(_Positioned, namedtuple("_FrameInfo", "frame filename lineno function code_context index")):
    """A frame and where it is."""


def getattr_static(obj, attr, default=None):
    """An attribute without running any code of the object."""
    classes = obj.__mro__ if isinstance(obj, type) else (obj, *type(obj).__mro__)
    for holder in classes:
        namespace = getattr(holder, "__dict__", {})
        if attr in namespace:
            return namespace[attr]
    if default is None:
        raise AttributeError(attr)
    return default


class _empty:
    """What a signature has where nothing was given."""


class _ParameterKind(IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self.name

    @property
    def description(self):
        return _DESCRIPTIONS[self]


_POSITIONAL_ONLY = _ParameterKind.POSITIONAL_ONLY
_POSITIONAL_OR_KEYWORD = _ParameterKind.POSITIONAL_OR_KEYWORD
_VAR_POSITIONAL = _ParameterKind.VAR_POSITIONAL
_KEYWORD_ONLY = _ParameterKind.KEYWORD_ONLY
_VAR_KEYWORD = _ParameterKind.VAR_KEYWORD
_DESCRIPTIONS = {
    _POSITIONAL_ONLY: "positional-only",
    _POSITIONAL_OR_KEYWORD: "positional or keyword",
    _VAR_POSITIONAL: "variadic positional",
    _KEYWORD_ONLY: "keyword-only",
    _VAR_KEYWORD: "variadic keyword",
}


def formatannotation(annotation, base_module=None, *, quote_annotation_strings=True):
    """An annotation as text."""
    if not quote_annotation_strings and isinstance(annotation, str):
        return annotation
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if type(annotation).__name__ == "ForwardRef" and type(annotation).__module__ == "annotationlib":
        return annotation.__forward_arg__
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


class Parameter:
    """One parameter of a signature."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{self._kind.description} parameters cannot have default values")
        self._default = default
        self._annotation = annotation
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if iskeyword(name) and self._kind is not _POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name

    @property
    def name(self):
        return self._name

    @property
    def default(self):
        return self._default

    @property
    def annotation(self):
        return self._annotation

    @property
    def kind(self):
        return self._kind

    def replace(self, *, name=_empty, kind=_empty, annotation=_empty, default=_empty):
        return type(self)(
            self._name if name is _empty else name,
            self._kind if kind is _empty else kind,
            default=self._default if default is _empty else default,
            annotation=self._annotation if annotation is _empty else annotation,
        )

    __replace__ = replace

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text += f": {formatannotation(self._annotation)}"
        if self._default is not _empty:
            text += f" = {self._default!r}" if self._annotation is not _empty else f"={self._default!r}"
        if self._kind is _VAR_POSITIONAL:
            text = "*" + text
        elif self._kind is _VAR_KEYWORD:
            text = "**" + text
        return text

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __hash__(self):
        return hash((self._name, self._kind, self._annotation, self._default))

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (
            self._name == other._name
            and self._kind == other._kind
            and self._default == other._default
            and self._annotation == other._annotation
        )


class BoundArguments:
    """Arguments by the names of the parameters they go to."""

    __slots__ = ("arguments", "_signature")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    @property
    def args(self):
        args = []
        for name, parameter in self._signature.parameters.items():
            if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            if parameter.kind is _VAR_POSITIONAL:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        kwargs = {}
        by_name = False
        for name, parameter in self._signature.parameters.items():
            if not by_name:
                if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                    by_name = True
                elif name not in self.arguments:
                    by_name = True
                    continue
            if not by_name or name not in self.arguments:
                continue
            if parameter.kind is _VAR_KEYWORD:
                kwargs.update(self.arguments[name])
            else:
                kwargs[name] = self.arguments[name]
        return kwargs

    def apply_defaults(self):
        """Add the defaults of parameters that got no argument."""
        arguments = {}
        for name, parameter in self._signature.parameters.items():
            if name in self.arguments:
                arguments[name] = self.arguments[name]
            elif parameter.default is not _empty:
                arguments[name] = parameter.default
            elif parameter.kind is _VAR_POSITIONAL:
                arguments[name] = ()
            elif parameter.kind is _VAR_KEYWORD:
                arguments[name] = {}
        self.arguments = arguments

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self._signature == other._signature and self.arguments == other.arguments

    def __repr__(self):
        inside = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"<{self.__class__.__name__} ({inside})>"


class Signature:
    """The parameters of a callable."""

    __slots__ = ("_return_annotation", "_parameters")

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        named = {}
        last = _POSITIONAL_ONLY
        had_default = False
        for parameter in parameters or ():
            if parameter.kind < last:
                raise ValueError(
                    f"wrong parameter order: {last.description} parameter before {parameter.kind.description} parameter"
                )
            last = parameter.kind
            if parameter.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                if parameter.default is not _empty:
                    had_default = True
                elif had_default:
                    raise ValueError("non-default argument follows default argument")
            if parameter.name in named:
                raise ValueError(f"duplicate parameter name: {parameter.name!r}")
            named[parameter.name] = parameter
        self._parameters = types.MappingProxyType(named)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=None):
        if globals is locals is annotation_format is None and not eval_str:
            return _signature_of(obj, cls, follow_wrapped)
        return _signature_of(obj, cls, follow_wrapped, _annotations_as(globals, locals, eval_str, annotation_format))

    @property
    def parameters(self):
        return self._parameters

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=_empty, return_annotation=_empty):
        return type(self)(
            self._parameters.values() if parameters is _empty else parameters,
            return_annotation=self._return_annotation if return_annotation is _empty else return_annotation,
        )

    __replace__ = replace

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return (
            list(self._parameters.values()) == list(other._parameters.values())
            and self._return_annotation == other._return_annotation
        )

    def __hash__(self):
        return hash((tuple(self._parameters.values()), self._return_annotation))

    def _bind(self, args, kwargs, partial):
        arguments = {}
        rest = list(args)
        kwargs = dict(kwargs)
        for name, parameter in self._parameters.items():
            kind = parameter.kind
            if kind is _VAR_POSITIONAL:
                if rest:
                    arguments[name] = tuple(rest)
                    rest = []
            elif kind is _VAR_KEYWORD:
                continue
            elif rest and kind is not _KEYWORD_ONLY:
                if name in kwargs and kind is not _POSITIONAL_ONLY:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = rest.pop(0)
            elif name in kwargs and kind is not _POSITIONAL_ONLY:
                if rest:
                    raise TypeError("too many positional arguments")
                arguments[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                if name in kwargs:
                    raise TypeError(
                        f"{name!r} parameter is positional only, but was passed as a keyword"
                    )
                how = " keyword-only" if kind is _KEYWORD_ONLY else ""
                raise TypeError(f"missing a required{how} argument: {name!r}")
        if rest:
            raise TypeError("too many positional arguments")
        if kwargs:
            for name, parameter in self._parameters.items():
                if parameter.kind is _VAR_KEYWORD:
                    arguments[name] = kwargs
                    break
            else:
                raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        """Find out which argument goes to which parameter."""
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        """The same, with arguments still missing."""
        return self._bind(args, kwargs, True)

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"

    def __str__(self):
        return self.format()

    def format(self, *, max_width=None, quote_annotation_strings=True):
        """The signature as text."""
        parts = []
        slash = False
        star = True
        for parameter in self._parameters.values():
            if parameter.kind is _POSITIONAL_ONLY:
                slash = True
            elif slash:
                parts.append("/")
                slash = False
            if parameter.kind is _VAR_POSITIONAL:
                star = False
            elif parameter.kind is _KEYWORD_ONLY and star:
                parts.append("*")
                star = False
            parts.append(str(parameter))
        if slash:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if max_width is not None and len(text) > max_width:
            text = "(\n    " + ",\n    ".join(parts) + "\n)"
        if self._return_annotation is not _empty:
            text += f" -> {formatannotation(self._return_annotation)}"
        return text


def _function_signature(function, cls, annotations_of):
    posonly, positional, kwonly, varargs, varkw = _inspect.parameters(function)
    annotations = annotations_of(function)
    defaults = function.__defaults__ or ()
    kwdefaults = function.__kwdefaults__ or {}
    names = posonly + positional
    without = len(names) - len(defaults)
    parameters = []

    def add(name, kind, default=_empty):
        annotation = annotations.get(name, _empty)
        parameters.append(Parameter(name, kind, default=default, annotation=annotation))

    for place, name in enumerate(names):
        kind = _POSITIONAL_ONLY if place < len(posonly) else _POSITIONAL_OR_KEYWORD
        add(name, kind, _empty if place < without else defaults[place - without])
    if varargs is not None:
        add(varargs, _VAR_POSITIONAL)
    for name in kwonly:
        add(name, _KEYWORD_ONLY, kwdefaults.get(name, _empty))
    if varkw is not None:
        add(varkw, _VAR_KEYWORD)
    return cls(parameters, return_annotation=annotations.get("return", _empty))


def _without_first(signature):
    parameters = list(signature.parameters.values())
    if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if parameters[0].kind is not _VAR_POSITIONAL:
        del parameters[0]
    return signature.replace(parameters=parameters)


def _partial_signature(signature, partial):
    bound = signature.bind_partial(*partial.args, **partial.keywords)
    parameters = []
    by_keyword = False
    for name, parameter in signature.parameters.items():
        if name in partial.keywords and parameter.kind in (_POSITIONAL_OR_KEYWORD, _KEYWORD_ONLY):
            by_keyword = True
            parameters.append(parameter.replace(kind=_KEYWORD_ONLY, default=partial.keywords[name]))
        elif name in bound.arguments and parameter.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            if bound.arguments[name] is functools.Placeholder:
                parameters.append(parameter.replace(kind=_POSITIONAL_ONLY))
        elif by_keyword and parameter.kind is _POSITIONAL_OR_KEYWORD:
            parameters.append(parameter.replace(kind=_KEYWORD_ONLY))
        elif by_keyword and parameter.kind is _VAR_POSITIONAL:
            continue
        else:
            parameters.append(parameter)
    return signature.replace(parameters=parameters)


def _annotations_as(globals=None, locals=None, eval_str=False, format=None):
    """A function that gives the annotations of a function in the way that was asked for."""
    import annotationlib

    format = annotationlib.Format.VALUE if format is None else format
    return lambda function: annotationlib.get_annotations(
        function, globals=globals, locals=locals, eval_str=eval_str, format=format
    )


def _annotations_of(function):
    return getattr(function, "__annotations__", {})


def _signature_of(obj, cls, follow_wrapped=True, annotations_of=_annotations_of):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if ismethod(obj):
        return _without_first(_signature_of(obj.__func__, cls, follow_wrapped, annotations_of))
    if follow_wrapped and not isclass(obj):
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__"))
        if ismethod(obj):
            return _signature_of(obj, cls, follow_wrapped, annotations_of)
    given = getattr(obj, "__signature__", None)
    if isinstance(given, Signature):
        return given
    method = getattr(obj, "__partialmethod__", None)
    if isinstance(method, functools.partialmethod):
        # Of a method the first parameter is still to come, whatever the others are.
        inner = _signature_of(method.func, cls, follow_wrapped)
        first, *_ = inner.parameters.values()
        rest = _partial_signature(_without_first(inner), method)
        if first.kind is _VAR_POSITIONAL:
            return rest
        return inner.replace(parameters=[first, *rest.parameters.values()])
    if isfunction(obj):
        return _function_signature(obj, cls, annotations_of)
    if isinstance(obj, functools.partial):
        return _partial_signature(_signature_of(obj.func, cls, follow_wrapped, annotations_of), obj)
    if isclass(obj):
        call = getattr(type(obj), "__call__", None)
        if isfunction(call):
            return _without_first(_signature_of(call, cls, follow_wrapped, annotations_of))
        for base in obj.__mro__:
            for name in ("__new__", "__init__"):
                method = base.__dict__.get(name)
                if isinstance(method, staticmethod):
                    method = method.__func__
                if isfunction(method):
                    return _without_first(_signature_of(method, cls, follow_wrapped, annotations_of))
        if type not in obj.__mro__ and obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return cls([])
        raise ValueError(f"no signature found for builtin type {obj!r}")
    if isbuiltin(obj) or ismethoddescriptor(obj) or ismethodwrapper(obj):
        text = getattr(obj, "__text_signature__", None)
        if not text:
            raise ValueError(f"no signature found for builtin {obj!r}")
        return _signature_of_text(obj, text, cls)
    call = getattr(type(obj), "__call__", None)
    if isfunction(call):
        return _without_first(_signature_of(call, cls, follow_wrapped, annotations_of))
    raise ValueError(f"callable {obj!r} is not supported by signature")


def _signature_of_text(obj, text, cls):
    """From the text that a builtin has; what it is bound to is not among its parameters."""
    for receiver in ("$module", "$self", "$type"):
        if text.startswith(f"({receiver}"):
            rest = text[len(receiver) + 1 :].removeprefix(", ")
            bound = receiver != "$self" or getattr(obj, "__self__", None) is not None
            text = "(" + (rest.removeprefix("/, ").removeprefix("/") if bound else f"self, {rest}".replace(", )", ")"))
    scope = {}
    try:
        exec(f"def builtin{text}: pass", scope)
    except SyntaxError:
        raise ValueError(f"{obj!r} has invalid signature") from None
    return _signature_of(scope["builtin"], cls)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=None):
    """The signature of a callable."""
    return Signature.from_callable(
        obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str,
        annotation_format=annotation_format,
    )


def getfullargspec(func):
    """The parameters of a function as a tuple."""
    try:
        sig = _signature_of(func.__func__ if ismethod(func) else func, Signature, False)
    except Exception as ex:
        raise TypeError("unsupported callable") from ex
    args, kwonly, defaults = [], [], []
    kwdefaults = {}
    annotations = {}
    varargs = varkw = None
    for name, parameter in sig.parameters.items():
        if parameter.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            args.append(name)
            if parameter.default is not _empty:
                defaults.append(parameter.default)
        elif parameter.kind is _VAR_POSITIONAL:
            varargs = name
        elif parameter.kind is _KEYWORD_ONLY:
            kwonly.append(name)
            if parameter.default is not _empty:
                kwdefaults[name] = parameter.default
        else:
            varkw = name
        if parameter.annotation is not _empty:
            annotations[name] = parameter.annotation
    if sig.return_annotation is not _empty:
        annotations["return"] = sig.return_annotation
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None, annotations)


def getcallargs(func, /, *positional, **named):
    """Which argument of a call goes to which parameter."""
    bound = signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)


def getclosurevars(func):
    """The variables from outside that a function uses."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    nonlocals = _inspect.closure(func)
    found, built, unbound = {}, {}, set()
    for name in func.__code__.co_names:
        if name in func.__globals__:
            found[name] = func.__globals__[name]
        elif hasattr(builtins, name):
            built[name] = getattr(builtins, name)
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, found, built, unbound)
