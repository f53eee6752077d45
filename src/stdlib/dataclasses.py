"""Classes that are mostly fields."""

import abc
import annotationlib
import copy
import keyword
import sys
import types
from reprlib import recursive_repr

__all__ = [
    "dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict", "astuple",
    "make_dataclass", "replace", "is_dataclass",
]


class FrozenInstanceError(AttributeError):
    """A field of a frozen dataclass cannot be changed."""


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return "<factory>"


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _FieldKind:
    """Is it a field, a class variable, or a parameter of __init__ alone?"""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FieldKind("_FIELD")
_FIELD_CLASSVAR = _FieldKind("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FieldKind("_FIELD_INITVAR")


class InitVar:
    """The annotation of what is only a parameter of __init__."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """One field of a dataclass."""

    __slots__ = (
        "name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata", "kw_only", "doc",
        "_field_type",
    )

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only, doc):
        # What the field is called and what it is comes with the class.
        self.name = self.type = self._field_type = None
        self.default, self.default_factory = default, default_factory
        self.repr, self.hash, self.init, self.compare, self.kw_only = repr, hash, init, compare, kw_only
        self.metadata, self.doc = types.MappingProxyType({} if metadata is None else metadata), doc

    @recursive_repr()
    def __repr__(self):
        parts = [f"{name}={getattr(self, name)!r}" for name in self.__slots__[:3]]
        parts += [f"{name}={getattr(self, name)!r}" for name in ("default_factory", "init", "repr", "hash", "compare")]
        parts += [f"{name}={getattr(self, name)!r}" for name in ("metadata", "kw_only", "doc")]
        return f"Field({','.join(parts)},_field_type={self._field_type})"

    def __set_name__(self, owner, name):
        method = getattr(type(self.default), "__set_name__", None)
        if method:
            method(self.default, owner, name)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING, doc=None):
    """Say more about a field than its annotation and default do."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only, doc)


class _DataclassParams:
    """The arguments that a class was decorated with."""

    __slots__ = (
        "init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only", "slots", "weakref_slot",
    )

    def __init__(self, *values):
        for name, value in zip(self.__slots__, values):
            setattr(self, name, value)

    def __repr__(self):
        return f"_DataclassParams({','.join([f'{name}={getattr(self, name)!r}' for name in self.__slots__])})"


def _named_in(cls, text):
    """What the name at the head of an annotation in a string stands for in the class's module, as far as that is known."""
    head = text.partition("[")[0].strip()
    prefix, _, name = [part.strip() for part in head.rpartition(".")]
    namespace = getattr(sys.modules.get(cls.__module__), "__dict__", {})
    if prefix:
        owner = namespace.get(prefix)
        return owner.__dict__.get(name, MISSING) if isinstance(owner, types.ModuleType) else MISSING
    return namespace.get(name, MISSING)


def _kind_of(cls, annotation):
    if isinstance(annotation, str):
        annotation = _named_in(cls, annotation)
    if annotation is InitVar or type(annotation) is InitVar:
        return _FIELD_INITVAR
    typing = sys.modules.get("typing")
    if typing is not None:
        if annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar:
            return _FIELD_CLASSVAR
    return _FIELD


def _made_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        if isinstance(default, types.MemberDescriptorType):
            default = MISSING
        made = field(default=default)
    made.name = name
    made.type = annotation
    made._field_type = _kind_of(cls, annotation)
    if made._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR) and made.default_factory is not MISSING:
        raise TypeError(f"field {name} cannot have a default factory")
    if made._field_type in (_FIELD, _FIELD_INITVAR):
        if made.kw_only is MISSING:
            made.kw_only = kw_only
    elif made.kw_only is not MISSING:
        raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    if made._field_type is _FIELD and made.default is not MISSING and made.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(made.default)} for field {name} is not allowed: use default_factory")
    return made


def _is_kw_only(annotation):
    return annotation is KW_ONLY or (
        isinstance(annotation, str) and annotation.strip() in ("KW_ONLY", "dataclasses.KW_ONLY")
    )


def _function(cls, name, parameters, body, names):
    """A method from its text; `names` is what it sees besides the builtins."""
    inner = "\n".join(f"        {line}" for line in body)
    text = f"def __make__({', '.join(names)}):\n    def {name}({', '.join(parameters)}):\n{inner}\n    return {name}"
    # Texts among its annotations are looked up in the module of the class.
    module = sys.modules.get(cls.__module__)
    namespace = {}
    exec(text, {} if module is None else module.__dict__, namespace)
    method = namespace["__make__"](**names)
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    method.__module__ = cls.__module__
    return method


def _init(cls, all_fields, has_post_init, frozen, self_name, slots):
    positional = [f for f in all_fields if f.init and not f.kw_only]
    keyword = [f for f in all_fields if f.init and f.kw_only]
    seen_default = None
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = f
        elif seen_default is not None:
            raise TypeError(f"non-default argument {f.name!r} follows default argument {seen_default.name!r}")
    names = {"_factory_mark": _HAS_DEFAULT_FACTORY, "_set": object.__setattr__}
    parameters = [self_name]
    for f in positional + (["*"] if keyword else []) + keyword:
        if f == "*":
            parameters.append("*")
        elif f.default is not MISSING:
            names[f"_default_{f.name}"] = f.default
            parameters.append(f"{f.name}=_default_{f.name}")
        elif f.default_factory is not MISSING:
            parameters.append(f"{f.name}=_factory_mark")
        else:
            parameters.append(f.name)
    body = []
    for f in all_fields:
        if f._field_type is _FIELD_INITVAR:
            continue
        if f.default_factory is not MISSING:
            names[f"_factory_{f.name}"] = f.default_factory
            value = f"_factory_{f.name}()"
            if f.init:
                value = f"{value} if {f.name} is _factory_mark else {f.name}"
        elif f.init:
            value = f.name
        elif f.default is not MISSING and slots:
            names[f"_default_{f.name}"] = f.default
            value = f"_default_{f.name}"
        else:
            continue
        if frozen:
            body.append(f"_set({self_name}, {f.name!r}, {value})")
        else:
            body.append(f"{self_name}.{f.name} = {value}")
    if has_post_init:
        passed = ", ".join(f.name for f in all_fields if f._field_type is _FIELD_INITVAR)
        body.append(f"{self_name}.__post_init__({passed})")
    method = _function(cls, "__init__", parameters, body or ["pass"], names)
    method.__annotate__ = _annotate_init(cls, [f.name for f in positional + keyword])
    return method


def _annotate_init(__class__, names):
    """What tells the annotations of `__init__`: those of the fields, worked out when somebody asks (PEP 649)."""

    def __annotate__(format, /):
        if format not in (annotationlib.Format.VALUE, annotationlib.Format.FORWARDREF, annotationlib.Format.STRING):
            raise NotImplementedError(format)
        told = {}
        for base in reversed(__class__.__mro__):
            told.update(annotationlib.get_annotations(base, format=format))
        annotations = {name: told[name] for name in names}
        annotations["return"] = "None" if format == annotationlib.Format.STRING else None
        return annotations

    __annotate__.__qualname__ = f"{__class__.__qualname__}.__init__.__annotate__"
    return __annotate__


def _repr(cls, shown):
    names = [f.name for f in shown]

    def __repr__(self):
        inside = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{self.__class__.__qualname__}({inside})"

    return recursive_repr()(__repr__)


def _comparison(cls, name, sign, names):
    mine = "".join(f"self.{n}," for n in names)
    yours = "".join(f"other.{n}," for n in names)
    if name == "__eq__":
        test = " and ".join(f"self.{n}==other.{n}" for n in names) or "True"
        body = ["if self is other:", "    return True", "if other.__class__ is self.__class__:", f"    return {test}"]
    else:
        body = ["if other.__class__ is self.__class__:", f"    return ({mine}){sign}({yours})"]
    return _function(cls, name, ["self", "other"], body + ["return NotImplemented"], {})


def _set_new(cls, name, value):
    if name in cls.__dict__:
        return True
    value.__qualname__ = f"{cls.__qualname__}.{name}"
    setattr(cls, name, value)
    return False


def _process_class(cls, params):
    cls.__dataclass_params__ = params
    all_fields = {}
    any_frozen_base = False
    all_frozen_bases = True
    has_dataclass_bases = False
    for base in cls.__mro__[-1:0:-1]:
        inherited = base.__dict__.get("__dataclass_fields__")
        if inherited is not None:
            has_dataclass_bases = True
            all_fields.update(inherited)
            if base.__dataclass_params__.frozen:
                any_frozen_base = True
            else:
                all_frozen_bases = False
    annotations = annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    own = []
    kw_only = params.kw_only
    seen_kw_only = False
    for name, annotation in annotations.items():
        if _is_kw_only(annotation):
            if seen_kw_only:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            seen_kw_only = True
            kw_only = True
        else:
            own.append(_made_field(cls, name, annotation, kw_only))
    for f in own:
        all_fields[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    if has_dataclass_bases:
        if any_frozen_base and not params.frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if not all_frozen_bases and params.frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    cls.__dataclass_fields__ = all_fields
    own_hash = cls.__dict__.get("__hash__", MISSING)
    explicit_hash = not (own_hash is MISSING or (own_hash is None and "__eq__" in cls.__dict__))
    if params.order and not params.eq:
        raise ValueError("eq must be true if order is true")
    real = [f for f in all_fields.values() if f._field_type is _FIELD]
    _set_new(cls, "__replace__", _replace)
    _decide_hash(cls, params, explicit_hash, [f.name for f in real if (f.compare if f.hash is None else f.hash)])
    if params.init:
        arguments = [f for f in all_fields.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
        self_name = "__dataclass_self__" if "self" in all_fields else "self"
        _set_new(cls, "__init__", _init(cls, arguments, hasattr(cls, "__post_init__"), params.frozen, self_name,
                                     params.slots))
    if params.repr:
        _set_new(cls, "__repr__", _repr(cls, [f for f in real if f.repr]))
    compared = [f.name for f in real if f.compare]
    if params.eq:
        _set_new(cls, "__eq__", _comparison(cls, "__eq__", "==", compared))
    if params.order:
        for name, sign in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if _set_new(cls, name, _comparison(cls, name, sign, compared)):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__} Consider using"
                    " functools.total_ordering"
                )
    if params.frozen:
        _freeze(cls, [f.name for f in real])
    if params.match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple([f.name for f in all_fields.values() if f.init and not f.kw_only
                                    and f._field_type in (_FIELD, _FIELD_INITVAR)])
    if not getattr(cls, "__doc__"):
        cls.__doc__ = cls.__name__ + _shown_signature(cls)
    if params.slots:
        cls = _with_slots(cls, all_fields, params.weakref_slot, params.frozen)
    abc.update_abstractmethods(cls)
    return cls


def _shown_signature(cls):
    try:
        import inspect

        shown = inspect.signature(cls, annotation_format=annotationlib.Format.FORWARDREF)
        return str(shown).replace(" -> None", "")
    except (TypeError, ValueError):
        return ""


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        if _set_new(cls, method.__name__, method):
            raise TypeError(f"Cannot overwrite attribute {method.__name__} in class {cls.__name__}")


def _decide_hash(cls, params, explicit, names):
    def make():
        items = "".join(f"self.{name}," for name in names)
        cls.__hash__ = _function(cls, "__hash__", ["self"], [f"return hash(({items}))"], {})

    if params.unsafe_hash:
        if explicit:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        make()
    elif params.eq and not explicit:
        if params.frozen:
            make()
        else:
            cls.__hash__ = None


def _slots_of(cls):
    slots = cls.__dict__.get("__slots__")
    if slots is None:
        return ["__weakref__"] if "__weakref__" in cls.__dict__ else []
    if isinstance(slots, str):
        return [slots]
    if hasattr(slots, "__next__"):
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")
    return slots


def _get_state(self):
    return [getattr(self, f.name) for f in fields(self)]


def _set_state(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _point_to(member, old, new):
    """Let `super()` and `__class__` in a method mean the class that took the place of the one it was written in."""
    if isinstance(member, property):
        return any([_point_to(part, old, new) for part in (member.fget, member.fset, member.fdel)])
    while hasattr(member, "__wrapped__"):
        member = member.__wrapped__
    member = getattr(member, "__func__", member)
    if not isinstance(member, types.FunctionType) or "__class__" not in member.__code__.co_freevars:
        return False
    cell = member.__closure__[member.__code__.co_freevars.index("__class__")]
    if cell.cell_contents is not old:
        return False
    cell.cell_contents = new
    return True


def _with_slots(cls, all_fields, weakref_slot, frozen):
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    namespace = dict(cls.__dict__)
    inherited = set()
    for base in cls.__mro__[1:-1]:
        inherited.update(_slots_of(base))
    names = [f.name for f in all_fields.values() if f._field_type is _FIELD and f.name not in inherited]
    if weakref_slot and "__weakref__" not in inherited:
        names.append("__weakref__")
    docs = {f.name: f.doc for f in all_fields.values() if f.name in names}
    namespace["__slots__"] = {name: docs.get(name) for name in names} if any(docs.values()) else tuple(names)
    for f in all_fields.values():
        if f._field_type is _FIELD:
            namespace.pop(f.name, None)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    qualname = cls.__qualname__
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = qualname
    if frozen:
        # Copies cannot set the fields one by one.
        for name, method in (("__getstate__", _get_state), ("__setstate__", _set_state)):
            if name not in namespace:
                setattr(made, name, method)
    _point_to(getattr(namespace.get("__init__"), "__annotate__", None), cls, made)
    for member in made.__dict__.values():
        # All methods share one cell.
        if _point_to(member, cls, made):
            break
    return made


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    """A decorator that gives a class the methods its fields suggest."""
    params = _DataclassParams(init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")

    def wrap(cls):
        return _process_class(cls, params)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a dataclass or of an instance."""
    found = getattr(class_or_instance, "__dataclass_fields__", None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def is_dataclass(obj):
    """Is it a dataclass, or an instance of one?"""
    return hasattr(obj if isinstance(obj, type) else type(obj), "__dataclass_fields__")


def _check_instance(obj, function):
    if isinstance(obj, type) or not hasattr(type(obj), "__dataclass_fields__"):
        raise TypeError(f"{function}() should be called on dataclass instances")


def _converted(obj, convert, dict_factory):
    if not isinstance(obj, type) and hasattr(type(obj), "__dataclass_fields__"):
        return convert(obj)
    cls = type(obj)
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return cls(*[_converted(item, convert, dict_factory) for item in obj])
    if isinstance(obj, (list, tuple)):
        return cls([_converted(item, convert, dict_factory) for item in obj])
    if isinstance(obj, dict):
        pairs = [(_converted(k, convert, dict_factory), _converted(v, convert, dict_factory)) for k, v in obj.items()]
        if hasattr(cls, "default_factory"):
            made = cls(obj.default_factory)
            made.update(pairs)
            return made
        return cls(pairs)
    return copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """The fields of an instance as a dict, those of instances within it too."""
    _check_instance(obj, "asdict")

    def convert(obj):
        return dict_factory([(f.name, _converted(getattr(obj, f.name), convert, dict_factory)) for f in fields(obj)])

    return convert(obj)


def astuple(obj, *, tuple_factory=tuple):
    """The values of the fields of an instance as a tuple, those of instances within it too."""
    _check_instance(obj, "astuple")

    def convert(obj):
        return tuple_factory([_converted(getattr(obj, f.name), convert, None) for f in fields(obj)])

    return convert(obj)


#: Stands for `typing.Any`, which is imported when somebody asks.
_ANY = object()


def _annotate_made(annotations):
    def annotate_method(format):
        if format == annotationlib.Format.STRING:
            named = {name: "typing.Any" if it is _ANY else it for name, it in annotations.items()}
            return annotationlib.annotations_to_string(named)
        if format not in (annotationlib.Format.VALUE, annotationlib.Format.FORWARDREF):
            raise NotImplementedError
        from typing import Any

        return {name: Any if it is _ANY else it for name, it in annotations.items()}

    return annotate_method


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False,
                   module=None, decorator=dataclass):
    """Make a dataclass from a list of fields."""
    namespace = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, _ANY
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, namespace[item[0]] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if keyword.iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = annotation
    cls = types.new_class(cls_name, bases, {}, lambda ns: ns.update(namespace))
    cls.__annotate__ = _annotate_made(annotations)
    cls.__module__ = module or sys._getframemodulename(1) or "types"
    return decorator(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """A copy of an instance with some fields replaced."""
    _check_instance(obj, "replace")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for f in self.__dataclass_fields__.values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise TypeError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)
