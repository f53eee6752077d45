# Classes, calls, attributes: what the machine itself asks Python to do.


def build_class(func, name, bases, kwds):
    original = bases
    changed = False
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
                changed = True
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
            raise TypeError(f'{shown}.__prepare__() must return a mapping, not {_type_name(namespace)}')
    cell = _run_body(func, namespace)
    if changed:
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
    return _make_class(metaclass, name, bases, namespace, kwds, list(tuple(slots)))


def finish_class(cls, hooks, kwds, mro):
    if mro is not None:
        _set_mro(cls, list(mro(cls)))
    for value, name in hooks:
        try:
            _special(value, '__set_name__')(cls, name)
        except BaseException as error:
            error.add_note(f'Error calling __set_name__ on {type(value).__name__!r} instance {name!r} in {cls.__name__!r}')
            raise
    super(cls, cls).__init_subclass__(**kwds)
    return cls


def construct(cls, new, args, kwds):
    if new is None:
        # Something that is no function: reading it from the class says what to call.
        new = cls.__new__
    instance = new(cls, *args, **kwds)
    if isinstance(instance, cls):
        init = _lookup(instance, '__init__')
        if init is not None:
            result = init(*args, **kwds)
            if result is not None:
                raise TypeError(f"__init__() should return None, not '{_type_name(result)}'")
    return instance


def initialise(cls, instance, init, args, kwds):
    result = _lookup(instance, '__init__')(*args, **kwds)
    if result is not None:
        raise TypeError(f"__init__() should return None, not '{_type_name(result)}'")
    return instance


def call_class(cls, args, kwds):
    return construct(cls, cls.__new__, args, kwds)


def raise_class(exc, *cause):
    if isinstance(exc, type):
        exc = exception_of_class(exc)
    if cause:
        because, = cause
        exc.__cause__ = exception_of_class(because) if isinstance(because, type) else because
    raise exc


def exception_of_class(cls):
    made = cls()
    if not isinstance(made, BaseException):
        raise TypeError(f"calling {cls!r} should have returned an instance of BaseException, not {type(made)!r}")
    return made


def attribute_or_getattr(get, obj, name):
    call, args = get
    try:
        return call(*args)
    except AttributeError:
        getter = _lookup(obj, '__getattr__')
        if getter is None:
            raise
    return getter(name)


def any_abstract(functions):
    for function in functions:
        if getattr(function, '__isabstractmethod__', False):
            return True
    return False


def property_changed(cls, get, set, delete, doc, *name):
    changed = cls(get, set, delete, doc)
    if name and isinstance(changed, property):
        changed.__name__, = name
    return changed


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
    check = _lookup(cls, '__instancecheck__')
    if check is not None:
        return bool(check(obj))
    require_bases(cls, 'isinstance() arg 2 must be a type, a tuple of types, or a union')
    said = getattr(obj, '__class__', None)
    return said is not None and is_below(said, cls)


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
    check = _lookup(cls, '__subclasscheck__')
    if check is not None:
        return bool(check(sub))
    return issubclass_by_bases(sub, cls)


def issubclass_by_bases(sub, cls):
    require_bases(sub, 'issubclass() arg 1 must be a class')
    require_bases(cls, 'issubclass() arg 2 must be a class, a tuple of classes, or a union')
    return is_below(sub, cls)


def require_bases(cls, message):
    # What is not a class may still be one for `isinstance`: it has bases.
    if bases_of(cls) is None:
        raise TypeError(message)


def bases_of(cls):
    bases = getattr(cls, '__bases__', None)
    return bases if isinstance(bases, tuple) else None


def is_below(sub, cls):
    if sub is cls:
        return True
    for base in bases_of(sub) or ():
        if is_below(base, cls):
            return True
    return False


def object_dir(obj):
    own = getattr(obj, '__dict__', None)
    names = dict(own) if isinstance(own, dict) else {}
    cls = getattr(obj, '__class__', None)
    if cls is not None:
        add_class_names(names, cls)
    return [*names]


def class_dir(cls):
    names = {}
    add_class_names(names, cls)
    return [*names]


def add_class_names(names, cls):
    own = getattr(cls, '__dict__', None)
    if own is not None:
        names.update(own)
    for base in getattr(cls, '__bases__', None) or ():
        add_class_names(names, base)


def sorted_dir(obj, of_module):
    return sorted(_lookup(obj, '__dir__')() if of_module is None else of_module())


def sorted_keys(mapping):
    return sorted(mapping.keys())


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


def builtin_in(builtins, name):
    try:
        return builtins[name]
    except KeyError:
        pass
    raise NameError(f"name '{name}' is not defined", name=name)


def namespace_or_cell(namespace, name, cell):
    try:
        return namespace[name]
    except KeyError:
        pass
    try:
        return cell.cell_contents
    except ValueError:
        pass
    raise NameError(
        f"cannot access free variable '{name}' where it is not associated with a value in enclosing scope", name=name
    )


def namespace_delete(namespace, name):
    # Whatever goes wrong, the name is said not to be there.
    try:
        del namespace[name]
        return
    except Exception:
        pass
    raise NameError(f"name '{name}' is not defined", name=name)


def print_expression(value):
    import sys

    try:
        show = sys.displayhook
    except AttributeError:
        raise RuntimeError("lost sys.displayhook") from None
    show(value)


def subscript_class(cls, key):
    method = getattr(cls, '__class_getitem__', None)
    if method is None:
        raise TypeError(f"type '{cls.__name__}' is not subscriptable")
    return method(key)


def make_union(left, right):
    from _generic import make_union as make
    return make(left, right)


def weak_hash(weak, referent):
    return _set_weak_hash(weak, hash(referent))


def weak_equal(mine, yours):
    return mine == yours


def state_with_slots(self, cls, state):
    import copyreg
    slots = {}
    for name in copyreg._slotnames(cls):
        try:
            slots[name] = getattr(self, name)
        except AttributeError:
            pass
    return (state, slots) if slots else state


def reduce_with_state(self, args):
    return type(self), args, self.__getstate__()


def reduce_asked(self, protocol, plain):
    # An object with a `__getattribute__` of its own is asked, whatever comes of it: what counts is the class.
    getattr(self, '__reduce__', None)
    return reduce_object(self, protocol, plain)


def reduce_object(self, protocol, plain):
    import copyreg
    cls = type(self)
    if protocol < 2:
        return copyreg._reduce_ex(self, protocol)
    args, kwargs = arguments_to_make(self, cls)
    if issubclass(cls, bytearray) and args is None:
        args = (bytes(self),)
    if args is None and not plain and not issubclass(cls, (list, dict)) and cls.__getstate__ is object.__getstate__:
        raise TypeError(f"cannot pickle '{_type_name(self)}' object")
    state = self.__getstate__()
    items = iter(self) if issubclass(cls, list) else None
    pairs = iter(self.items()) if issubclass(cls, dict) else None
    if kwargs:
        return copyreg.__newobj_ex__, (cls, args, kwargs), state, items, pairs
    return copyreg.__newobj__, (cls, *(args or ())), state, items, pairs


def arguments_to_make(self, cls):
    # What `__new__` is to be given, by position and by name; None when nothing is said about it.
    if hasattr(cls, '__getnewargs_ex__'):
        both = self.__getnewargs_ex__()
        if not isinstance(both, tuple):
            raise TypeError(f"__getnewargs_ex__ should return a tuple, not '{_type_name(both)}'")
        if len(both) != 2:
            raise ValueError(f'__getnewargs_ex__ should return a tuple of length 2, not {len(both)}')
        args, kwargs = both
        if not isinstance(args, tuple):
            raise TypeError('first item of the tuple returned by __getnewargs_ex__ must be a tuple, '
                            f"not '{_type_name(args)}'")
        if not isinstance(kwargs, dict):
            raise TypeError('second item of the tuple returned by __getnewargs_ex__ must be a dict, '
                            f"not '{_type_name(kwargs)}'")
        return both
    if hasattr(cls, '__getnewargs__'):
        args = self.__getnewargs__()
        if not isinstance(args, tuple):
            raise TypeError(f"__getnewargs__ should return a tuple, not '{_type_name(args)}'")
        return args, None
    return None, None
