"""Reprs of containers that may hold themselves, and reprs of limited size."""

import builtins
from itertools import islice

__all__ = ["Repr", "repr", "recursive_repr"]


def recursive_repr(fillvalue="..."):
    """A decorator for a `__repr__` that may come back to itself."""

    def decorate(user_function):
        running = set()

        def wrapper(self):
            key = id(self)
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return user_function(self)
            finally:
                running.discard(key)

        for name in "module doc name qualname annotate type_params".split():
            name = f"__{name}__"
            setattr(wrapper, name, getattr(user_function, name, () if name == "__type_params__" else None))
        wrapper.__wrapped__ = user_function
        return wrapper

    return decorate


class _Kind:
    """How the containers of a class are shown: where the class must come from, the limit that counts, and what stands around."""

    def __init__(self, module, limit, left, right, empty=None, alone="", sort=False):
        self.module, self.limit, self.left, self.right = module, limit, left, right
        self.empty, self.alone, self.sort = empty, alone, sort


_KINDS = {
    "tuple": _Kind("builtins", "maxtuple", "(", ")", alone=","),
    "list": _Kind("builtins", "maxlist", "[", "]"),
    "array": _Kind("array", "maxarray", "array('{x.typecode}', [", "])", empty="array('{x.typecode}')"),
    "set": _Kind("builtins", "maxset", "{{", "}}", empty="set()", sort=True),
    "frozenset": _Kind("builtins", "maxfrozenset", "frozenset({{", "}})", empty="frozenset()", sort=True),
    "deque": _Kind("collections", "maxdeque", "deque([", "])"),
}

# What is not shown beyond its size, and the module of classes of these names.
_LIMITS = dict(maxtuple=6, maxlist=6, maxarray=5, maxdict=4, maxset=6, maxfrozenset=6, maxdeque=6, maxstring=30, maxlong=40,
               maxother=30)


def _shows(name):
    """The method that shows containers of a kind."""
    kind = _KINDS[name]

    def show(self, x, level):
        if not x and kind.empty is not None:
            return kind.empty.format(x=x)
        items = _sorted(x) if kind.sort else x
        left, right = kind.left.format(x=x), kind.right.format(x=x)
        return self._enclosed(left, items, len(x), right, getattr(self, kind.limit), level, self.repr1, kind.alone)

    show.__name__, show.__qualname__ = f"repr_{name}", f"Repr.repr_{name}"
    return show


class Repr:
    """A maker of reprs of limited size."""

    _lookup = {name: kind.module for name, kind in _KINDS.items()} | dict.fromkeys(("dict", "str", "int"), "builtins")

    def __init__(self, *, maxlevel=6, fillvalue="...", indent=None, **limits):
        unknown = limits.keys() - _LIMITS
        if unknown:
            raise TypeError(f"Repr.__init__() got an unexpected keyword argument {min(unknown)!r}")
        self.maxlevel, self.fillvalue, self.indent = maxlevel, fillvalue, indent
        vars(self).update(_LIMITS, **limits)

    def repr(self, x):
        """The repr of an object, cut where it is too long."""
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        """The repr of an object that may hold `level` more levels of others."""
        cls = type(x)
        name = "_".join(cls.__name__.split())
        ours = self._lookup.get(name) in (None, cls.__module__)
        return getattr(self, f"repr_{name}" if ours else "", self.repr_instance)(x, level)

    def _join(self, pieces, level):
        if self.indent is None:
            return ", ".join(pieces)
        if not pieces:
            return ""
        indent = self.indent
        if isinstance(indent, int):
            if indent < 0:
                raise ValueError(f"Repr.indent cannot be negative int (was {indent!r})")
            indent *= " "
        try:
            between = ",\n" + (self.maxlevel - level + 1) * indent
        except TypeError as error:
            raise TypeError(f"Repr.indent must be a str, int or None, not {type(indent)}") from error
        return between.join(("", *pieces, ""))[1 : -len(indent) or None]

    def _enclosed(self, left, items, count, right, most, level, show, alone=""):
        """Items between brackets, as many as may be; each shown by `show`, one level deeper."""
        if count and level <= 0:
            return left + self.fillvalue + right
        pieces = [show(item, level - 1) for item in islice(items, most)]
        if most < count:
            pieces.append(self.fillvalue)
        ending = alone if count == 1 and self.indent is None else ""
        return left + self._join(pieces, level) + ending + right

    repr_tuple, repr_list, repr_array = map(_shows, ("tuple", "list", "array"))
    repr_set, repr_frozenset, repr_deque = map(_shows, ("set", "frozenset", "deque"))

    def repr_dict(self, x, level):
        def pair(key, level):
            return f"{self.repr1(key, level)}: {self.repr1(x[key], level)}"

        return self._enclosed("{", _sorted(x), len(x), "}", self.maxdict, level, pair)

    def _halves(self, text, most, gap):
        """The beginning and the end of a text of which a gap is left out."""
        shown = max(0, most - gap)
        left = shown // 2
        return text[:left], text[len(text) - (shown - left) :]

    def _cut(self, text, most):
        if len(text) <= most:
            return text
        return self.fillvalue.join(self._halves(text, most, len(self.fillvalue)))

    def repr_str(self, x, level):
        most = self.maxstring
        text = builtins.repr(x[:most])
        if len(text) <= most:
            return text
        # The ends are those of the string, whose repr may be longer than it.
        return self.fillvalue.join(self._halves(builtins.repr("".join(self._halves(x, most, 3))), most, 3))

    def repr_int(self, x, level):
        try:
            text = builtins.repr(x)
        except ValueError as error:
            if "sys.set_int_max_str_digits()" not in str(error):
                raise
            import math
            import sys

            digits = 1 + int(math.log10(abs(x)))
            most = sys.get_int_max_str_digits()
            return f"<{x.__class__.__name__} instance with roughly {digits} digits (limit at {most}) at {id(x):#x}>"
        return self._cut(text, self.maxlong)

    def repr_instance(self, x, level):
        try:
            text = builtins.repr(x)
        except Exception:
            return f"<{x.__class__.__name__} instance at {id(x):#x}>"
        return self._cut(text, self.maxother)


def _sorted(items):
    """The items in order, if they have one."""
    try:
        return sorted(items)
    except Exception:
        return list(items)


aRepr = Repr()
repr = aRepr.repr
