"""Abstract base classes."""

from _prelude import _match_as


def abstractmethod(function):
    """Mark a method that subclasses must define."""
    function.__isabstractmethod__ = True
    return function


class abstractclassmethod(classmethod):
    """A class method that subclasses must define."""

    __isabstractmethod__ = True

    def __init__(self, function):
        abstractmethod(function)
        super().__init__(function)


class abstractstaticmethod(staticmethod):
    """A static method that subclasses must define."""

    __isabstractmethod__ = True

    def __init__(self, function):
        abstractmethod(function)
        super().__init__(function)


class abstractproperty(property):
    """A property that subclasses must define."""

    __isabstractmethod__ = True


def _abstract_names(cls, namespace):
    names = {name for name, value in namespace.items() if getattr(value, "__isabstractmethod__", False)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                names.add(name)
    return frozenset(names)


class _Book:
    """What an abstract base class keeps: who was registered, and answers that were worked out."""

    __slots__ = ("registry", "cache")

    def __init__(self):
        self.registry = []
        self.cache = {}


def _set_pattern(cls):
    """A class body may say whether patterns see sequences or mappings in the objects; the attribute is not kept."""
    from collections.abc import Mapping, Sequence

    flags = cls.__abc_tpflags__
    if not isinstance(flags, int):
        return
    kinds = [kind for kind in (Sequence, Mapping) if flags & kind.__flags__ & (_SEQUENCE | _MAPPING)]
    if len(kinds) > 1:
        raise TypeError("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING")
    for kind in kinds:
        _match_as(cls, kind)
    del cls.__abc_tpflags__


# In `__flags__`
_SEQUENCE, _MAPPING = 1 << 5, 1 << 6


class ABCMeta(type):
    """The class of abstract base classes: other classes can be registered as their subclasses."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls, namespace)
        cls._abc_impl = _Book()
        if "__abc_tpflags__" in namespace:
            _set_pattern(cls)
        return cls

    def register(cls, subclass):
        """Count `subclass` as a subclass of this class."""
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_impl.registry.append(subclass)
        _match_as(subclass, cls)
        _forget()
        return subclass

    def __instancecheck__(cls, instance):
        subclass = type(instance)
        known = cls._abc_impl.cache.get(subclass)
        if known is not None and known[0] == _state[0]:
            if known[1]:
                return True
        elif cls.__subclasscheck__(subclass):
            return True
        claimed = instance.__class__
        return claimed is not subclass and cls.__subclasscheck__(claimed)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        known = cls._abc_impl.cache.get(subclass)
        if known is not None and known[0] == _state[0]:
            return known[1]
        answer = _is_subclass(cls, subclass)
        cls._abc_impl.cache[subclass] = (_state[0], answer)
        return answer

    def _abc_registry_clear(cls):
        cls._abc_impl.registry.clear()

    def _abc_caches_clear(cls):
        cls._abc_impl.cache.clear()

    def _dump_registry(cls, file=None):
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"_abc_registry: {cls._abc_impl.registry!r}", file=file)


# Counts registrations: an answer in a cache holds as long as this number.
_state = [0]


def _forget():
    _state[0] += 1


def _is_subclass(cls, subclass):
    answer = cls.__subclasshook__(subclass)
    if answer is not NotImplemented:
        return bool(answer)
    if cls in getattr(subclass, "__mro__", ()):
        return True
    for registered in cls._abc_impl.registry:
        if issubclass(subclass, registered):
            return True
    for below in type.__subclasses__(cls):
        if issubclass(subclass, below):
            return True
    return False


class ABC(metaclass=ABCMeta):
    """A base class whose only work is to bring the metaclass."""

    __slots__ = ()


def get_cache_token():
    """A number that changes with every registration."""
    return _state[0]


def update_abstractmethods(cls):
    """Work out again which methods of a class are abstract."""
    if hasattr(cls, "__abstractmethods__"):
        cls.__abstractmethods__ = _abstract_names(cls, cls.__dict__)
    return cls
