# Classes, calls, attributes: what the machine itself asks Python to do.


def build_class(func, name, bases, kwds):
    original = bases
    if any(not isinstance(base, type) for base in bases):
        resolved = []
        for base in bases:
            entries = None if isinstance(base, type) else getattr(base, '__mro_entries__', None)
            if entries is None:
                resolved.append(base)
            else:
                more = entries(original)
                if not isinstance(more, tuple):
                    raise TypeError('__mro_entries__ must return a tuple')
                resolved.extend(more)
        bases = tuple(resolved)
    metaclass = kwds.pop('metaclass', None)
    if metaclass is None:
        metaclass = type(bases[0]) if bases else type
    if isinstance(metaclass, type):
        metaclass = _winner(metaclass, bases)
    if metaclass is type:
        namespace = {}
    else:
        prepare = getattr(metaclass, '__prepare__', None)
        namespace = {} if prepare is None else prepare(name, bases, **kwds)
        if not hasattr(type(namespace), '__getitem__'):
            shown = getattr(metaclass, '__name__', '<metaclass>')
            raise TypeError(f'{shown}.__prepare__() must return a mapping, not {type(namespace).__name__}')
    cell = _run_body(func, namespace)
    if bases is not original:
        namespace['__orig_bases__'] = original
    cls = metaclass(name, bases, namespace, **kwds)
    if cell is not None and isinstance(cls, type):
        check_class_cell(cell, name, cls)
    return cls


def check_class_cell(cell, name, cls):
    # `type.__new__` fills the cell that methods read `__class__` from.
    try:
        known = cell.cell_contents
    except ValueError:
        raise RuntimeError(f'__class__ not set defining {name!r} as {cls!r}. '
                           'Was __classcell__ propagated to type.__new__?') from None
    if known is not cls:
        raise TypeError(f'__class__ set to {known!r} defining {name!r} as {cls!r}')


def make_class_with_slots(metaclass, name, bases, namespace, kwds, slots):
    return _make_class(metaclass, name, bases, namespace, kwds, list(slots))


def finish_class(cls, hooks, kwds, mro):
    if mro is not None:
        _set_mro(cls, list(mro(cls)))
    for value, name in hooks:
        try:
            type(value).__set_name__(value, cls, name)
        except BaseException as error:
            error.add_note(f'Error calling __set_name__ on {type(value).__name__!r} instance {name!r} in {cls.__name__!r}')
            raise
    super(cls, cls).__init_subclass__(**kwds)
    return cls


def construct(cls, new, args, kwds):
    instance = new(cls, *args, **kwds)
    if isinstance(instance, cls):
        init = _lookup(instance, '__init__')
        if init is not None:
            result = init(*args, **kwds)
            if result is not None:
                raise TypeError(f"__init__() should return None, not '{type(result).__name__}'")
    return instance


def initialise(cls, instance, init, args, kwds):
    result = _lookup(instance, '__init__')(*args, **kwds)
    if result is not None:
        raise TypeError(f"__init__() should return None, not '{type(result).__name__}'")
    return instance


def call_class(cls, args, kwds):
    return construct(cls, cls.__new__, args, kwds)


def raise_class(exc, *cause):
    if isinstance(exc, type):
        made = exc()
        if not isinstance(made, BaseException):
            raise TypeError(f"calling {exc!r} should have returned an instance of BaseException, not {type(made)!r}")
        exc = made
    if cause:
        because, = cause
        if isinstance(because, type):
            because = because()
        exc.__cause__ = because
    raise exc


def attribute_or_getattr(get, obj, name):
    call, args = get
    try:
        return call(*args)
    except AttributeError:
        getter = _lookup(obj, '__getattr__')
        if getter is None:
            raise
    return getter(name)


def attribute_or(get, args, default):
    try:
        return get(*args)
    except AttributeError:
        return default


def attribute_exists(get, args):
    try:
        get(*args)
    except AttributeError:
        return False
    return True


def call_and_drop(function, args):
    function(*args)


def not_equal(eq, left, right):
    result = eq(left, right)
    return result if result is NotImplemented else not result


def isinstance_of(obj, cls):
    if isinstance(cls, tuple):
        for one in cls:
            if isinstance(obj, one):
                return True
        return False
    return bool(type(cls).__instancecheck__(cls, obj))


def instance_by_class(obj, cls):
    # An object may pass for one of another class (a proxy, a mock).
    try:
        said = obj.__class__
    except AttributeError:
        return False
    return isinstance(said, type) and cls in said.__mro__


def issubclass_of(sub, cls):
    if isinstance(cls, tuple):
        for one in cls:
            if issubclass(sub, one):
                return True
        return False
    return bool(type(cls).__subclasscheck__(cls, sub))


def sorted_dir(obj, of_module):
    return sorted(_lookup(obj, '__dir__')() if of_module is None else of_module())


def annotations_of(owner, annotate):
    return _set_class_cache(owner, annotate(1))


def namespace_get(namespace, name, globals, builtins):
    try:
        return namespace[name]
    except KeyError:
        pass
    if name in globals:
        return globals[name]
    if name in builtins:
        return builtins[name]
    raise NameError(f"name '{name}' is not defined", name=name)


def print_expression(value):
    import sys
    sys.displayhook(value)


def make_union(left, right):
    from _generic import make_union as make
    return make(left, right)


def weak_hash(weak, referent):
    return _set_weak_hash(weak, hash(referent))


def weak_equal(mine, yours):
    return mine == yours
