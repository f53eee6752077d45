"""`collections.abc.Callable[...]`: its parameters stand flat, the result last."""

import collections.abc as ca
import copy
import typing
from typing import TypeVar, ParamSpec, Concatenate
T = TypeVar("T")
P = ParamSpec("P")
C = ca.Callable
for f in (
    lambda: C[[int, str], float], lambda: C[..., int], lambda: C[[], None], lambda: C[P, T], lambda: C[Concatenate[int, P], T], lambda: C[[int, T], T][str], lambda: C[P, T][[int, str], float], lambda: C[P, int][...], lambda: C[int, str], lambda: C[int], lambda: C[[int, str], float].__args__, lambda: C[[int], str].__parameters__, lambda: typing.get_args(C[[int], str]),
    lambda: typing.get_args(C[..., str]),
    lambda: C[[int], str] == C[[int], str], lambda: hash(C[[int], str]) == hash(C[[int], str]),
    lambda: copy.copy(C[[int], str]),
    lambda: C[[T], T].__parameters__, lambda: C[[int], str] | None, lambda: C[[int], str].__origin__, lambda: isinstance(len, C),
):
    try:
        print(f())
    except TypeError as error:
        print("TypeError", error)
