"""The signatures of callables, for `inspect`."""

import _inspect
import ast
import builtins
import functools
import re
import sys
import types
from annotationlib import ForwardRef, Format, get_annotations
from collections import OrderedDict, namedtuple
from enum import IntEnum
from inspect import _is_functionlike, getattr_static, isbuiltin, isclass, isfunction, ismethod, unwrap
from keyword import iskeyword

# What is defined here says that it is of `inspect`, to readers and to pickles.
__name__ = "inspect"

FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")


class _empty:
    """What a signature has where nothing was given."""


class _void:
    """What `replace` is given where nothing is to change."""


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
        return re.sub(r"[\w.]+", lambda match: match[0].removeprefix("typing."), repr(annotation))
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


def formatannotationrelativeto(object):
    """A function that gives annotations as text, without the module that an object belongs to."""
    module = getattr(object, "__module__", None)
    return lambda annotation: formatannotation(annotation, module)


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
        if name[:1] == "." and name[1:].isdigit():
            # The parameter of a comprehension, which no one can name.
            if self._kind is not _POSITIONAL_OR_KEYWORD:
                raise ValueError(
                    "implicit arguments must be passed as positional or keyword arguments, "
                    f"not {self._kind.description}"
                )
            self._kind = _POSITIONAL_ONLY
            name = f"implicit{name[1:]}"
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

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """The same parameter with something changed."""
        return type(self)(
            self._name if name is _void else name,
            self._kind if kind is _void else kind,
            default=self._default if default is _void else default,
            annotation=self._annotation if annotation is _void else annotation,
        )

    __replace__ = replace

    def __reduce__(self):
        return type(self), (self._name, self._kind), {"_default": self._default, "_annotation": self._annotation}

    def __setstate__(self, state):
        self._default = state["_default"]
        self._annotation = state["_annotation"]

    def __str__(self):
        return self._format()

    def _format(self, quote_annotation_strings=True):
        text = self._name
        if self._annotation is not _empty:
            text += f": {formatannotation(self._annotation, quote_annotation_strings=quote_annotation_strings)}"
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

    __slots__ = ("arguments", "_signature", "__weakref__")

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

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __setstate__(self, state):
        self._signature = state["_signature"]
        self.arguments = state["arguments"]

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self._signature == other._signature and self.arguments == other.arguments

    def __repr__(self):
        inside = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"<{self.__class__.__name__} ({inside})>"


class Signature:
    """The parameters of a callable."""

    __slots__ = ("_return_annotation", "_parameters")

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        named = OrderedDict()
        last = _POSITIONAL_ONLY
        had_default = False
        for parameter in parameters or () if not hasattr(parameters, "__iter__") else parameters:
            if __validate_parameters__:
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
    def from_callable(
        cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=Format.VALUE
    ):
        """The signature of a callable."""
        ask = _Asking(cls, follow_wrapped, globals, locals, eval_str, annotation_format)
        return _signature_of(obj, ask)

    @property
    def parameters(self):
        return self._parameters

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=_void, return_annotation=_void):
        """The same signature with something changed."""
        return type(self)(
            self._parameters.values() if parameters is _void else parameters,
            return_annotation=self._return_annotation if return_annotation is _void else return_annotation,
        )

    __replace__ = replace

    def _essence(self):
        """What counts for equality: the order of keyword-only parameters does not."""
        in_order, by_name = [], {}
        for name, parameter in self._parameters.items():
            if parameter.kind is _KEYWORD_ONLY:
                by_name[name] = parameter
            else:
                in_order.append(parameter)
        return tuple(in_order), by_name, self._return_annotation

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented
        return self._essence() == other._essence()

    def __hash__(self):
        in_order, by_name, returned = self._essence()
        return hash((in_order, frozenset(by_name.values()), returned))

    def __reduce__(self):
        return type(self), (tuple(self._parameters.values()),), {"_return_annotation": self._return_annotation}

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def _bind(self, args, kwargs, partial=False):
        arguments = {}
        rest = list(args)
        rest.reverse()
        named = dict(kwargs)
        varkw = None
        positional_only = []
        # Until the first parameter that may be given by name or left out, what is missing is said of its kind.
        by_position = True
        for name, parameter in self._parameters.items():
            kind = parameter.kind
            if kind is _VAR_KEYWORD:
                varkw = name
            elif kind is _VAR_POSITIONAL:
                if rest:
                    arguments[name] = tuple(reversed(rest))
                    rest = []
                by_position = False
            elif rest:
                if kind is _KEYWORD_ONLY:
                    raise TypeError("too many positional arguments")
                if name in named and kind is not _POSITIONAL_ONLY:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = rest.pop()
            elif name in named and kind is not _POSITIONAL_ONLY:
                arguments[name] = named.pop(name)
                by_position = False
            else:
                if name in named:
                    if parameter.default is _empty:
                        raise TypeError(f"missing a required positional-only argument: {name!r}")
                    positional_only.append(name)
                elif parameter.default is _empty and not partial:
                    how = " keyword-only" if kind is _KEYWORD_ONLY and by_position else ""
                    raise TypeError(f"missing a required{how} argument: {name!r}")
                else:
                    by_position = False
        if rest:
            raise TypeError("too many positional arguments")
        if named:
            if varkw is not None:
                arguments[varkw] = named
            elif positional_only:
                names = ", ".join(map(str, positional_only))
                raise TypeError(f"got some positional-only arguments passed as keyword arguments: {names!r}")
            else:
                raise TypeError(f"got an unexpected keyword argument {next(iter(named))!r}")
        return self._bound_arguments_cls(self, arguments)

    def bind(self, /, *args, **kwargs):
        """Find out which argument goes to which parameter."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """The same, with arguments still missing."""
        return self._bind(args, kwargs, partial=True)

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
            parts.append(parameter._format(quote_annotation_strings))
        if slash:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if max_width is not None and len(text) > max_width:
            text = "(\n    " + ",\n    ".join(parts) + "\n)"
        if self._return_annotation is not _empty:
            text += f" -> {formatannotation(self._return_annotation, quote_annotation_strings=quote_annotation_strings)}"
        return text


class _Asking:
    """How a signature is asked for."""

    def __init__(
        self, cls, follow_wrapped=True, globals=None, locals=None, eval_str=False, format=Format.VALUE, receiver=False
    ):
        self.cls = cls
        self.follow_wrapped = follow_wrapped
        # Is what a method is bound to among the parameters?
        self.receiver = receiver
        self.how = {"globals": globals, "locals": locals, "eval_str": eval_str, "format": format}

    def annotations_of(self, function):
        return get_annotations(function, **self.how)

    def bound(self, function):
        """The signature of a function whose first argument is given already."""
        found = _signature_of(function, self)
        return found if self.receiver else _without_first(found)

    def unwrapped(self, function):
        if not self.follow_wrapped:
            return function
        return unwrap(function, stop=lambda f: hasattr(f, "__signature__") or ismethod(f))


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=Format.VALUE):
    """The signature of a callable."""
    return Signature.from_callable(
        obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str,
        annotation_format=annotation_format,
    )


_NOT_IN_PYTHON = (
    types.WrapperDescriptorType, types.MethodWrapperType, types.ClassMethodDescriptorType, types.BuiltinFunctionType,
)
_WITH_TEXT = (*_NOT_IN_PYTHON, types.MethodDescriptorType)


def _signature_of(obj, ask):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if ismethod(obj):
        return ask.bound(obj.__func__)
    obj = ask.unwrapped(obj)
    if ismethod(obj):
        return _signature_of(obj, ask)
    given = getattr(obj, "__signature__", None)
    if given is not None:
        if not isinstance(given, (Signature, str)) and callable(given):
            given = given()
        if isinstance(given, str):
            return _signature_of_text(obj, given, ask)
        if not isinstance(given, Signature):
            raise TypeError(f"unexpected object {given!r} in __signature__ attribute")
        return given
    method = getattr(obj, "__partialmethod__", None)
    if isinstance(method, functools.partialmethod):
        # Of a method the first parameter is still to come, whatever the others are.
        inner = _signature_of(method.func, ask)
        rest = _partial_signature(inner, method, (None,))
        first = next(iter(inner.parameters.values()))
        if first.kind is _VAR_POSITIONAL:
            return rest
        return rest.replace(parameters=(first, *rest.parameters.values()))
    if isfunction(obj) or _is_functionlike(obj):
        return _function_signature(obj, ask)
    if isinstance(obj, _WITH_TEXT):
        text = getattr(obj, "__text_signature__", None)
        if not text:
            raise ValueError(f"no signature found for builtin {obj!r}")
        return _signature_of_text(obj, text, ask)
    if isinstance(obj, functools.partial):
        return _partial_signature(_signature_of(obj.func, ask), obj)
    if isclass(obj):
        return _class_signature(obj, ask)
    call = getattr_static(type(obj), "__call__", None)
    if call is not None:
        text = getattr(obj, "__text_signature__", None)
        if text:
            return _signature_of_text(obj, text, ask)
        return _signature_of(_bound(call, obj), ask)
    raise ValueError(f"callable {obj!r} is not supported by signature")


def _bound(descriptor, obj):
    if isclass(descriptor):
        return descriptor
    get = getattr(type(descriptor), "__get__", None)
    return descriptor if get is None else get(descriptor, obj, type(obj))


def _method_in_python(cls, name, ask):
    """A special method of a class; None if it is not written in Python."""
    found = getattr(cls, name, None) if name == "__new__" else getattr_static(cls, name, None)
    if found is None:
        return None
    if isinstance(found, _NOT_IN_PYTHON) or isinstance(ask.unwrapped(found), _NOT_IN_PYTHON):
        return None
    return found if name == "__new__" else _bound(found, cls)


def _class_signature(cls, ask):
    """What calling a class takes: its metaclass decides, then what makes instances, then what a builtin base says."""
    call = _method_in_python(type(cls), "__call__", ask)
    if call is not None:
        return _signature_of(call, ask)
    new, init = _method_in_python(cls, "__new__", ask), _method_in_python(cls, "__init__", ask)
    for base in cls.__mro__:
        if new is not None and "__new__" in base.__dict__:
            return ask.bound(new)
        if init is not None and "__init__" in base.__dict__:
            return _signature_of(init, ask)
    for base in cls.__mro__[:-1]:
        text = getattr(base, "__text_signature__", None)
        if text:
            return _signature_of_text(base, text, ask)
    if type in cls.__mro__:
        if cls is type:
            raise ValueError(f"no signature found for builtin {cls!r}")
        raise ValueError(f"callable {cls!r} is not supported by signature")
    if cls.__init__ is object.__init__ and cls.__new__ is object.__new__:
        return ask.cls([])
    raise ValueError(f"no signature found for builtin type {cls!r}")


def _function_signature(function, ask):
    text = getattr(function, "__text_signature__", None)
    if text:
        return _signature_of_text(function, text, ask)
    posonly, positional, kwonly, varargs, varkw = _inspect.parameters(
        function if isfunction(function) else function.__code__
    )
    annotations = ask.annotations_of(function)
    defaults = function.__defaults__ or ()
    kwdefaults = function.__kwdefaults__ or {}
    names = posonly + positional
    without = len(names) - len(defaults)
    make = ask.cls._parameter_cls
    parameters = []

    def add(name, kind, default=_empty):
        annotation = annotations.get(name, _empty)
        parameters.append(make(name, kind, default=default, annotation=annotation))

    for place, name in enumerate(names):
        kind = _POSITIONAL_ONLY if place < len(posonly) else _POSITIONAL_OR_KEYWORD
        add(name, kind, _empty if place < without else defaults[place - without])
    if varargs is not None:
        add(varargs, _VAR_POSITIONAL)
    for name in kwonly:
        add(name, _KEYWORD_ONLY, kwdefaults.get(name, _empty))
    if varkw is not None:
        add(varkw, _VAR_KEYWORD)
    return ask.cls(
        parameters, return_annotation=annotations.get("return", _empty), __validate_parameters__=not isfunction(function)
    )


def _without_first(signature):
    parameters = list(signature.parameters.values())
    if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if parameters[0].kind is not _VAR_POSITIONAL:
        del parameters[0]
    return signature.replace(parameters=parameters)


def _partial_signature(signature, partial, before=()):
    """What is left to give when some arguments are given, those of `before` by position first."""
    keywords = partial.keywords or {}
    args = before + (partial.args or ())
    try:
        bound = signature.bind_partial(*args, **keywords)
    except TypeError as error:
        raise ValueError(f"partial object {partial!r} has incorrect arguments") from error
    parameters = []
    # Behind a parameter that was given by keyword nothing can be given by position.
    by_keyword = False
    for name, parameter in signature.parameters.items():
        kind = parameter.kind
        if name in bound.arguments and kind is not _VAR_POSITIONAL and kind is not _VAR_KEYWORD:
            given = bound.arguments[name]
            if kind is _POSITIONAL_ONLY:
                if given is functools.Placeholder:
                    parameters.append(parameter.replace(default=_empty))
                continue
            if kind is _POSITIONAL_OR_KEYWORD:
                if name in keywords:
                    by_keyword = True
                    parameters.append(parameter.replace(kind=_KEYWORD_ONLY, default=given))
                elif given is functools.Placeholder:
                    parameters.append(parameter.replace(kind=_POSITIONAL_ONLY, default=_empty))
                continue
            parameters.append(parameter.replace(default=given))
        elif by_keyword and kind is _POSITIONAL_OR_KEYWORD:
            parameters.append(parameter.replace(kind=_KEYWORD_ONLY))
        elif by_keyword and kind is _VAR_POSITIONAL:
            continue
        else:
            parameters.append(parameter)
    return signature.replace(parameters=parameters)


def _signature_strip_non_python_syntax(signature):
    """The text of a builtin's signature as Python has it, and which parameter is the receiver (None if there is none)."""
    import tokenize

    if signature is None:
        return None, None
    start, dollar, rest = signature.partition("$")
    lines = iter((start + rest).splitlines(True))
    signs = (token.string for token in tokenize.generate_tokens(lines.__next__) if token.string.strip())
    text = "".join(sign + " " if sign == "," else sign for sign in signs)
    return text, start.count(",") if dollar else None


def _signature_of_text(obj, text, ask):
    """From the text that a builtin has; what it is bound to is not among its parameters."""
    text, receiver = _signature_strip_non_python_syntax(text)
    scope = dict(vars(sys.modules.get(getattr(obj, "__module__", None)) or builtins))
    try:
        function = ast.parse(f"def builtin{text}: pass").body[0]
    except SyntaxError:
        raise ValueError(f"{obj!r} has invalid signature") from None
    given = function.args
    parameters = []

    def add(arg, kind, default=None):
        value = _empty
        if default is not None:
            value = _default_of(obj, default, scope)
        parameters.append(ask.cls._parameter_cls(arg.arg, kind, default=value))

    names = given.posonlyargs + given.args
    without = [None] * (len(names) - len(given.defaults))
    for place, (arg, default) in enumerate(zip(names, without + given.defaults)):
        add(arg, _POSITIONAL_ONLY if place < len(given.posonlyargs) else _POSITIONAL_OR_KEYWORD, default)
    if given.vararg:
        add(given.vararg, _VAR_POSITIONAL)
    for arg, default in zip(given.kwonlyargs, given.kw_defaults):
        add(arg, _KEYWORD_ONLY, default)
    if given.kwarg:
        add(given.kwarg, _VAR_KEYWORD)
    if receiver is not None:
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, types.ModuleType) or not ask.receiver and (owner is not None or isclass(obj)):
            del parameters[receiver]
        else:
            parameters[receiver] = parameters[receiver].replace(kind=_POSITIONAL_ONLY)
    return ask.cls(parameters)


def _default_of(obj, tree, scope):
    text = ast.unparse(tree)
    first = text.partition(".")[0]
    if first not in scope and first in sys.modules:
        scope = {first: sys.modules[first]}
    try:
        value = eval(text, scope)
    except Exception:
        value = types
    if not isinstance(value, _PLAIN):
        raise ValueError(f"{obj!r} has invalid signature")
    return value


# Of what else a default is, a text says nothing.
_PLAIN = (int, float, complex, str, bytes, tuple, list, dict, set, frozenset, types.NoneType, types.EllipsisType)


def getfullargspec(func):
    """The parameters of a function as a tuple; the receiver of a method is among them."""
    try:
        sig = _signature_of(func, _Asking(Signature, follow_wrapped=False, receiver=True))
    except Exception as error:
        raise TypeError("unsupported callable") from error
    args, kwonly, defaults = [], [], []
    kwdefaults = {}
    annotations = {}
    varargs = varkw = None
    if sig.return_annotation is not _empty:
        annotations["return"] = sig.return_annotation
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
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None, annotations)


def getcallargs(func, /, *positional, **named):
    """Which argument of a call goes to which parameter."""
    spec = getfullargspec(func)
    name = func.__name__
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__, *positional)
    args, defaults = spec.args, spec.defaults or ()
    found = dict(zip(args, positional))
    if spec.varargs:
        found[spec.varargs] = tuple(positional[len(args):])
    if spec.varkw:
        found[spec.varkw] = {}
    for key, value in named.items():
        if key not in args and key not in spec.kwonlyargs:
            if not spec.varkw:
                raise TypeError(f"{name}() got an unexpected keyword argument {key!r}")
            found[spec.varkw][key] = value
        elif key in found:
            raise TypeError(f"{name}() got multiple values for argument {key!r}")
        else:
            found[key] = value
    if len(positional) > len(args) and not spec.varargs:
        raise _too_many(name, spec, len(positional), found)
    required = args[: len(args) - len(defaults)]
    if missing := [arg for arg in required[len(positional):] if arg not in found]:
        raise _missing(name, missing, "positional")
    for arg, default in zip(args[len(required):], defaults):
        found.setdefault(arg, default)
    for arg in spec.kwonlyargs:
        if arg not in found and spec.kwonlydefaults and arg in spec.kwonlydefaults:
            found[arg] = spec.kwonlydefaults[arg]
    if missing := [arg for arg in spec.kwonlyargs if arg not in found]:
        raise _missing(name, missing, "keyword-only")
    return found


def _missing(name, missing, kind):
    *most, last = map(repr, missing)
    names = f"{', '.join(most)} and {last}" if most else last
    plural = "s" if most else ""
    return TypeError(f"{name}() missing {len(missing)} required {kind} argument{plural}: {names}")


def _too_many(name, spec, given, found):
    most, fewest = len(spec.args), len(spec.args) - len(spec.defaults or ())
    takes = f"from {fewest} to {most}" if spec.defaults else str(most)
    plural = "" if takes == "1" else "s"
    by_keyword = sum(arg in found for arg in spec.kwonlyargs)
    also = ""
    if by_keyword:
        also = f" positional argument{'s' if given != 1 else ''} (and {by_keyword} keyword-only argument"
        also += "s)" if by_keyword != 1 else ")"
    were = "was" if given == 1 and not by_keyword else "were"
    return TypeError(f"{name}() takes {takes} positional argument{plural} but {given}{also} {were} given")
