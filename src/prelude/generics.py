# Type parameters (PEP 695) and `type` statements: annotations are kept, and evaluated when they are asked for.


def make_typevar(name, bound, constraints, default):
    from typing import TypeVar
    return TypeVar(name, *(constraints(1) if constraints else ()), bound=bound(1) if bound else None,
                   infer_variance=True, default=default(1) if default else None)


def make_paramspec(name, default):
    from typing import ParamSpec
    return ParamSpec(name, infer_variance=True, default=default(1) if default else None)


def make_typevartuple(name, default):
    from typing import TypeVarTuple
    return TypeVarTuple(name, infer_variance=True, default=default(1) if default else None)


def subscript_generic(params):
    from typing import Generic
    return Generic[params]


def make_typealias(name, params, value):
    raise NotImplementedError("the 'type' statement is not there yet")


def make_template(parts):
    raise NotImplementedError('template strings are not there yet')


def make_interpolation(value, text, conversion, format_spec):
    raise NotImplementedError('template strings are not there yet')
