"""Signatures in every detail: binding, text, partial functions, classes, builtins, `getcallargs`."""

import copy
import functools
import inspect
import pickle
from inspect import Parameter, Signature, signature


def attempt(function, *args, **keywords):
    try:
        return function(*args, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def f(a, /, b, *, c):
    pass


def g(a=1, /, b=2, *args, c=3, **kw):
    pass


for args, keywords in [
    ((), {}), ((1,), {}), ((1, 2), {}), ((1, 2, 3), {"c": 1}), ((1, 2), {"c": 1, "d": 2}), ((), {"a": 1, "b": 2, "c": 3}),
    ((1,), {"a": 1, "b": 2, "c": 3}), ((1, 2), {"b": 2, "c": 1}), ((), {"b": 1, "c": 1}), ((1, 2, 3), {"d": 1}),
]:
    print(args, keywords)
    for way in signature(f).bind, signature(f).bind_partial, signature(g).bind:
        print("   ", attempt(way, *args, **keywords))

for args, keywords in [
    (("a", 9), {}), ((1, 0), {}), (("class", 1), {}), (("class", 0), {}), ((".0", 1), {}), ((".0", 0), {}), ((".x", 1), {}),
    (("a", 2), {"default": 1}), ((None, 1), {}), (("a", 3), {"annotation": list[int], "default": [1]}),
]:
    print(args, attempt(Parameter, *args, **keywords))
a, b = Parameter("a", 1), Parameter("b", 3)
print(a.replace(default=Parameter.empty), a.replace(default=1).replace(default=Parameter.empty) == a, a.kind.description)
print(attempt(Signature, [b, a]), attempt(Signature, [a.replace(default=1), a.replace(name="z")]), attempt(Signature, [a, a]))
print(Signature([b, Parameter("c", 3)]) == Signature([Parameter("c", 3), b]), Signature([a]) == Signature([a], return_annotation=1))
print(signature(f).format(max_width=5))


def annotated(a: "int", *b: list[int], c: int | None = None) -> "str":
    pass


print(signature(annotated), signature(annotated).format(quote_annotation_strings=False))
print(signature(annotated, eval_str=True))
bound = signature(g).bind(1, 2, 3, d=4)
print(bound, bound.args, bound.kwargs)
bound.apply_defaults()
print(bound)
for kept in signature(f), a, signature(f).bind(1, 2, c=3):
    print(copy.copy(kept) == kept, attempt(lambda: pickle.loads(pickle.dumps(kept)) == kept))


class WithNew:
    def __new__(cls, x):
        pass


class WithInit(WithNew):
    def __init__(self, y):
        pass


class Meta(type):
    def __call__(cls, z):
        pass


class ByMeta(metaclass=Meta):
    pass


class Static:
    @staticmethod
    def __init__(x):
        pass


class Told:
    __signature__ = Signature([a])

    def method(self, p, q, r=3):
        pass

    half = functools.partialmethod(method, 1)

    def __call__(self, called):
        pass


for thing in (
    WithNew, WithInit, ByMeta, Static, Told, Told(), Told.half, Told().half, Told().method, functools.partial(g, 1, c=5),
    functools.partial(f, c=1), functools.partial(f, 1, b=2), functools.partial(Told().method, q=4), object, list, type, int, print,
    sorted, len, getattr, [].append, list.append, dict.fromkeys, staticmethod, property, map, "".join, complex,
    functools.partial, functools.partial(f, functools.Placeholder, 2),
):
    print(attempt(signature, thing))
print(attempt(signature, 1), attempt(signature, functools.partial(f, 1, 2, 3))[:40])


def told():
    pass


told.__text_signature__ = "($self, a, b=1, *args, c=2 | 4, **kw)"
print(signature(told), attempt(inspect._signature_strip_non_python_syntax, "(a, $b,\n  c = 1)"))

print(inspect.getfullargspec(Told().method), inspect.getfullargspec(WithInit), attempt(inspect.getfullargspec, 1), sep="\n")


def m(a, b, c=1):
    pass


def k(*, a, b, c=1):
    pass


for function, args, keywords in [
    (m, (), {}), (m, (1, 2, 3, 4), {}), (m, (), {"c": 1}), (m, (1,), {"a": 1}), (m, (1, 2), {"d": 1}), (k, (), {}), (k, (1,), {}),
    (k, (1,), {"a": 1}), (k, (1, 2), {"a": 1, "b": 2}), (k, (), {"a": 1}), (g, (1, 2, 3), {"d": 5}), (lambda a, b, c: 1, (), {}),
    (Told().method, (1,), {"q": 2}),
]:
    found = attempt(inspect.getcallargs, function, *args, **keywords)
    print({name: value for name, value in found.items() if name != "self"} if isinstance(found, dict) else found)


class Ordered:
    pass


print(signature(Ordered), list(signature(g).parameters), attempt(signature, type("Sub", (type,), {}))[:40])
print(inspect.formatannotation(list[int]), inspect.formatannotation("x"), inspect.formatannotation(Ordered), inspect.formatannotation(Ordered, "__main__"))

# What is said of an argument that is missing.
def told(function, *args, **kwargs):
    try:
        print(inspect.signature(function).bind(*args, **kwargs))
    except TypeError as error:
        print(error)


told(lambda a, *, foo=1, bar: None, 1)
told(lambda a, *, bar: None, 1)
told(lambda a, *rest, bar: None, 1)
told(lambda a, /: None, a=1)
told(lambda a, /: None)
