"""Reprs of containers that may hold themselves, and reprs of limited size."""

from itertools import islice

_running = set()


def recursive_repr(fillvalue="..."):
    """A decorator for a `__repr__` that may come back to itself."""

    def decorating_function(user_function):
        def wrapper(self):
            key = id(self)
            if key in _running:
                return fillvalue
            _running.add(key)
            try:
                return user_function(self)
            finally:
                _running.discard(key)

        wrapper.__module__ = user_function.__module__
        wrapper.__doc__ = user_function.__doc__
        wrapper.__name__ = user_function.__name__
        wrapper.__qualname__ = user_function.__qualname__
        wrapper.__wrapped__ = user_function
        return wrapper

    return decorating_function


class Repr:
    """A maker of reprs of limited size."""

    def __init__(self, *, maxlevel=6, maxtuple=6, maxlist=6, maxdict=4, maxset=6, maxdeque=6, maxstring=30, maxlong=40,
                 maxother=30, fillvalue="..."):
        self.maxlevel = maxlevel
        self.maxtuple = maxtuple
        self.maxlist = maxlist
        self.maxdict = maxdict
        self.maxset = maxset
        self.maxdeque = maxdeque
        self.maxstring = maxstring
        self.maxlong = maxlong
        self.maxother = maxother
        self.fillvalue = fillvalue

    def repr(self, x):
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        method = getattr(self, "repr_" + type(x).__name__.replace(" ", "_"), None)
        return method(x, level) if method else self.repr_instance(x, level)

    def _items(self, items, level, left, right, most, trail=""):
        count = len(items)
        if level <= 0 and count:
            inside = self.fillvalue
        else:
            parts = [self.repr1(item, level - 1) for item in islice(items, most)]
            if count > most:
                parts.append(self.fillvalue)
            inside = ", ".join(parts)
            if count == 1 and trail:
                inside += trail
        return left + inside + right

    def repr_tuple(self, x, level):
        return self._items(x, level, "(", ")", self.maxtuple, ",")

    def repr_list(self, x, level):
        return self._items(x, level, "[", "]", self.maxlist)

    def repr_set(self, x, level):
        return self._items(sorted(x), level, "{", "}", self.maxset) if x else "set()"

    def repr_frozenset(self, x, level):
        return self._items(sorted(x), level, "frozenset({", "})", self.maxset) if x else "frozenset()"

    def repr_deque(self, x, level):
        return self._items(x, level, "deque([", "])", self.maxdeque)

    def repr_dict(self, x, level):
        if not x:
            return "{}"
        if level <= 0:
            return "{" + self.fillvalue + "}"
        try:
            keys = sorted(x)
        except Exception:
            keys = list(x)
        parts = [f"{self.repr1(key, level - 1)}: {self.repr1(x[key], level - 1)}" for key in keys[: self.maxdict]]
        if len(x) > self.maxdict:
            parts.append(self.fillvalue)
        return "{" + ", ".join(parts) + "}"

    def _cut(self, text, most):
        if len(text) <= most:
            return text
        left = max(0, (most - 3) // 2)
        right = max(0, most - 3 - left)
        return text[:left] + self.fillvalue + text[len(text) - right:]

    def repr_str(self, x, level):
        text = repr(x[: self.maxstring])
        if len(text) > self.maxstring:
            left = max(0, (self.maxstring - 3) // 2)
            right = max(0, self.maxstring - 3 - left)
            text = repr(x[:left] + x[len(x) - right:])
            text = text[:left] + self.fillvalue + text[len(text) - right:]
        return text

    def repr_int(self, x, level):
        return self._cut(repr(x), self.maxlong)

    def repr_instance(self, x, level):
        try:
            text = repr(x)
        except Exception:
            return f"<{type(x).__name__} instance at {id(x):#x}>"
        return self._cut(text, self.maxother)


aRepr = Repr()
repr = aRepr.repr
