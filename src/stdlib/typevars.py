"""Type parameters and type aliases: `TypeVar`, `ParamSpec`, `TypeVarTuple`, `TypeAliasType`.

What stands in a bound, a default or an alias's value is computed when it is first asked for, by a function that the
compiler leaves; a constructor is given the value itself.
"""

import sys
from _prelude import _as_builtin
from _generic import GenericAlias, make_union, miscount, unpacked

_VALUE = 1


class NoDefaultType:
    """The class of `NoDefault`."""

    __slots__ = ()

    def __new__(cls):
        return NoDefault

    def __repr__(self):
        return "typing.NoDefault"

    def __reduce__(self):
        return "NoDefault"


NoDefault = object.__new__(NoDefaultType)
NoDefaultType.__module__ = "builtins"
_as_builtin(NoDefaultType)


class Constant:
    """A function that computes a value already known."""

    def __init__(self, value):
        self._value = value

    def __call__(self, format, /):
        return self._value

    def __repr__(self):
        return f"<constevaluator {self._value!r}>"


class _Lazy:
    """An attribute computed by the function under `_evaluate_NAME`, once; `absent` where there is none."""

    def __init__(self, absent):
        self._absent = absent

    def __set_name__(self, owner, name):
        self._name = name
        self._cache = "_known" + name.rstrip("_")
        self._function = "_evaluate" + name.rstrip("_")

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        state = instance.__dict__
        if self._cache not in state:
            function = state[self._function]
            state[self._cache] = self._absent if function is None else function(_VALUE)
        return state[self._cache]

    def __set__(self, instance, value):
        kind = type(instance)
        raise AttributeError(f"attribute '{self._name}' of '{kind.__module__}.{kind.__qualname__}' objects is not writable")

    __delete__ = lambda self, instance: self.__set__(instance, None)


class _Parameter:
    """What all type parameters can do."""

    __default__ = _Lazy(NoDefault)

    def has_default(self):
        return self._evaluate__default is not None

    @property
    def evaluate_default(self):
        return self._evaluate__default

    def __or__(self, other):
        return _union(self, other)

    def __ror__(self, other):
        return _union(other, self)

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")

    def __reduce__(self):
        return self.__name__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__


def _union(left, right):
    from typing import Union

    return Union[left, right]


def _variance(self, covariant, contravariant, infer_variance):
    if covariant and contravariant:
        raise ValueError("Bivariant types are not supported.")
    if infer_variance and (covariant or contravariant):
        raise ValueError("Variance cannot be specified with infer_variance.")
    self.__covariant__ = bool(covariant)
    self.__contravariant__ = bool(contravariant)
    self.__infer_variance__ = bool(infer_variance)


def _named(self, name, what):
    if not isinstance(name, str):
        raise TypeError(f"{what}() argument 'name' must be str, not {type(name).__name__}")
    self.__name__ = name
    self.__module__ = sys._getframemodulename(2)


def _given(value):
    return None if value is NoDefault else Constant(value)


class TypeVar(_Parameter):
    """A parameter of generic annotations."""

    __bound__ = _Lazy(None)
    __constraints__ = _Lazy(())

    def __init__(self, name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False,
                 infer_variance=False):
        _named(self, name, "typevar")
        _variance(self, covariant, contravariant, infer_variance)
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if bound is not None:
            bound = _checked(bound, "Bound must be a type.")
        constraints = tuple([_checked(one, "TypeVar(name, constraint, ...): constraints must be types.")
                             for one in constraints])
        self._evaluate__bound = None if bound is None else Constant(bound)
        self._evaluate__constraints = Constant(constraints) if constraints else None
        self._evaluate__default = _given(default)

    @property
    def evaluate_bound(self):
        return self._evaluate__bound

    @property
    def evaluate_constraints(self):
        return self._evaluate__constraints

    def __typing_subst__(self, arg):
        from typing import _is_unpacked

        arg = _checked(arg, "Parameters to generic types must be types.")
        if _is_unpacked(arg):
            raise TypeError(f"{arg} is not valid as type argument")
        return arg

    def __typing_prepare_subst__(self, alias, args):
        place = alias.__parameters__.index(self)
        if place < len(args):
            return args
        if place == len(args) and self.has_default():
            return (*args, self.__default__)
        raise miscount(alias, len(args), place + 1, f"at least {place + 1}")


def _checked(value, message):
    from typing import _type_check

    return _type_check(value, message)


class ParamSpecArgs:
    """The positional arguments that a `ParamSpec` stands for."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.args"

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return self.__origin__ == other.__origin__

    __hash__ = None

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


class ParamSpecKwargs(ParamSpecArgs):
    """The keyword arguments that a `ParamSpec` stands for."""

    def __repr__(self):
        return f"{self.__origin__.__name__}.kwargs"

    __hash__ = None


class ParamSpec(_Parameter):
    """A parameter that stands for the parameters of a function."""

    __bound__ = _Lazy(None)

    def __init__(self, name, *, bound=None, default=NoDefault, covariant=False, contravariant=False,
                 infer_variance=False):
        _named(self, name, "paramspec")
        _variance(self, covariant, contravariant, infer_variance)
        self._evaluate__bound = None if bound is None else Constant(bound)
        self._evaluate__default = _given(default)

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    def __typing_subst__(self, arg):
        from typing import _is_parameters

        if isinstance(arg, (list, tuple)):
            return tuple([_checked(one, "Expected a type.") for one in arg])
        if not _is_parameters(arg):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {arg}")
        return arg

    def __typing_prepare_subst__(self, alias, args):
        from typing import _is_parameters

        parameters = alias.__parameters__
        place = parameters.index(self)
        if place == len(args) and self.has_default():
            args = (*args, self.__default__)
        if place >= len(args):
            raise TypeError(f"Too few arguments for {alias}")
        if len(parameters) == 1 and not _is_parameters(args[0]):
            # Where it is the only one, its list may go without brackets.
            return (args,)
        if isinstance(args[place], list):
            return (*args[:place], tuple(args[place]), *args[place + 1 :])
        return args


class TypeVarTuple(_Parameter):
    """A parameter that stands for any number of types."""

    def __init__(self, name, *, default=NoDefault):
        _named(self, name, "typevartuple")
        self._evaluate__default = _given(default)

    def __repr__(self):
        return self.__name__

    def __iter__(self):
        from typing import Unpack

        yield Unpack[self]

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __typing_prepare_subst__(self, alias, args):
        parameters = alias.__parameters__
        place = parameters.index(self)
        if any(isinstance(other, TypeVarTuple) for other in parameters[place + 1 :]):
            raise TypeError(f"More than one TypeVarTuple parameter in {alias}")
        before, after = place, len(parameters) - place - 1
        open_place = fill = None
        for nth, arg in enumerate(args):
            inner = None if isinstance(arg, type) else getattr(arg, "__typing_unpacked_tuple_args__", None)
            if inner and len(inner) == 2 and inner[1] is ...:
                if open_place is not None:
                    raise TypeError("More than one unpacked arbitrary-length tuple argument")
                open_place, fill = nth, inner[0]
        if open_place is not None:
            # A tuple of any length has an item for whoever needs one.
            before = min(before, open_place)
            after = min(after, len(args) - open_place - 1)
        elif before + after > len(args):
            raise miscount(alias, len(args), before + after, f"at least {len(parameters) - 1}")
        stop = len(args) - after
        own = unpacked((self.__default__,)) if before == stop and self.has_default() else tuple(args[before:stop])
        left = (*args[:before], *[fill] * (place - before))
        return (*left, own, *[fill] * (len(parameters) - after - place - 1), *args[stop:])


class TypeAliasType:
    """Type alias.

    Made by a `type` statement. The value of the alias is computed when it is first asked for, so that it may name what is
    defined later, itself included.
    """

    __value__ = _Lazy(None)

    def __init__(self, name, value, *, type_params=()):
        if not isinstance(name, str):
            raise TypeError(f"typealias() argument 'name' must be str, not {type(name).__name__}")
        if not isinstance(type_params, tuple):
            raise TypeError("type_params must be a tuple")
        state = self.__dict__
        state["__name__"] = name
        state["__type_params__"] = type_params
        state["__module__"] = sys._getframemodulename(1)
        state["_evaluate__value"] = Constant(value)

    @property
    def __parameters__(self):
        return tuple([next(iter(param)) if isinstance(param, TypeVarTuple) else param
                      for param in self.__type_params__])

    @property
    def evaluate_value(self):
        return self._evaluate__value

    def __getitem__(self, items):
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        return GenericAlias(self, items)

    def __or__(self, other):
        return make_union(self, other)

    def __ror__(self, other):
        return make_union(other, self)

    def __iter__(self):
        from typing import Unpack

        yield Unpack[self]

    def __repr__(self):
        return self.__name__

    def __reduce__(self):
        return self.__name__

    def __setattr__(self, name, value):
        if name in ("__name__", "__module__", "__type_params__"):
            raise AttributeError("readonly attribute")
        if hasattr(type(self), name):
            object.__setattr__(self, name, value)
            raise AttributeError(f"attribute '{name}' of 'typing.TypeAliasType' objects is not writable")
        raise AttributeError(
            f"'typing.TypeAliasType' object has no attribute '{name}' and no __dict__ for setting new attributes"
        )

    __delattr__ = lambda self, name: self.__setattr__(name, None)


def _made(cls, name, module, **functions):
    made = object.__new__(cls)
    state = made.__dict__
    state["__name__"] = name
    state["__module__"] = module
    state.update(functions)
    return made


_INFERRED = {"__covariant__": False, "__contravariant__": False, "__infer_variance__": True}


def lazy_typevar(name, bound, constraints, default):
    """The parameter `T: bound = default` of a definition."""
    return _made(TypeVar, name, "typing", _evaluate__bound=bound, _evaluate__constraints=constraints,
                 _evaluate__default=default, **_INFERRED)


def lazy_paramspec(name, default):
    """The parameter `**P = default` of a definition."""
    return _made(ParamSpec, name, "typing", _evaluate__bound=None, _evaluate__default=default, **_INFERRED)


def lazy_typevartuple(name, default):
    """The parameter `*Ts = default` of a definition."""
    return _made(TypeVarTuple, name, "typing", _evaluate__default=default)


def lazy_typealias(name, params, value):
    """What `type name[params] = value` binds."""
    return _made(TypeAliasType, name, value.__module__, __type_params__=params, _evaluate__value=value)


for _cls in (TypeVar, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeVarTuple, TypeAliasType):
    _cls.__module__ = "typing"
    _as_builtin(_cls)
del _cls
