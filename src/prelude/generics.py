# Type parameters (PEP 695), `type` statements and template strings: what the compiler makes of them.


def make_typevar(name, bound, constraints, default):
    from _typevars import lazy_typevar as make
    return make(name, bound, constraints, default)


def make_paramspec(name, default):
    from _typevars import lazy_paramspec as make
    return make(name, default)


def make_typevartuple(name, default):
    from _typevars import lazy_typevartuple as make
    return make(name, default)


def subscript_generic(params):
    from typing import Generic
    return Generic[tuple([_generic_argument(param) for param in params])]


def _generic_argument(param):
    from _typevars import TypeVarTuple
    if not isinstance(param, TypeVarTuple):
        return param
    unpacked, = param
    return unpacked


def make_typealias(name, params, value):
    from _typevars import lazy_typealias as make
    return make(name, params, value)


def make_template(parts):
    from string.templatelib import Template
    return Template(*parts)


def make_interpolation(value, text, conversion, format_spec):
    from string.templatelib import Interpolation
    return Interpolation(value, text, conversion, format_spec)
