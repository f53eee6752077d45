"""Containers beyond the builtin ones."""

__all__ = [
    "ChainMap",
    "Counter",
    "OrderedDict",
    "UserDict",
    "UserList",
    "UserString",
    "defaultdict",
    "deque",
    "namedtuple",
]

import operator
import sys
from _collections import _count_elements, _note_missing, _tuplegetter, deque
from keyword import iskeyword
from reprlib import recursive_repr

from _generic import GenericAlias

_missing = object()


def _checked_fields(typename, names, rename):
    names = list(map(str, names.replace(",", " ").split() if isinstance(names, str) else names))
    if rename:
        seen = set()
        for index, name in enumerate(names):
            if not name.isidentifier() or iskeyword(name) or name.startswith("_") or name in seen:
                names[index] = f"_{index}"
            seen.add(name)
    for name in [typename, *names]:
        if type(name) is not str:
            raise TypeError("Type names and field names must be strings")
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if iskeyword(name):
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    seen = set()
    for name in names:
        if name.startswith("_") and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)
    return names


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A subclass of tuple whose items have names."""
    typename = sys.intern(str(typename))
    fields = tuple([sys.intern(name) for name in _checked_fields(typename, field_names, rename)])
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > len(fields):
            raise TypeError("Got more default values than field names")
        field_defaults = dict(zip(fields[len(fields) - len(defaults) :], defaults))

    # The constructor has the fields as its parameters, so that it says itself what is wrong with its arguments.
    parameters = "".join(f", {name}" for name in fields)
    items = "".join(f"{name}, " for name in fields)
    namespace = {"_make_tuple": tuple.__new__, "__builtins__": {}, "__name__": f"namedtuple_{typename}"}
    exec(f"def __new__(_cls{parameters}):\n    return _make_tuple(_cls, ({items}))\n", namespace)
    __new__ = namespace["__new__"]
    __new__.__doc__ = f"Create new instance of {typename}({', '.join(fields)})"
    if defaults is not None:
        __new__.__defaults__ = defaults

    def _make(cls, iterable):
        made = tuple.__new__(cls, iterable)
        if len(made) != len(fields):
            raise TypeError(f"Expected {len(fields)} arguments, got {len(made)}")
        return made

    _make.__doc__ = f"Make a new {typename} object from a sequence or iterable"

    def _replace(self, /, **kwds):
        made = self._make([kwds.pop(name, value) for name, value in zip(fields, self)])
        if kwds:
            raise TypeError(f"Got unexpected field names: {list(kwds)!r}")
        return made

    _replace.__doc__ = f"Return a new {typename} object replacing specified fields with new values"

    def __repr__(self):
        "Return a nicely formatted representation string"
        parts = [f"{name}={value!r}" for name, value in zip(fields, self)]
        return f"{self.__class__.__name__}({', '.join(parts)})"

    def _asdict(self):
        "Return a new dict which maps field names to their values."
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        "Return self as a plain tuple.  Used by copy and pickle."
        return tuple(self)

    for method in (__new__, _make, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f"{typename}.{method.__name__}"

    class_namespace = {
        "__doc__": f"{typename}({', '.join(fields)})",
        "__slots__": (),
        "_fields": fields,
        "_field_defaults": field_defaults,
        "__new__": __new__,
        "_make": classmethod(_make),
        "__replace__": _replace,
        "_replace": _replace,
        "__repr__": __repr__,
        "_asdict": _asdict,
        "__getnewargs__": __getnewargs__,
        "__match_args__": fields,
    }
    for index, name in enumerate(fields):
        class_namespace[name] = _tuplegetter(index, f"Alias for field number {index}")
    if module is None:
        module = sys._getframemodulename(1)
    if module is not None:
        class_namespace["__module__"] = module
    return type(typename, (tuple,), class_namespace)


_factories_shown = set()


class defaultdict(dict):
    """A dict whose missing keys are made by a function."""

    __slots__ = ("default_factory",)

    def __new__(cls, *args, **kwargs):
        self = dict.__new__(cls)
        self.default_factory = None
        return self

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        dict.__init__(self, *args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value

    def __repr__(self):
        inside, factory = dict.__repr__(self), self.default_factory
        # Only a factory that shows the dict leads back here: the dict inside knows what is being shown.
        if id(factory) in _factories_shown:
            return f"{type(self).__name__}(..., {inside})"
        _factories_shown.add(id(factory))
        try:
            return f"{type(self).__name__}({factory!r}, {inside})"
        finally:
            _factories_shown.discard(id(factory))

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self.default_factory, other)
        made.update(self)
        return made

    def __reduce__(self):
        args = () if self.default_factory is None else (self.default_factory,)
        return type(self), args, None, None, iter(self.items())


_note_missing(defaultdict.__missing__)
del _note_missing


class OrderedDict(dict):
    """A dict that also cares about its order."""

    def move_to_end(self, key, last=True):
        """Move a key to one of the ends."""
        value = dict.pop(self, key)
        if last:
            dict.__setitem__(self, key, value)
        else:
            rest = list(dict.items(self))
            dict.clear(self)
            dict.__setitem__(self, key, value)
            dict.update(self, rest)

    def popitem(self, last=True):
        """Remove and return a pair from one of the ends."""
        if not self:
            raise KeyError("dictionary is empty")
        key = next(reversed(self) if last else iter(self))
        return key, dict.pop(self, key)

    @recursive_repr()
    def __repr__(self):
        inside = repr(dict(self.items())) if self else ""
        return f"{self.__class__.__name__}({inside})"

    def pop(self, key, default=_missing):
        """Remove a key and return its value, `default` if it is not there."""
        if not self:
            hash(key)
        if default is _missing:
            return dict.pop(self, key)
        return dict.pop(self, key, default)

    def setdefault(self, key, default=None):
        """The value of a key, which is set to `default` if it has none."""
        if self.__class__ is OrderedDict:
            return dict.setdefault(self, key, default)
        if key not in self:
            self[key] = default
            return default
        return self[key]

    def copy(self):
        return self.__class__(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """A new ordered dict with these keys, all with the same value."""
        self = cls()
        for key in iterable:
            self[key] = value
        return self

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and list(self) == list(other)
        return dict.__eq__(self, other)

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = None

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(other)
        made.update(self)
        return made

    def __reduce__(self):
        return self.__class__, (), self.__dict__.copy() or None, None, iter(self.items())


class Counter(dict):
    """A dict that counts."""

    def __init__(self, iterable=None, /, **kwds):
        dict.__init__(self)
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        """The sum of the counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """The n elements that were counted most, with their counts."""
        ranked = sorted(self.items(), key=lambda pair: pair[1], reverse=True)
        return ranked if n is None else ranked[: max(n, 0)]

    def elements(self):
        """Each element as often as it was counted."""
        from itertools import chain, repeat, starmap

        return chain.from_iterable(starmap(repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kwds):
        """Add counts from an iterable or a mapping."""
        if iterable is not None:
            if isinstance(iterable, dict) or hasattr(iterable, "items"):
                if self:
                    get = self.get
                    for elem, count in iterable.items():
                        self[elem] = count + get(elem, 0)
                else:
                    dict.update(self, iterable)
            elif type(self).get is dict.get and type(self).__setitem__ is dict.__setitem__:
                _count_elements(self, iterable)
            else:
                get = self.get
                for elem in iterable:
                    self[elem] = get(elem, 0) + 1
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Take counts away."""
        if iterable is not None:
            get = self.get
            if isinstance(iterable, dict) or hasattr(iterable, "items"):
                for elem, count in iterable.items():
                    self[elem] = get(elem, 0) - count
            else:
                for elem in iterable:
                    self[elem] = get(elem, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, elem):
        if elem in self:
            dict.__delitem__(self, elem)

    def __repr__(self):
        if not self:
            return f"{self.__class__.__name__}()"
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)
        return f"{self.__class__.__name__}({shown!r})"

    # Comparisons are of all counts, where what was not counted counts 0.

    def _compared(holds, strict=False):
        def method(self, other):
            if not isinstance(other, Counter):
                return NotImplemented
            return all(holds(self[elem], other[elem]) for elem in {**self, **other}) and not (strict and self == other)

        return method

    __eq__ = _compared(operator.eq)
    __le__, __lt__ = _compared(operator.le), _compared(operator.le, strict=True)
    __ge__, __gt__ = _compared(operator.ge), _compared(operator.ge, strict=True)
    __hash__ = None

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    def _combined(self, other, combine):
        """A counter of what `combine` makes of the two counts, where that is positive."""
        made = Counter()
        for elem, count in self.items():
            count = combine(count, other[elem])
            if count > 0:
                made[elem] = count
        for elem, count in other.items():
            if elem not in self:
                count = combine(0, count)
                if count > 0:
                    made[elem] = count
        return made

    def _operator(combine):
        def method(self, other):
            return self._combined(other, combine) if isinstance(other, Counter) else NotImplemented

        return method

    __add__, __sub__ = _operator(operator.add), _operator(operator.sub)
    __or__, __and__ = _operator(max), _operator(min)
    __xor__ = _operator(lambda a, b: max(a, b) - min(a, b))
    for _name, _method in list(locals().items()):
        if getattr(_method, "__name__", None) == "method":
            _method.__name__, _method.__qualname__ = _name, f"Counter.{_name}"
    del _compared, _operator, _name, _method

    def __pos__(self):
        return self._combined(Counter(), lambda a, b: a)

    def __neg__(self):
        return self._combined(Counter(), lambda a, b: -a)

    def _keep_positive(self):
        for elem in [elem for elem, count in self.items() if not count > 0]:
            del self[elem]
        return self

    def __iadd__(self, other):
        for elem, count in other.items():
            self[elem] += count
        return self._keep_positive()

    def __isub__(self, other):
        for elem, count in other.items():
            self[elem] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for elem, count in other.items():
            if count > self[elem]:
                self[elem] = count
        return self._keep_positive()

    def __iand__(self, other):
        for elem, count in self.items():
            if other[elem] < count:
                self[elem] = other[elem]
        return self._keep_positive()


from collections.abc import MutableMapping, MutableSequence, Sequence


class ChainMap(MutableMapping):
    """Several mappings as one: look-ups go through them in order, changes to the first."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        keys = {}
        for mapping in reversed(self.maps):
            keys.update(dict.fromkeys(mapping))
        return iter(keys)

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __bool__(self):
        return any(self.maps)

    @recursive_repr()
    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"

    @classmethod
    def fromkeys(cls, iterable, value=None, /):
        """A chain of one dict with these keys."""
        return cls(dict.fromkeys(iterable, value))

    def copy(self):
        """A chain with a copy of the first mapping and the same others."""
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """A chain with one more mapping in front."""
        first = kwargs if m is None else m
        if kwargs and first is not kwargs:
            first.update(kwargs)
        return self.__class__(first, *self.maps)

    @property
    def parents(self):
        """The chain without its first mapping."""
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def popitem(self):
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.")

    def pop(self, key, *args):
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def clear(self):
        self.maps[0].clear()

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __or__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        made = self.copy()
        made.maps[0].update(other)
        return made

    def __ror__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        made = dict(other)
        for mapping in reversed(self.maps):
            made.update(mapping)
        return self.__class__(made)


# ---- classes to be subclassed: each has its content in `data`, and passes on what it is asked


def _content(operand, wrapper, plain):
    """What an operand brings to an operator of such a class: the content of one, or what is plain; else None."""
    if isinstance(operand, wrapper):
        return operand.data
    return operand if isinstance(operand, plain) else None


def _copied(original):
    """A copy of such an object, with a content of its own."""
    copied = original.__class__.__new__(original.__class__)
    copied.__dict__.update(original.__dict__, data=original.data[:] if isinstance(original, UserList) else original.data.copy())
    return copied


# What asks an object for its special methods.
_SPECIAL = {f"__{function.__name__}__": function for function in (len, iter, repr, hash, str, int, float, complex)}
_SPECIAL |= {f"__{name}__": getattr(operator, name) for name in "lt le eq gt ge mul mod".split()}
_SPECIAL |= {f"__{name}__": getattr(operator, name) for name in "contains getitem setitem delitem".split()}
_SPECIAL["__rmul__"] = operator.mul


def _passed_on(body, names, unwrap=False, wrap=False):
    """Give the body of a class methods that ask the content.

    `unwrap` the arguments that are such objects themselves, and `wrap` the result into one.
    """
    for name in names.split():

        def method(self, /, *args, _ask=_SPECIAL.get(name) or operator.methodcaller, _name=name, **kwargs):
            if unwrap:
                args = [arg.data if isinstance(arg, (UserList, UserString)) else arg for arg in args]
            if _ask is operator.methodcaller:
                result = _ask(_name, *args, **kwargs)(self.data)
            else:
                result = _ask(self.data, *args, **kwargs)
            return self.__class__(result) if wrap else result

        method.__name__, method.__qualname__ = name, f"{body['__qualname__']}.{name}"
        body[name] = method


class UserDict(MutableMapping):
    """A dict to be subclassed: its content is in `data`."""

    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        for given in dict, kwargs or None:
            if given is not None:
                self.update(given)

    _passed_on(locals(), "__len__ __iter__ __contains__ __setitem__ __delitem__ __repr__")

    def __getitem__(self, key):
        if key not in self.data:
            missing = getattr(type(self), "__missing__", None)
            if missing is None:
                raise KeyError(key)
            return missing(self, key)
        return self.data[key]

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __or__(self, other):
        added = _content(other, UserDict, dict)
        return NotImplemented if added is None else self.__class__(self.data | added)

    def __ror__(self, other):
        base = _content(other, UserDict, dict)
        return NotImplemented if base is None else self.__class__(base | self.data)

    def __ior__(self, other):
        self.data |= other.data if isinstance(other, UserDict) else other
        return self

    copy = __copy__ = _copied

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        made.update((key, value) for key in iterable)
        return made


class UserList(MutableSequence):
    """A list to be subclassed: its content is in `data`."""

    def __init__(self, initlist=None):
        content = _content(initlist, UserList, list)
        self.data = list(content if content is not None else () if initlist is None else initlist)

    _passed_on(locals(), "__len__ __contains__ __setitem__ __delitem__ __repr__ insert pop append")
    _passed_on(locals(), "remove clear count index reverse sort")
    _passed_on(locals(), "__lt__ __le__ __eq__ __gt__ __ge__ extend", unwrap=True)
    _passed_on(locals(), "__mul__ __rmul__", wrap=True)

    def __getitem__(self, i):
        found = self.data[i]
        return self.__class__(found) if isinstance(i, slice) else found

    def __add__(self, other):
        return self.__class__([*self.data, *iter(other)])

    def __radd__(self, other):
        return self.__class__([*iter(other), *self.data])

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __imul__(self, n):
        self.data *= n
        return self

    copy = __copy__ = _copied


class UserString(Sequence):
    """A string to be subclassed: its content is in `data`."""

    def __init__(self, seq):
        self.data = seq.data if isinstance(seq, UserString) else str(seq)

    _passed_on(locals(), "__len__ __hash__ __repr__ __str__ __int__ __float__ __complex__ join")
    _passed_on(locals(), "__lt__ __le__ __eq__ __gt__ __ge__ __contains__", unwrap=True)
    _passed_on(locals(), "__getitem__ __mul__ __rmul__ __mod__", wrap=True)
    _passed_on(
        locals(),
        "capitalize casefold center expandtabs ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip"
        " swapcase title translate upper zfill",
        unwrap=True,
        wrap=True,
    )
    _passed_on(
        locals(),
        "count endswith find format format_map index isalpha isalnum isascii isdecimal isdigit isidentifier islower"
        " isnumeric isprintable isspace istitle isupper partition rfind rindex rpartition rsplit split splitlines"
        " startswith",
        unwrap=True,
    )
    maketrans = str.maketrans

    def __getnewargs__(self):
        return (str(self),)

    def __add__(self, other):
        return self.__class__(f"{self.data}{other}")

    def __radd__(self, other):
        return self.__class__(f"{other}{self.data}")

    def __rmod__(self, template):
        return self.__class__(str(template) % self)

    def encode(self, encoding="utf-8", errors="strict"):
        return self.data.encode(encoding or "utf-8", errors or "strict")
