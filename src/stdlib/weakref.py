"""Weak references, and containers that keep their keys or values by them."""

import itertools
import sys
from _prelude import _as_builtin
from _weakref import _known_proxy, _link, getweakrefcount, getweakrefs, ref
from collections.abc import MutableMapping, MutableSet

__all__ = [
    "ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
    "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize",
]

ReferenceType = ref


class ProxyType:
    """Stands for an object as long as that lives."""

    __slots__ = ("_to",)

    def __new__(cls, *args, **kwargs):
        raise TypeError(f"cannot create 'weakref.{cls.__name__}' instances")

    def __getattribute__(self, name):
        return getattr(_behind(self), name)

    def __setattr__(self, name, value):
        setattr(_behind(self), name, value)

    def __delattr__(self, name):
        delattr(_behind(self), name)

    def __repr__(self):
        target = _to.__get__(self)()
        if target is None:
            return f"<weakproxy at {id(self):#x}; dead>"
        return f"<weakproxy at {id(self):#x}; to {type(target).__name__!r} at {id(target):#x}>"

    __hash__ = None


_to = ProxyType.__dict__["_to"]


def _behind(proxy):
    target = _to.__get__(proxy)()
    if target is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return target


def _plain(value):
    return _behind(value) if type(value) in ProxyTypes else value


def _forwarded(function):
    """A method that applies `function` to what stands behind the proxies among its arguments."""

    def method(*args):
        return function(*map(_plain, args))

    return method


def _reflected(function):
    def method(self, other):
        return function(_plain(other), _behind(self))

    return method


def _next(iterator):
    if not hasattr(type(iterator), "__next__"):
        raise TypeError(f"Weakref proxy referenced a non-iterator {type(iterator).__name__!r} object")
    return next(iterator)


def _forward_everything():
    import operator

    for name in (
        "lt le eq ne gt ge add sub mul matmul truediv floordiv mod lshift rshift and or xor pow neg pos abs invert"
        " iadd isub imul imatmul itruediv ifloordiv imod ipow ilshift irshift iand ior ixor index getitem setitem"
        " delitem contains"
    ).split():
        function = getattr(operator, name + "_" if name in ("and", "or") else name)
        setattr(ProxyType, f"__{name}__", _forwarded(function))
    for name in "add sub mul matmul truediv floordiv mod lshift rshift and or xor pow".split():
        function = getattr(operator, name + "_" if name in ("and", "or") else name)
        setattr(ProxyType, f"__r{name}__", _reflected(function))
    for name, function in {
        "str": str, "bytes": bytes, "bool": bool, "int": int, "float": float, "len": len, "iter": iter, "next": _next,
        "divmod": divmod, "reversed": reversed,
    }.items():
        setattr(ProxyType, f"__{name}__", _forwarded(function))


class CallableProxyType(ProxyType):
    """Stands for an object that can be called."""

    __slots__ = ()
    __hash__ = None

    def __call__(self, /, *args, **kwargs):
        return _behind(self)(*args, **kwargs)


ProxyTypes = (ProxyType, CallableProxyType)
_forward_everything()
for _cls in ProxyTypes:
    _as_builtin(_cls)
del _cls


def proxy(object, callback=None, /):
    """An object that behaves like `object` and does not keep it alive. Those without a callback are one."""
    if callback is None:
        known = _known_proxy(object)
        if known is not None:
            return known
    made = object_new(CallableProxyType if callable(object) else ProxyType)
    _to.__set__(made, _link(object, callback, made))
    return made


object_new = object.__new__


class WeakMethod(ref):
    """A weak reference to a bound method, which lives as long as its object and its function."""

    def __new__(cls, meth, callback=None):
        try:
            obj = meth.__self__
            func = meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def _cb(_, me=None):
            me = self_ref()
            if me is not None and me._alive:
                me._alive = False
                if callback is not None:
                    callback(me)

        self = ref.__new__(cls, obj, _cb)
        self._func_ref = ref(func, _cb)
        self._meth_type = type(meth)
        self._alive = True
        self_ref = ref(self)
        return self

    def __call__(self):
        obj = super().__call__()
        func = self._func_ref()
        if obj is None or func is None:
            return None
        return self._meth_type(func, obj)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is other
        return ref.__eq__(self, other) and self._func_ref == other._func_ref

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A weak reference that remembers under which key it stands."""

    def __new__(cls, ob, callback, key):
        self = ref.__new__(cls, ob, callback)
        self.key = key
        return self

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


class WeakValueDictionary(MutableMapping):
    """A mapping whose entries go away with their values."""

    def __init__(self, other=(), /, **kw):
        me = ref(self)

        def remove(weak):
            self = me()
            if self is not None and self.data.get(weak.key) is weak:
                del self.data[weak.key]

        self._remove = remove
        self.data = {}
        self.update(other, **kw)

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        del self.data[key]

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        weak = self.data.get(key)
        return weak is not None and weak() is not None

    def __iter__(self):
        for key, weak in list(self.data.items()):
            if weak() is not None:
                yield key

    keys = __iter__

    def values(self):
        for weak in list(self.data.values()):
            value = weak()
            if value is not None:
                yield value

    def items(self):
        for key, weak in list(self.data.items()):
            value = weak()
            if value is not None:
                yield key, value

    def get(self, key, default=None):
        weak = self.data.get(key)
        value = None if weak is None else weak()
        return default if value is None else value

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is None:
            self[key] = value = default
        return value

    def pop(self, key, *args):
        weak = self.data.pop(key, None)
        value = None if weak is None else weak()
        if value is not None:
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def popitem(self):
        while True:
            key, weak = self.data.popitem()
            value = weak()
            if value is not None:
                return key, value

    def update(self, other=None, /, **kwargs):
        if other is not None:
            for key, value in dict(other).items():
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def itervaluerefs(self):
        yield from list(self.data.values())

    def valuerefs(self):
        return list(self.data.values())

    def copy(self):
        made = WeakValueDictionary()
        for key, value in self.items():
            made[key] = value
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        # What others keep alive is not copied.
        made = self.__class__()
        for key, value in self.items():
            made[deepcopy(key, memo)] = value
        return made

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x}>"

    def __or__(self, other):
        if not isinstance(other, (dict, MutableMapping)):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, (dict, MutableMapping)):
            return NotImplemented
        made = type(self)()
        made.update(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self


class WeakKeyDictionary(MutableMapping):
    """A mapping whose entries go away with their keys."""

    def __init__(self, dict=None):
        me = ref(self)

        def remove(weak):
            self = me()
            if self is not None:
                self.data.pop(weak, None)

        self._remove = remove
        self.data = {}
        if dict is not None:
            self.update(dict)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def __iter__(self):
        for weak in list(self.data):
            key = weak()
            if key is not None:
                yield key

    keys = __iter__

    def values(self):
        for weak, value in list(self.data.items()):
            if weak() is not None:
                yield value

    def items(self):
        for weak, value in list(self.data.items()):
            key = weak()
            if key is not None:
                yield key, value

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def popitem(self):
        while True:
            weak, value = self.data.popitem()
            key = weak()
            if key is not None:
                return key, value

    def update(self, dict=None, /, **kwargs):
        if dict is not None:
            if not hasattr(dict, "items"):
                dict = {}.__class__(dict)
            for key, value in dict.items():
                self[key] = value
        if kwargs:
            self.update(kwargs)

    def keyrefs(self):
        return list(self.data)

    def copy(self):
        made = WeakKeyDictionary()
        for key, value in self.items():
            made[key] = value
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = self.__class__()
        for key, value in self.items():
            made[key] = deepcopy(value, memo)
        return made

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x}>"

    def __or__(self, other):
        if not isinstance(other, (dict, MutableMapping)):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, (dict, MutableMapping)):
            return NotImplemented
        made = type(self)()
        made.update(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self


class WeakSet(MutableSet):
    """A set whose members may go away."""

    def __init__(self, data=None):
        me = ref(self)

        def remove(weak):
            self = me()
            if self is not None:
                self.data.discard(weak)

        self._remove = remove
        self.data = set()
        if data is not None:
            self.update(data)

    def __iter__(self):
        for weak in list(self.data):
            item = weak()
            if item is not None:
                yield item

    def __len__(self):
        return len(self.data)

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def add(self, item):
        self.data.add(ref(item, self._remove))

    def discard(self, item):
        self.data.discard(ref(item))

    def remove(self, item):
        self.data.remove(ref(item))

    def clear(self):
        self.data.clear()

    def pop(self):
        while True:
            try:
                weak = self.data.pop()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            item = weak()
            if item is not None:
                return item

    def copy(self):
        return type(self)(self)

    def update(self, other):
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        made = self.copy()
        made.difference_update(other)
        return made

    __sub__ = difference

    def difference_update(self, other):
        for item in list(other):
            self.discard(item)

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def intersection(self, other):
        return type(self)(item for item in other if item in self)

    __and__ = intersection

    def intersection_update(self, other):
        kept = set(map(ref, other))
        for weak in list(self.data):
            if weak not in kept:
                self.data.discard(weak)

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def union(self, other):
        made = self.copy()
        made.update(other)
        return made

    __or__ = union

    def symmetric_difference(self, other):
        made = self.copy()
        made.symmetric_difference_update(other)
        return made

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        for item in list(other):
            if item in self:
                self.discard(item)
            else:
                self.add(item)

    def __ixor__(self, other):
        self.symmetric_difference_update(other)
        return self

    def issubset(self, other):
        return self.data.issubset(ref(item) for item in other)

    __le__ = issubset

    def __lt__(self, other):
        return self.data < set(map(ref, other))

    def issuperset(self, other):
        return self.data.issuperset(ref(item) for item in other)

    __ge__ = issuperset

    def __gt__(self, other):
        return self.data > set(map(ref, other))

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.data == set(map(ref, other))

    __hash__ = None

    def isdisjoint(self, other):
        return len(self.intersection(other)) == 0

    def __repr__(self):
        return repr(self.data)


WeakSet.__module__ = "_weakrefset"


class finalize:
    """Call a function when an object is gone, at the end of the program at the latest."""

    __slots__ = ()
    _registry = {}
    _index_iter = itertools.count()
    # No more are called: the program has come to its end.
    _shutdown = False
    # Have some been made since those for the end of the program were looked for?
    _dirty = False
    _registered_with_atexit = False

    class _Info:
        __slots__ = ("weakref", "func", "args", "kwargs", "atexit", "index")

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._registered_with_atexit:
            # Not before: those that register with it first are called last.
            import atexit

            atexit.register(finalize._exitfunc)
            finalize._registered_with_atexit = True
        info = finalize._Info()
        info.weakref = ref(obj, self)
        info.func = func
        info.args = args
        info.kwargs = kwargs
        info.atexit = True
        info.index = next(finalize._index_iter)
        finalize._registry[self] = info
        finalize._dirty = True

    def __call__(self, _=None):
        info = finalize._registry.pop(self, None)
        if info is not None and not finalize._shutdown:
            return info.func(*info.args, **(info.kwargs or {}))

    def detach(self):
        """Call nothing any more; what it stands for, as a tuple, or `None` if it is over."""
        info = finalize._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is not None and finalize._registry.pop(self, None):
            return obj, info.func, info.args, info.kwargs

    def peek(self):
        """What it stands for, as a tuple, or `None` if it is over."""
        info = finalize._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is not None:
            return obj, info.func, info.args, info.kwargs

    @property
    def alive(self):
        """Is the function still to be called?"""
        return self in finalize._registry

    @property
    def atexit(self):
        """Is it to be called at the end of the program, too?"""
        info = finalize._registry.get(self)
        return info is not None and info.atexit

    @atexit.setter
    def atexit(self, value):
        info = finalize._registry.get(self)
        if info is not None:
            info.atexit = bool(value)

    def __repr__(self):
        info = finalize._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is None:
            return f"<{type(self).__name__} object at {id(self):#x}; dead>"
        return f"<{type(self).__name__} object at {id(self):#x}; for {type(obj).__name__!r} at {id(obj):#x}>"

    @classmethod
    def _select_for_exit(cls):
        due = [(info.index, final) for final, info in cls._registry.items() if info.atexit]
        return [final for _, final in sorted(due, key=lambda entry: entry[0])]

    @classmethod
    def _exitfunc(cls):
        import gc

        collecting = gc.isenabled()
        # What goes in a cycle meanwhile is to be finalised in its turn here.
        gc.disable()
        try:
            pending = None
            while True:
                if pending is None or finalize._dirty:
                    pending = cls._select_for_exit()
                    finalize._dirty = False
                if not pending:
                    break
                final = pending.pop()
                try:
                    final()
                except Exception as failure:
                    sys.excepthook(type(failure), failure, failure.__traceback__)
                cls._registry.pop(final, None)
        finally:
            finalize._shutdown = True
            if collecting:
                gc.enable()
