"""Abstract base classes for containers and whatever can be iterated, awaited or called."""

from abc import ABCMeta, abstractmethod

from _collections import deque
from _generic import GenericAlias, shown
from _prelude import _match_as

__all__ = [
    "Awaitable",
    "Coroutine",
    "AsyncIterable",
    "AsyncIterator",
    "AsyncGenerator",
    "Hashable",
    "Iterable",
    "Iterator",
    "Generator",
    "Reversible",
    "Sized",
    "Container",
    "Callable",
    "Collection",
    "Set",
    "MutableSet",
    "Mapping",
    "MutableMapping",
    "MappingView",
    "KeysView",
    "ItemsView",
    "ValuesView",
    "Sequence",
    "MutableSequence",
    "ByteString",
    "Buffer",
]

__name__ = "collections.abc"



# ---- being one of them by having the methods


def _recognised_by(*names):
    """A decorator for an abstract class: whoever has all these methods counts as derived from it."""

    def decorate(abstract):
        def recognise(cls, candidate):
            # Classes derived from it are not recognised by what it asks for.
            if cls is abstract and all(_provides(candidate, name) for name in names):
                return True
            return NotImplemented

        recognise.__name__ = "__subclasshook__"
        abstract.__subclasshook__ = classmethod(recognise)
        return abstract

    return decorate


def _provides(candidate, name):
    """Is there such a method? The first class that says anything decides, and None says no."""
    for ancestor in candidate.__mro__:
        if name in ancestor.__dict__:
            return ancestor.__dict__[name] is not None
    return False


@_recognised_by("__hash__")
class Hashable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0


@_recognised_by("__len__")
class Sized(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0


@_recognised_by("__contains__")
class Container(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __contains__(self, x):
        return False


@_recognised_by("__buffer__")
class Buffer(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __buffer__(self, flags, /):
        raise NotImplementedError


# ---- iteration


@_recognised_by("__iter__")
class Iterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __iter__(self):
        yield from ()


@_recognised_by("__reversed__", "__iter__")
class Reversible(Iterable):
    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        yield from ()


@_recognised_by("__len__", "__iter__", "__contains__")
class Collection(Sized, Iterable, Container):
    __slots__ = ()


@_recognised_by("__iter__", "__next__")
class Iterator(Iterable):
    __slots__ = ()

    @abstractmethod
    def __next__(self):
        """The next item, or StopIteration."""
        raise StopIteration

    def __iter__(self):
        return self


@_recognised_by("__aiter__")
class AsyncIterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()


@_recognised_by("__anext__", "__aiter__")
class AsyncIterator(AsyncIterable):
    __slots__ = ()

    @abstractmethod
    async def __anext__(self):
        """The next item, or StopAsyncIteration."""
        raise StopAsyncIteration

    def __aiter__(self):
        return self


# ---- what can be resumed


def _thrown(typ, val, tb):
    """The exception that the arguments of `throw` mean."""
    if val is None:
        if tb is None:
            return typ
        val = typ()
    return val if tb is None else val.with_traceback(tb)


@_recognised_by("__iter__", "__next__", "send", "throw", "close")
class Generator(Iterator):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Resume the generator with a value: what it yields next, or StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Resume the generator with an exception."""
        raise _thrown(typ, val, tb)

    def __next__(self):
        """The next item, or StopIteration."""
        return self.send(None)

    def close(self):
        """End the generator by GeneratorExit; what it returns then."""
        try:
            self.throw(GeneratorExit)
        except StopIteration as end:
            return end.value
        except GeneratorExit:
            return None
        raise RuntimeError("generator ignored GeneratorExit")


@_recognised_by("__aiter__", "__anext__", "asend", "athrow", "aclose")
class AsyncGenerator(AsyncIterator):
    __slots__ = ()

    @abstractmethod
    async def asend(self, value):
        """Resume the generator with a value: what it yields next, or StopAsyncIteration."""
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Resume the generator with an exception."""
        raise _thrown(typ, val, tb)

    async def __anext__(self):
        """The next item, or StopAsyncIteration."""
        return await self.asend(None)

    async def aclose(self):
        """End the generator by GeneratorExit."""
        try:
            await self.athrow(GeneratorExit)
        except (StopAsyncIteration, GeneratorExit):
            return
        raise RuntimeError("asynchronous generator ignored GeneratorExit")


@_recognised_by("__await__")
class Awaitable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __await__(self):
        yield


@_recognised_by("__await__", "send", "throw", "close")
class Coroutine(Awaitable):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Resume the coroutine with a value: what it waits for next, or StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Resume the coroutine with an exception."""
        raise _thrown(typ, val, tb)

    def close(self):
        """End the coroutine by GeneratorExit."""
        try:
            self.throw(GeneratorExit)
        except (StopIteration, GeneratorExit):
            return
        raise RuntimeError("coroutine ignored GeneratorExit")


# ---- what can be called


class _CallableGenericAlias(GenericAlias):
    """`Callable[[int], str]`: the parameters stand flat in `__args__`, the result last."""

    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        given, result = args
        if isinstance(given, (tuple, list)):
            args = *given, result
        elif not _stand_for_parameters(given):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {given}")
        return super().__new__(cls, origin, args)

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _stand_for_parameters(args[0]):
            return super().__repr__()
        return f"collections.abc.Callable[[{', '.join(map(shown, args[:-1]))}], {shown(args[-1])}]"

    def __getitem__(self, items):
        *given, result = super().__getitem__(items if isinstance(items, tuple) else (items,)).__args__
        if len(given) == 1 and (isinstance(given[0], (tuple, list)) or _stand_for_parameters(given[0])):
            given = given[0]
        return _CallableGenericAlias(self.__origin__, (given, result))

    def __reduce__(self):
        *given, result = self.__args__
        if len(given) == 1 and _stand_for_parameters(given[0]):
            given = given[0]
        return _CallableGenericAlias, (self.__origin__, (given, result))


def _stand_for_parameters(given):
    """Is it what stands for any number of parameters: `...`, a ParamSpec, or `Concatenate[...]`?"""
    return given is ... or type(given).__name__ == "ParamSpec" or getattr(given, "_name", None) == "Concatenate"


@_recognised_by("__call__")
class Callable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_CallableGenericAlias)

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False


# ---- helpers of the containers: what they do is said once, by functions


def _same(found, wanted):
    """Does a container count the two as one?"""
    return found is wanted or found == wanted


def _exhaust(take, empty):
    """Take out one after the other, until there is none."""
    try:
        while True:
            take()
    except empty:
        return


def _among_sets(compare):
    """A comparison of two sets, which knows of no other operands."""

    def method(self, other):
        return compare(self, other) if isinstance(other, Set) else NotImplemented

    method.__name__ = compare.__name__
    method.__qualname__ = f"Set.{compare.__name__}"
    return method


def _with_iterables(as_set):
    """A decorator for an operator of sets: it goes with any iterable, made a set of our kind first if `as_set`."""

    def decorate(combine):
        def method(self, other):
            if not isinstance(other, Iterable):
                return NotImplemented
            if as_set and not isinstance(other, Set):
                other = self._from_iterable(other)
            return combine(self, other)

        method.__name__ = combine.__name__
        method.__qualname__ = combine.__qualname__
        return method

    return decorate


# ---- sets


class Set(Collection):
    """A read-only set."""

    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        """What operators make their results by; for a class whose constructor wants something else to override."""
        return cls(it)

    @_among_sets
    def __le__(self, other):
        return len(self) <= len(other) and all(value in other for value in self)

    @_among_sets
    def __ge__(self, other):
        return len(self) >= len(other) and all(value in self for value in other)

    @_among_sets
    def __lt__(self, other):
        return len(self) < len(other) and self.__le__(other)

    @_among_sets
    def __gt__(self, other):
        return len(self) > len(other) and self.__ge__(other)

    @_among_sets
    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other)

    @_with_iterables(as_set=False)
    def __and__(self, other):
        return self._from_iterable(value for value in other if value in self)

    @_with_iterables(as_set=False)
    def __or__(self, other):
        return self._from_iterable(value for operand in (self, other) for value in operand)

    @_with_iterables(as_set=True)
    def __sub__(self, other):
        return self._from_iterable(value for value in self if value not in other)

    @_with_iterables(as_set=True)
    def __rsub__(self, other):
        return self._from_iterable(value for value in other if value not in self)

    @_with_iterables(as_set=True)
    def __xor__(self, other):
        return (self - other) | (other - self)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def isdisjoint(self, other):
        """Do the two have nothing in common?"""
        return not any(value in self for value in other)

    def _hash(self):
        """A hash that does not depend on the order of the items."""
        return hash(frozenset(self))


class MutableSet(Set):
    """A set that can be changed."""

    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Add an item."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Remove an item if it is there."""
        raise NotImplementedError

    def remove(self, value):
        """Remove an item, or raise KeyError."""
        if value in self:
            self.discard(value)
        else:
            raise KeyError(value)

    def pop(self):
        """Remove and return some item."""
        for found in self:
            break
        else:
            raise KeyError
        self.discard(found)
        return found

    def clear(self):
        """Remove all items."""
        _exhaust(self.pop, KeyError)

    def __ior__(self, it):
        for value in it:
            self.add(value)
        return self

    def __isub__(self, it):
        if self is it:
            self.clear()
            return self
        for value in it:
            self.discard(value)
        return self

    def __iand__(self, it):
        return self.__isub__(self - it)

    def __ixor__(self, it):
        if self is it:
            self.clear()
            return self
        for value in it if isinstance(it, Set) else self._from_iterable(it):
            change = self.discard if value in self else self.add
            change(value)
        return self


# ---- mappings


class Mapping(Collection):
    """A read-only mapping."""

    __slots__ = ()
    __reversed__ = None

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def get(self, key, default=None):
        """The value of a key, or the default."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self):
        """A view of the keys."""
        return KeysView(self)

    def items(self):
        """A view of the pairs."""
        return ItemsView(self)

    def values(self):
        """A view of the values."""
        return ValuesView(self)

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented


class MutableMapping(Mapping):
    """A mapping that can be changed."""

    __slots__ = ()
    __absent = object()

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=__absent):
        """Remove a key and return its value, or the default."""
        try:
            found = self[key]
        except KeyError:
            if default is not self.__absent:
                return default
            raise
        del self[key]
        return found

    def popitem(self):
        """Remove and return some pair."""
        for key in self:
            break
        else:
            raise KeyError
        pair = key, self[key]
        del self[key]
        return pair

    def clear(self):
        """Remove all pairs."""
        _exhaust(self.popitem, KeyError)

    def update(self, other=(), /, **kwds):
        """Take over pairs from a mapping or an iterable of pairs, and from keywords."""
        if not isinstance(other, Mapping) and hasattr(other, "keys"):
            pairs = ((key, other[key]) for key in other.keys())
        else:
            pairs = ((key, other[key]) for key in other) if isinstance(other, Mapping) else other
        for source in pairs, kwds.items():
            for key, value in source:
                self[key] = value

    def setdefault(self, key, default=None):
        """The value of a key, which gets the default if it has none."""
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


class MappingView(Sized):
    __slots__ = ("_mapping",)
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, mapping):
        self._mapping = mapping

    def __repr__(self):
        return f"{type(self).__name__}({self._mapping!r})"

    def __len__(self):
        return len(self._mapping)


class KeysView(MappingView, Set):
    __slots__ = ()
    # What operators make is a plain set.
    _from_iterable = staticmethod(set)

    def __iter__(self):
        yield from self._mapping

    def __contains__(self, key):
        return key in self._mapping


class ItemsView(MappingView, Set):
    __slots__ = ()
    _from_iterable = staticmethod(set)

    def __iter__(self):
        mapping = self._mapping
        yield from ((key, mapping[key]) for key in mapping)

    def __contains__(self, item):
        key, wanted = item
        try:
            return _same(self._mapping[key], wanted)
        except KeyError:
            return False


class ValuesView(MappingView, Collection):
    __slots__ = ()

    def __iter__(self):
        yield from map(self._mapping.__getitem__, self._mapping)

    def __contains__(self, value):
        return any(_same(found, value) for found in self)


# ---- sequences


class Sequence(Reversible, Collection):
    """A read-only sequence."""

    __slots__ = ()

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        return _items_from(self, 0)

    def __contains__(self, value):
        return any(_same(item, value) for item in self)

    def __reversed__(self):
        yield from (self[place] for place in range(len(self) - 1, -1, -1))

    def index(self, value, start=0, stop=None):
        """The first place of a value, or ValueError."""
        first = start or 0
        if first < 0:
            first = max(0, first + len(self))
        if stop is not None and stop < 0:
            stop += len(self)
        for place, item in enumerate(_items_from(self, first, stop), first):
            if _same(item, value):
                return place
        raise ValueError

    def count(self, value):
        """How often a value is there."""
        return sum(1 for item in self if _same(item, value))


def _items_from(sequence, place, stop=None):
    """The items from a place on, up to another or as far as there are any."""
    try:
        while stop is None or place < stop:
            yield sequence[place]
            place += 1
    except IndexError:
        return


class MutableSequence(Sequence):
    """A sequence that can be changed."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """Insert a value before an index."""
        raise IndexError

    def append(self, value):
        """Add a value at the end."""
        self.insert(len(self), value)

    def extend(self, values):
        """Add all values of an iterable at the end."""
        for value in list(values) if values is self else values:
            self.append(value)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        """Remove and return an item."""
        taken = self[index]
        del self[index]
        return taken

    def remove(self, value):
        """Remove the first item with this value, or raise ValueError."""
        del self[self.index(value)]

    def clear(self):
        """Remove all items."""
        _exhaust(self.pop, IndexError)

    def reverse(self):
        """Turn the order round."""
        left, right = 0, len(self) - 1
        while left < right:
            self[left], self[right] = self[right], self[left]
            left, right = left + 1, right - 1


# ---- the builtin classes among them

_match_as(Sequence, list)
_match_as(Mapping, dict)
for _abstract, *_classes in (
    (Set, frozenset),
    (MutableSet, set),
    (Sequence, tuple, str, bytes, range, memoryview, bytearray),
    (MutableSequence, list, bytearray, deque),
    (Mapping, type(type.__dict__)),
    (MutableMapping, dict),
    (MappingView, type({}.keys())),
    (KeysView, type({}.keys())),
    (ItemsView, type({}.items())),
    (ValuesView, type({}.values())),
):
    for _class in _classes:
        _abstract.register(_class)
del _abstract, _class, _classes


# ---- on its way out


def _deprecated():
    import warnings

    message = "'collections.abc.ByteString' is deprecated and slated for removal in Python 3.17"
    warnings.warn(message, DeprecationWarning, stacklevel=3)


class _DeprecateByteStringMeta(ABCMeta):
    """Warns who derives a class, and who asks about an object."""

    def __new__(cls, name, bases, namespace, **kwargs):
        if name != "ByteString":
            _deprecated()
        return super().__new__(cls, name, bases, namespace, **kwargs)

    def __instancecheck__(cls, instance):
        _deprecated()
        return super().__instancecheck__(instance)


class ByteString(Sequence, metaclass=_DeprecateByteStringMeta):
    """Bytes, read-only or not."""

    __slots__ = ()


ByteString.register(bytes)
ByteString.register(bytearray)
