"""The operators of the language as functions."""

import sys as _sys
from _operator import (
    abs,
    add,
    and_,
    attrgetter,
    call,
    concat,
    contains,
    countOf,
    delitem,
    eq,
    floordiv,
    ge,
    getitem,
    gt,
    iadd,
    iand,
    iconcat,
    ifloordiv,
    ilshift,
    imatmul,
    imod,
    imul,
    index,
    indexOf,
    inv,
    ior,
    ipow,
    irshift,
    is_,
    is_none,
    is_not,
    is_not_none,
    isub,
    itemgetter,
    itruediv,
    ixor,
    le,
    length_hint,
    lshift,
    lt,
    matmul,
    methodcaller,
    mod,
    mul,
    ne,
    neg,
    not_,
    or_,
    pos,
    pow,
    rshift,
    setitem,
    sub,
    truediv,
    truth,
    xor,
)

__all__ = [
    "abs", "add", "and_", "attrgetter", "call", "concat", "contains", "countOf", "delitem", "eq", "floordiv", "ge", "getitem",
    "gt", "iadd", "iand", "iconcat", "ifloordiv", "ilshift", "imatmul", "imod", "imul", "index", "indexOf", "inv", "invert",
    "ior", "ipow", "irshift", "is_", "is_none", "is_not", "is_not_none", "isub", "itemgetter", "itruediv", "ixor", "le",
    "length_hint", "lshift", "lt", "matmul", "methodcaller", "mod", "mul", "ne", "neg", "not_", "or_", "pos", "pow", "rshift",
    "setitem", "sub", "truediv", "truth", "xor",
]

invert = inv

_here = _sys.modules[__name__]

# Most of them by the name of the method that they ask for, too: `__add__`, `__not__`.
for _name in """
    lt le eq ne ge gt not_ abs add and_ floordiv index inv invert lshift mod mul matmul neg or_ pos pow rshift sub truediv xor
    concat contains delitem getitem setitem call
    iadd iand iconcat ifloordiv ilshift imod imul imatmul ior ipow irshift isub itruediv ixor
""".split():
    setattr(_here, f"__{_name.rstrip('_')}__", getattr(_here, _name))
del _name, _here
