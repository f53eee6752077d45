"""Annotations, evaluated as far as the asker wants.

The compiler leaves with each signature, class and module a function that computes its annotations. Such a function also
knows them as they are written: asked with the format `_TEXTS`, which is nobody else's business, it gives texts. The formats
that CPython makes by running the function among stand-ins for names are made from those.
"""

import builtins
import enum
import keyword
import sys
import types

__all__ = [
    "Format", "ForwardRef", "call_annotate_function", "call_evaluate_function", "get_annotate_from_class_namespace",
    "get_annotations", "annotations_to_string", "type_repr",
]

_TEXTS = 0x5450


class Format(enum.IntEnum):
    """What an annotation is wanted as."""

    VALUE = 1
    VALUE_WITH_FAKE_GLOBALS = 2
    FORWARDREF = 3
    STRING = 4


class ForwardRef:
    """A piece of an annotation that could not be evaluated yet."""

    __slots__ = (
        "__forward_arg__", "__forward_is_argument__", "__forward_is_class__", "__forward_module__", "__owner__",
        "__weakref__", "_globals", "_cells",
    )

    def __init__(self, arg, *, module=None, owner=None, is_argument=True, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        self.__forward_arg__ = arg
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module
        self.__owner__ = owner
        self._globals = None
        self._cells = {}

    def __init_subclass__(cls, /, *args, **kwds):
        raise TypeError("Cannot subclass ForwardRef")

    def evaluate(self, *, globals=None, locals=None, type_params=None, owner=None, format=Format.VALUE):
        """The value it stands for."""
        if format == Format.STRING:
            return self.__forward_arg__
        owner = self.__owner__ if owner is None else owner
        if globals is None:
            globals = self._globals
        if globals is None and self.__forward_module__ is not None:
            module = self.__forward_module__
            module = sys.modules.get(module) if isinstance(module, str) else module
            globals = getattr(module, "__dict__", None)
        if globals is None:
            globals = _names_around(owner)
        names = dict(self._cells)
        if isinstance(owner, type):
            names.update(vars(owner))
        for parameter in type_params if type_params is not None else getattr(owner, "__type_params__", ()):
            names.setdefault(parameter.__name__, parameter)
        if locals is not None:
            names = _Layers(locals, names)
        text = self.__forward_arg__
        if text.isidentifier() and not keyword.iskeyword(text):
            for known in (names, globals, builtins.__dict__):
                if text in known:
                    return known[text]
            if format == Format.FORWARDREF:
                return self
            raise NameError(f"name {text!r} is not defined", name=text)
        try:
            if text.startswith("*"):
                return eval(f"({text},)", globals, names)[0]
            return eval(text.strip() if "\n" not in text else f"({text})", globals, names)
        except Exception:
            if format == Format.FORWARDREF:
                return self
            raise

    @property
    def __forward_code__(self):
        try:
            text = self.__forward_arg__
            return compile(f"({text},)[0]" if text.startswith("*") else text, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError(f"Forward reference must be an expression -- got {self.__forward_arg__!r}")

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return (
            self.__forward_arg__ == other.__forward_arg__
            and self.__forward_module__ == other.__forward_module__
            and self.__forward_is_class__ == other.__forward_is_class__
            and self.__owner__ == other.__owner__
        )

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__, self.__forward_is_class__))

    def __or__(self, other):
        from typing import Union

        return Union[self, other]

    def __ror__(self, other):
        from typing import Union

        return Union[other, self]

    def __repr__(self):
        extra = ""
        if self.__forward_module__ is not None:
            extra += f", module={self.__forward_module__!r}"
        if self.__forward_is_class__:
            extra += ", is_class=True"
        if self.__owner__ is not None:
            extra += f", owner={self.__owner__!r}"
        return f"ForwardRef({self.__forward_arg__!r}{extra})"


class _Layers(dict):
    """Names looked up in one mapping and then in another."""

    def __init__(self, first, second):
        super().__init__(second)
        self._first = first

    def __contains__(self, name):
        return name in self._first or super().__contains__(name)

    def __getitem__(self, name):
        try:
            return self._first[name]
        except KeyError:
            return super().__getitem__(name)


def _names_around(owner):
    if isinstance(owner, type):
        return getattr(sys.modules.get(owner.__module__), "__dict__", {})
    if isinstance(owner, types.ModuleType):
        return owner.__dict__
    return getattr(owner, "__globals__", {})


def _cells_of(function):
    found = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or ()):
        try:
            content = cell.cell_contents
        except ValueError:
            continue
        if name == "__classdict__":
            found.update(content)
        else:
            found[name] = content
    return found


def _texts(annotate):
    """The annotations as they are written, if `annotate` comes from the compiler."""
    if not isinstance(annotate, types.FunctionType):
        return None
    try:
        made = annotate(_TEXTS)
    except NotImplementedError:
        return None
    return made if isinstance(made, dict) and all(type(text) is str for text in made.values()) else None


def _unquoted(text):
    """An annotation that is a string constant stands for what the string says."""
    if text[:1] in ("'", '"'):
        try:
            value = eval(text, {})
        except Exception:
            return text
        if isinstance(value, str):
            return value
    return text


def call_annotate_function(annotate, format, *, owner=None):
    """What an annotate function gives in a format, be that one it knows or not."""
    if format == Format.VALUE_WITH_FAKE_GLOBALS:
        raise ValueError("The VALUE_WITH_FAKE_GLOBALS format is for internal use only")
    format = Format(format)
    try:
        return annotate(format)
    except NotImplementedError:
        pass
    if format == Format.STRING:
        texts = _texts(annotate)
        if texts is None:
            return annotations_to_string(annotate(Format.VALUE))
        return {name: _unquoted(text) for name, text in texts.items()}
    if format != Format.FORWARDREF:
        raise RuntimeError("annotate function does not support VALUE format")
    try:
        return annotate(Format.VALUE)
    except NameError:
        texts = _texts(annotate)
        if texts is None:
            raise
    made = {}
    for name, text in texts.items():
        reference = ForwardRef(text, is_class=isinstance(owner, type), owner=owner)
        reference._globals = annotate.__globals__
        reference._cells = _cells_of(annotate)
        made[name] = reference.evaluate(format=Format.FORWARDREF)
    return made


def call_evaluate_function(evaluate, format, *, owner=None):
    """What a lazily evaluated value is in a format."""
    try:
        return evaluate(format)
    except NotImplementedError:
        value = evaluate(Format.VALUE)
        return type_repr(value) if format == Format.STRING else value


def get_annotate_from_class_namespace(obj):
    """The annotate function in the namespace of a class body."""
    try:
        return obj["__annotate__"]
    except KeyError:
        return obj.get("__annotate_func__", None)


def _annotate_of(obj):
    if isinstance(obj, type):
        try:
            return type.__dict__["__annotate__"].__get__(obj)
        except AttributeError:
            # A builtin class.
            return None
    return getattr(obj, "__annotate__", None)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=Format.VALUE):
    """The annotations of a function, class or module, as a dict of its own."""
    if eval_str and format != Format.VALUE:
        raise ValueError("eval_str=True is only supported with format=Format.VALUE")
    format = Format(format)
    if format == Format.VALUE_WITH_FAKE_GLOBALS:
        raise ValueError("The VALUE_WITH_FAKE_GLOBALS format is for internal use only")
    found = None
    if format == Format.FORWARDREF:
        try:
            found = _own_annotations(obj)
        except Exception:
            pass
    if format == Format.VALUE:
        found = _own_annotations(obj)
    if found is None and format != Format.VALUE:
        annotate = _annotate_of(obj)
        if annotate is not None:
            found = call_annotate_function(annotate, format, owner=obj)
            if not isinstance(found, dict):
                raise ValueError(f"{obj!r}.__annotate__ returned a non-dict")
        else:
            found = _own_annotations(obj)
            if found is not None and format == Format.STRING:
                found = annotations_to_string(found)
    if found is None:
        if isinstance(obj, type) or callable(obj) or isinstance(obj, types.ModuleType):
            return {}
        raise TypeError(f"{obj!r} does not have annotations")
    if not found or not eval_str:
        return dict(found)
    unwrapped = obj
    while hasattr(unwrapped, "__wrapped__"):
        unwrapped = unwrapped.__wrapped__
    if globals is None:
        globals = _names_around(unwrapped)
    names = dict(vars(obj)) if isinstance(obj, type) else {}
    for parameter in getattr(obj, "__type_params__", ()):
        names.setdefault(parameter.__name__, parameter)
    names.update(locals or {})
    return {key: eval(value, globals, names) if isinstance(value, str) else value for key, value in found.items()}


def _own_annotations(obj):
    if isinstance(obj, type):
        try:
            found = type.__dict__["__annotations__"].__get__(obj)
        except AttributeError:
            return None
    else:
        found = getattr(obj, "__annotations__", None)
    if found is not None and not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    return found


def type_repr(value):
    """A type as an annotation spells it."""
    if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)):
        if value.__module__ == "builtins":
            return value.__qualname__
        return f"{value.__module__}.{value.__qualname__}"
    if value is ...:
        return "..."
    return repr(value)


def annotations_to_string(annotations):
    """Annotations with every value as text."""
    return {name: value if isinstance(value, str) else type_repr(value) for name, value in annotations.items()}
