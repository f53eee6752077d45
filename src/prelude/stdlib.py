def structseq_repr(self):
    cls = type(self)
    parts = [f"{name}={value!r}" for name, value in zip(cls.__match_args__, self)]
    place = "" if cls.__module__ == "builtins" else f"{cls.__module__}."
    return f"{place}{cls.__qualname__}({', '.join(parts)})"


def raise_call(cls, *args):
    raise cls(*args)


def displayhook(value):
    import builtins
    if value is None:
        return
    builtins._ = None
    print(repr(value))
    builtins._ = value


def namespace_repr(self):
    cls = type(self)
    name = "namespace" if cls.__module__ == "types" and cls.__qualname__ == "SimpleNamespace" else cls.__qualname__
    if not _repr_enter(self):
        return f"{name}(...)"
    try:
        return f"{name}({', '.join([f'{key}={value!r}' for key, value in self.__dict__.items()])})"
    finally:
        _repr_leave(self)


def namespace_eq(self, other):
    return self.__dict__ == other.__dict__


def namespace_replace(self, changes):
    return type(self)(**{**self.__dict__, **changes})


def namespace_reduce(self):
    return type(self), (), self.__dict__


def namespace_init(self, mapping, keywords):
    given = dict(mapping)
    for name in given:
        if not isinstance(name, str):
            raise TypeError("keywords must be strings")
    self.__dict__.update(given)
    self.__dict__.update(keywords)


def fileno_of(value):
    method = getattr(type(value), "fileno", None)
    if method is None:
        raise TypeError("argument must be an int, or have a fileno() method.")
    fd = value.fileno()
    if not isinstance(fd, int):
        raise TypeError("fileno() returned a non-integer")
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


def select_by_fileno(rlist, wlist, xlist, timeout):
    import select
    lists, numbers = [[], [], []], [[], [], []]
    for items, taken, fds in zip((rlist, wlist, xlist), lists, numbers):
        # An object may change the list while it is asked.
        for item in items:
            fds.append(item if type(item) is int else fileno_of(item))
            taken.append(item)
    answer = []
    for items, fds, ready in zip(lists, numbers, select.select(*numbers, timeout)):
        answer.append([item for item, fd in zip(items, fds) if fd in ready])
    return tuple(answer)


def alias_of(cls, item):
    from _generic import GenericAlias
    return GenericAlias(cls, item)


def deque_copy(self):
    return type(self)(self) if self.maxlen is None else type(self)(self, self.maxlen)


def deque_reduce(self, args):
    return type(self), args, self.__getstate__(), iter(self)


def deque_extend(deque, iterable):
    for item in iterable:
        _deque_append(deque, item)


def deque_extendleft(deque, iterable):
    for item in iterable:
        _deque_appendleft(deque, item)


def deque_iadd(deque, iterable):
    for item in iterable:
        _deque_append(deque, item)
    return deque


def deque_contains(deque, value):
    for item in deque:
        if item is value or item == value:
            return True
    return False


def deque_count(deque, value):
    count = 0
    for item in deque:
        if item is value or item == value:
            count += 1
    return count


def deque_index(deque, value, start, stop):
    for place, item in enumerate(deque):
        if start <= place < stop and (item is value or item == value):
            return place
    raise ValueError("deque.index(x): x not in deque")


def deque_remove(deque, value):
    changes = _deque_changes(deque)
    for place, item in enumerate(_deque_items(deque)):
        if item is value or item == value:
            _deque_remove_at(deque, place, changes)
            return
        if _deque_changes(deque) != changes:
            raise IndexError("deque mutated during remove().")
    raise ValueError("deque.remove(x): x not in deque")


def deque_repr(deque):
    if not _repr_enter(deque):
        return "[...]"
    try:
        items = repr(_deque_items(deque))
    finally:
        _repr_leave(deque)
    name = type(deque).__name__
    return f"{name}({items})" if deque.maxlen is None else f"{name}({items}, maxlen={deque.maxlen})"


def deque_eq(a, b):
    return _deque_items(a) == _deque_items(b)


def deque_ne(a, b):
    return _deque_items(a) != _deque_items(b)


def deque_lt(a, b):
    return _deque_items(a) < _deque_items(b)


def deque_le(a, b):
    return _deque_items(a) <= _deque_items(b)


def deque_gt(a, b):
    return _deque_items(a) > _deque_items(b)


def deque_ge(a, b):
    return _deque_items(a) >= _deque_items(b)


def count_elements(mapping, iterable):
    get = mapping.get
    for item in iterable:
        mapping[item] = get(item, 0) + 1


def math_dist(p, q):
    import math
    return math.dist([float(x) for x in p], [float(x) for x in q])


def math_fsum(items):
    import math
    return math.fsum([float(x) for x in items])


def math_prod(items, product):
    for item in items:
        product = product * item
    return product


def math_sumprod(p, q):
    total = 0
    for a, b in zip(p, q):
        total = total + a * b
    return total


def break_by_hook(args, kwargs):
    import sys

    try:
        hook = sys.breakpointhook
    except AttributeError:
        raise RuntimeError("lost sys.breakpointhook") from None
    return hook(*args, **kwargs)


def breakpointhook(args, kwargs):
    import os
    import warnings

    name = os.environ.get("PYTHONBREAKPOINT") or "pdb.set_trace"
    if name == "0":
        return None
    module, _, attribute = name.rpartition(".")
    try:
        hook = getattr(__import__(module or "builtins", None, None, [attribute]), attribute)
    except (ImportError, AttributeError):
        warnings.warn(f'Ignoring unimportable $PYTHONBREAKPOINT: "{name}"', RuntimeWarning)
        return None
    return hook(*args, **kwargs)


def help_about(args):
    from pydoc import help

    return help(*args)


def fspath(path):
    made = _special(path, '__fspath__')()
    if isinstance(made, (str, bytes)):
        return made
    raise TypeError(f"expected {_type_name(path)}.__fspath__() to return str or bytes, not {_type_name(made)}")


def struct_not_ascii(text):
    return text.encode("ascii")


def array_numbers(items, kind):
    convert = to_float if kind == "float" else index
    return [item if isinstance(item, (int, float, str)) else convert(item) for item in items]


def array_repr(name, typecode, shown):
    return f"{name}({typecode!r})" if shown is None else f"{name}({typecode!r}, {shown!r})"


def array_remove(self, value):
    for place, item in enumerate(self):
        if item is value or item == value:
            self.pop(place)
            return
    raise ValueError("array.remove(x): x not in array")


def array_tofile(self, file):
    file.write(self.tobytes())


def array_fromfile(self, file, count):
    if count < 0:
        raise ValueError("negative count")
    wanted = count * self.itemsize
    data = file.read(wanted)
    if not isinstance(data, bytes):
        raise TypeError("read() didn't return bytes")
    self.frombytes(data)
    if len(data) != wanted:
        raise EOFError("read() didn't return enough bytes")


def array_reduce(self, protocol):
    import array

    state = getattr(self, "__dict__", None) or None
    if protocol < 3:
        items = self.tounicode() if self.typecode in "uw" else self.tolist()
        return type(self), (self.typecode, items), state
    parts = type(self), self.typecode, array._machine_format(self.typecode), self.tobytes()
    return array._array_reconstructor, parts, state


def compile_tree(source, file, mode, flags, optimize):
    import ast

    return ast._compile(source, file, mode, flags, optimize)


def code_replace_same(code, changes):
    rest = {}
    for name, value in changes.items():
        if name in ("co_name", "co_qualname", "co_filename", "co_flags", "co_consts") or not name.startswith("co_"):
            rest[name] = value
            continue
        same = getattr(code, name, value)
        if type(value) is not type(same):
            raise TypeError(f"replace() argument {name!r} must be {_type_name(same)}, not {_type_name(value)}")
        if value != same or not hasattr(code, name):
            raise NotImplementedError(f"code.replace({name}=...): instructions and what belongs to them stay as they are")
    return code.replace(**rest)


def method_reduce(method):
    return getattr, (method.__self__, method.__func__.__name__)


def time_strptime(*args):
    import _strptime
    return _strptime.struct_time_of(*args)
