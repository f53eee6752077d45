"""What `list[int]` and `int | str` are."""


def _shown(item):
    if item is ...:
        return '...'
    if item is type(None):
        return 'None'
    if isinstance(item, (GenericAlias, UnionType)):
        return repr(item)
    if isinstance(item, type):
        module = item.__module__
        return item.__qualname__ if module == 'builtins' else f'{module}.{item.__qualname__}'
    return repr(item)


class GenericAlias:
    def __init__(self, origin, args, /):
        self.__dict__['__origin__'] = origin
        self.__dict__['__args__'] = args if isinstance(args, tuple) else (args,)

    @property
    def __parameters__(self):
        found = []
        for arg in self.__args__:
            for parameter in getattr(arg, '__parameters__', (arg,) if hasattr(arg, '__typing_subst__') else ()):
                if parameter not in found:
                    found.append(parameter)
        return tuple(found)

    def __call__(self, *args, **kwds):
        made = self.__origin__(*args, **kwds)
        try:
            made.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return made

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__') and name not in ('__name__', '__qualname__', '__module__', '__doc__'):
            raise AttributeError(f"'types.GenericAlias' object has no attribute '{name}'")
        return getattr(self.__origin__, name)

    def __getitem__(self, items):
        items = items if isinstance(items, tuple) else (items,)
        known = dict(zip(self.__parameters__, items))
        return GenericAlias(self.__origin__, tuple(known.get(arg, arg) for arg in self.__args__))

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, instance):
        raise TypeError('isinstance() argument 2 cannot be a parameterized generic')

    def __subclasscheck__(self, cls):
        raise TypeError('issubclass() argument 2 cannot be a parameterized generic')

    def __eq__(self, other):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash(self.__origin__) ^ hash(self.__args__)

    def __or__(self, other):
        return make_union(self, other)

    def __ror__(self, other):
        return make_union(other, self)

    def __iter__(self):
        yield Unpacked(self)

    def __repr__(self):
        args = ', '.join(_shown(arg) for arg in self.__args__) or '()'
        return f'{_shown(self.__origin__)}[{args}]'


class Unpacked(GenericAlias):
    def __init__(self, alias):
        super().__init__(alias.__origin__, alias.__args__)

    def __repr__(self):
        return '*' + super().__repr__()


class UnionType:
    def __init__(self, args):
        self.__args__ = args

    @property
    def __parameters__(self):
        return ()

    def __instancecheck__(self, instance):
        return any(isinstance(instance, arg) for arg in self.__args__)

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)

    def __or__(self, other):
        return make_union(self, other)

    def __ror__(self, other):
        return make_union(other, self)

    def __eq__(self, other):
        if not isinstance(other, UnionType):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        return ' | '.join(_shown(arg) for arg in self.__args__)


def make_union(left, right):
    flat = []
    for item in (left, right):
        if item is None:
            item = type(None)
        if isinstance(item, UnionType):
            parts = item.__args__
        elif isinstance(item, (type, GenericAlias)) or hasattr(item, '__typing_subst__') or hasattr(item, '__supertype__'):
            parts = (item,)
        else:
            return NotImplemented
        for part in parts:
            if part not in flat:
                flat.append(part)
    return flat[0] if len(flat) == 1 else UnionType(tuple(flat))


GenericAlias.__module__ = UnionType.__module__ = 'types'
