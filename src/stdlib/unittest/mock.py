"""Objects that stand in for others in tests: they take any call, and tell afterwards what was asked of them.

Each mock has a class of its own, made when it is, so that special methods and properties can be given to it alone. What it knows
is a record (`_Record`), kept apart from the attributes that a test sees.
"""

import functools
import importlib
import inspect
from contextlib import ExitStack
from types import FunctionType

__all__ = (
    "ANY", "AsyncMock", "DEFAULT", "FILTER_DIR", "MagicMock", "Mock", "NonCallableMagicMock", "NonCallableMock", "PropertyMock",
    "call", "create_autospec", "mock_open", "patch", "seal", "sentinel",
)

FILTER_DIR = True
_absent = object()


class _Sentinel:
    """A unique object with a name."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"

    def __reduce__(self):
        return f"sentinel.{self.name}"


class _Sentinels:
    """Gives the same unique object for the same name."""

    def __init__(self):
        self._made = {}

    def __getattr__(self, name):
        if name == "__bases__":
            # What looks for the bases of a class must not find one.
            raise AttributeError(name)
        return self._made.setdefault(name, _Sentinel(name))


sentinel = _Sentinels()
DEFAULT = sentinel.DEFAULT


class _Any:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"

    __hash__ = None


ANY = _Any()


# ---- calls


def _shown(name, args, kwargs):
    parts = [repr(arg) for arg in args] + [f"{key}={value!r}" for key, value in kwargs.items()]
    return f"{name}({', '.join(parts)})"


class _Call(tuple):
    """A call: (name, args, kwargs), or (args, kwargs) where the name does not matter. Equal to tuples that say the same."""

    def __new__(cls, name="", args=(), kwargs=None, parent=None, pair=False, called=True):
        made = tuple.__new__(cls, (args, kwargs or {}) if pair else (name, args, kwargs or {}))
        made._name, made._parent, made._called = name, parent, called
        return made

    @property
    def args(self):
        return self[-2]

    @property
    def kwargs(self):
        return self[-1]

    def __call__(self, *args, **kwargs):
        return _Call(f"{self._name}()" if self._called else self._name, args, kwargs, self)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__") and name not in _SUPPORTED:
            raise AttributeError(name)
        around = f"{self._name}()" if self._called else self._name
        return _Call(f"{around}.{name}" if around else name, parent=self, called=False)

    def __eq__(self, other):
        if not isinstance(other, tuple):
            return NotImplemented
        mine, theirs = _parts(self), _parts(other)
        return theirs is not None and mine[1:] == theirs[1:] and ("" in (mine[0], theirs[0]) and (
            len(self) == 2 or len(other) == 2 or mine[0] == theirs[0]) or mine[0] == theirs[0])

    __hash__ = None

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    def __repr__(self):
        if not self._called:
            return f"call.{self._name}" if self._name else "call"
        dot = "." if self._name and not self._name.startswith("()") else ""
        return _shown(f"call{dot}{self._name}", self.args, self.kwargs)

    def call_list(self):
        """The calls of a chain such as `call.a().b()`, the first first."""
        chain, one = [], self
        while one is not None:
            if one._called and one is not call:
                chain.append(one)
            one = one._parent
        return _Calls(reversed(chain))


def _parts(given):
    """Name, args and kwargs of a tuple that means a call; None if it means none."""
    name, args, kwargs = "", (), {}
    for part in given:
        if isinstance(part, str):
            name = part
        elif isinstance(part, tuple):
            args = part
        elif isinstance(part, dict):
            kwargs = part
        else:
            return None
    return name, args, kwargs


call = _Call(called=False)


class _Calls(list):
    """Calls in order; others are among them if they stand there one after the other."""

    def __contains__(self, wanted):
        if not isinstance(wanted, list):
            return list.__contains__(self, wanted)
        size = len(wanted)
        return any(list(self[at : at + size]) == list(wanted) for at in range(len(self) - size + 1))


# ---- what a mock knows


class _Record:
    def __init__(self, name, parent, link):
        # `link` is how the parent comes to it: ".attribute" or "()".
        self.name, self.parent, self.link = name, parent, link
        self.children = {}
        self.spec_class, self.allowed, self.strict, self.signature = None, None, False, None
        self.return_value = self.side_effect = DEFAULT
        self.wraps, self.sealed, self.deleted = None, False, set()
        # Are calls refused that do not fit the signature?
        self.checked = False
        self.forget()

    def forget(self):
        self.call_count, self.call_args = 0, None
        self.call_args_list, self.mock_calls, self.method_calls = _Calls(), _Calls(), _Calls()
        self.await_count, self.await_args, self.await_args_list = 0, None, _Calls()

    def path(self):
        """How a test would write it: "mock.attribute()"."""
        if self.parent is None:
            return self.name or "mock"
        if self.name:
            return self.name
        return _record(self.parent).path() + self.link


def _record(mock):
    return mock.__dict__["_mock_record"]


def _known(name, doc):
    """An attribute that is part of the record."""
    return property(
        lambda self: getattr(_record(self), name), lambda self, value: setattr(_record(self), name, value), None, doc
    )


class NonCallableMock:
    """A mock that cannot be called."""

    _magic = False

    def __new__(cls, *args, **kwargs):
        return object.__new__(type(cls.__name__, (cls,), {"__doc__": cls.__doc__, "__module__": cls.__module__}))

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, *, return_value=DEFAULT, side_effect=None,
                 unsafe=False, _link="", **attributes):
        record = self.__dict__["_mock_record"] = _Record(name, parent, _link)
        record.wraps, record.unsafe = wraps, unsafe
        self._take_spec(spec if spec_set is None else spec_set, spec_set is not None)
        record.return_value, record.side_effect = return_value, DEFAULT if side_effect is None else _effect(side_effect)
        if self._magic:
            self._give_magic()
        self.configure_mock(**attributes)

    call_count = _known("call_count", "How often it was called.")
    call_args = _known("call_args", "The last call.")
    call_args_list = _known("call_args_list", "All calls.")
    mock_calls = _known("mock_calls", "All calls of it, its attributes and results.")
    method_calls = _known("method_calls", "All calls of its attributes.")

    @property
    def called(self):
        """Was it called?"""
        return self.call_count > 0

    @property
    def return_value(self):
        """What a call gives."""
        record = _record(self)
        if record.return_value is DEFAULT:
            record.return_value = self._get_child_mock(parent=self, _link="()")
        return record.return_value

    @return_value.setter
    def return_value(self, value):
        _record(self).return_value = value
        self._adopt(value, "()")

    @property
    def side_effect(self):
        """What is called, raised or given one after the other instead."""
        effect = _record(self).side_effect
        return None if effect is DEFAULT else effect

    @side_effect.setter
    def side_effect(self, value):
        _record(self).side_effect = DEFAULT if value is None else _effect(value)

    @property
    def __class__(self):
        record = _record(self)
        return type(self) if record.spec_class is None else record.spec_class

    def _take_spec(self, spec, strict):
        if spec is None:
            return
        record = _record(self)
        record.strict = strict
        if isinstance(spec, (list, tuple)):
            record.allowed = set(spec)
            return
        record.allowed = set(dir(spec))
        record.spec_class = spec if isinstance(spec, type) else type(spec)
        try:
            record.signature = inspect.signature(spec)
        except (TypeError, ValueError):
            record.signature = None

    def mock_add_spec(self, spec, spec_set=False):
        """Allow only the attributes of this."""
        self._take_spec(spec, spec_set)

    def _get_child_mock(self, **kwargs):
        """What attributes and results are."""
        kind = next(kind for kind in type(self).__mro__[1:] if kind.__module__ == __name__ or kind is not type(self))
        kind = {NonCallableMock: Mock, NonCallableMagicMock: MagicMock}.get(kind, kind)
        if kind is AsyncMock and kwargs.get("_link", "").startswith(".assert"):
            kind = MagicMock
        return kind(**kwargs)

    def _adopt(self, value, link):
        """A mock without a name and a parent that becomes part of this one reports to it."""
        if isinstance(getattr(value, "__dict__", None), dict) and "_mock_record" in value.__dict__:
            record, above = _record(value), self
            while above is not None and above is not value:
                above = _record(above).parent
            # A mock is not part of what it holds itself.
            if above is None and record.parent is None and not record.name:
                record.parent, record.link = self, link

    def __getattr__(self, name):
        record = self.__dict__.get("_mock_record")
        if record is None or name in record.deleted:
            raise AttributeError(name)
        if name in record.children:
            return record.children[name]
        if record.allowed is not None:
            if name not in record.allowed or name in _SUPPORTED:
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if not record.unsafe and (record.allowed is None or name not in record.allowed) and name.startswith(_MISTAKEN):
            raise AttributeError(
                f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute."
            )
        if record.sealed:
            raise AttributeError(f"{record.path()}.{name}")
        wraps = None if record.wraps is None else getattr(record.wraps, name)
        record.children[name] = self._get_child_mock(parent=self, _link=f".{name}", wraps=wraps)
        return record.children[name]

    def __setattr__(self, name, value):
        record = _record(self)
        if name in _OWN or isinstance(getattr(type(self), name, None), property):
            return object.__setattr__(self, name, value)
        if record.strict and name not in record.allowed and name not in self.__dict__:
            raise AttributeError(f"Mock object has no attribute {name!r}")
        if name in _SUPPORTED:
            return self._set_special(name, value)
        if record.sealed and name not in record.children:
            raise AttributeError(f"Cannot set {record.path()}.{name}")
        self._adopt(value, f".{name}")
        record.deleted.discard(name)
        record.children[name] = value

    def __delattr__(self, name):
        record = _record(self)
        if name in _SUPPORTED and name in type(self).__dict__:
            delattr(type(self), name)
        elif name in record.deleted:
            raise AttributeError(name)
        record.children.pop(name, None)
        record.deleted.add(name)

    def __dir__(self):
        record = _record(self)
        names = set(_OWN) | record.allowed if record.allowed is not None else set(_OWN)
        return sorted((names | record.children.keys()) - record.deleted)

    def __repr__(self):
        record = _record(self)
        shown = f" name={record.path()!r}" if record.name or record.parent is not None else ""
        if record.spec_class is not None:
            shown += f" {'spec_set' if record.strict else 'spec'}={record.spec_class.__name__!r}"
        return f"<{type(self).__name__}{shown} id='{id(self)}'>"

    # ---- special methods

    def _set_special(self, name, value):
        if isinstance(value, FunctionType):
            # A function is given the mock, as a method is.
            setattr(type(self), name, value)
            return
        self._adopt(value, f".{name}")
        if isinstance(value, NonCallableMock):
            _record(self).children[name] = value
        setattr(type(self), name, _Special(value))

    def _give_magic(self):
        allowed = _record(self).allowed
        for name in _SUPPORTED:
            if name in _DEFAULTED and (allowed is None or name in allowed):
                setattr(type(self), name, _Lazy(name))

    # ---- configuring

    def configure_mock(self, /, **kwargs):
        """Set attributes; "method.return_value" reaches below."""
        for path, value in sorted(kwargs.items(), key=lambda pair: pair[0].count(".")):
            *way, last = path.split(".")
            setattr(functools.reduce(getattr, way, self), last, value)

    def attach_mock(self, mock, attribute):
        """Make a mock an attribute that reports here."""
        record = _record(mock)
        record.parent, record.name, record.link = None, None, ""
        setattr(self, attribute, mock)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forget all calls, here and below."""
        visited = set() if visited is None else visited
        if id(self) in visited:
            return
        visited.add(id(self))
        record = _record(self)
        record.forget()
        below = [*record.children.values(), record.return_value]
        if return_value:
            record.return_value = DEFAULT
        if side_effect:
            record.side_effect = DEFAULT
        for one in below:
            if isinstance(one, NonCallableMock) and one is not self:
                one.reset_mock(visited, return_value=return_value, side_effect=side_effect)

    # ---- asserting

    def _named(self):
        return _record(self).name or (_record(self).link.lstrip(".") if _record(self).parent is not None else "") or "mock"

    def _same(self, one):
        """A call in the form in which arguments by position and by name are the same, if the signature is known."""
        signature = _record(self).signature
        if signature is None:
            return one.args, one.kwargs
        try:
            bound = signature.bind(*one.args, **one.kwargs)
        except TypeError as error:
            return repr(error)
        return bound.args, bound.kwargs

    def _all_calls(self):
        calls = _record(self).mock_calls
        return f"\nCalls: {list(calls)!r}." if calls else ""

    def assert_called(self):
        """Was it called?"""
        if not self.call_count:
            raise AssertionError(f"Expected '{self._named()}' to have been called.")

    def assert_not_called(self):
        """Was it not called?"""
        if self.call_count:
            raise AssertionError(
                f"Expected '{self._named()}' to not have been called. Called {self.call_count} times.{self._all_calls()}"
            )

    def assert_called_once(self):
        """Was it called once?"""
        if self.call_count != 1:
            raise AssertionError(
                f"Expected '{self._named()}' to have been called once. Called {self.call_count} times.{self._all_calls()}"
            )

    def assert_called_with(self, /, *args, **kwargs):
        """Had the last call these arguments?"""
        wanted = _Call("", args, kwargs, pair=True)
        expected = _shown(self._named(), args, kwargs)
        if self.call_args is None:
            raise AssertionError(f"expected call not found.\nExpected: {expected}\n  Actual: not called.")
        if self._same(wanted) != self._same(self.call_args):
            actual = _shown(self._named(), *self.call_args)
            raise AssertionError(f"expected call not found.\nExpected: {expected}\n  Actual: {actual}")

    def assert_called_once_with(self, /, *args, **kwargs):
        """Was it called once, with these arguments?"""
        if self.call_count != 1:
            raise AssertionError(
                f"Expected '{self._named()}' to be called once. Called {self.call_count} times.{self._all_calls()}"
            )
        self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        """Had some call these arguments?"""
        wanted = self._same(_Call("", args, kwargs, pair=True))
        if all(self._same(one) != wanted for one in self.call_args_list):
            raise AssertionError(f"{_shown(self._named(), args, kwargs)} call not found")

    def assert_has_calls(self, calls, any_order=False):
        """Are these among the calls, one after the other or in any order?"""
        wanted, actual = [_Call(*_parts(one)) for one in calls], list(self.mock_calls)
        if not any_order:
            if wanted not in self.mock_calls:
                raise AssertionError(f"Calls not found.\nExpected: {list(calls)!r}\n  Actual: {actual!r}")
            return
        missing = []
        for one in wanted:
            if one in actual:
                actual.remove(one)
            else:
                missing.append(one)
        if missing:
            raise AssertionError(
                f"{self._named()!r} does not contain all of {tuple(missing)!r} in its call list, found {actual!r} instead"
            )


def _effect(value):
    """An iterable stands for its items, one after the other."""
    if isinstance(value, NonCallableMock) or _is_exception(value) or callable(value):
        return value
    return iter(value)


def _is_exception(value):
    return isinstance(value, BaseException) or isinstance(value, type) and issubclass(value, BaseException)


class CallableMixin(NonCallableMock):
    """What can be called."""

    def __call__(self, /, *args, **kwargs):
        self._note(args, kwargs)
        return self._answer(args, kwargs)

    def _note(self, args, kwargs):
        """Write a call down, here and in all that this belongs to."""
        record = _record(self)
        if record.checked and record.signature is not None:
            record.signature.bind(*args, **kwargs)
        record.call_count += 1
        record.call_args = _Call("", args, kwargs, pair=True)
        record.call_args_list.append(record.call_args)
        record.mock_calls.append(_Call("", args, kwargs))
        way, is_method, link = "", True, record.link
        while record.parent is not None:
            way = (link + way) if not way or way[0] in ".(" else f"{link}.{way}"
            is_method = is_method and link != "()"
            record, link = _record(record.parent), _record(record.parent).link
            one = _Call(way.removeprefix("."), args, kwargs)
            record.mock_calls.append(one)
            if is_method:
                record.method_calls.append(one)

    def _answer(self, args, kwargs):
        record = _record(self)
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                result = next(effect)
                if _is_exception(result):
                    raise result
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if record.return_value is DEFAULT and record.wraps is not None:
            return record.wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin):
    """A mock that can be called: whatever is asked of it is a mock, too."""


# ---- special methods

_NUMERIC = "add sub mul matmul truediv floordiv mod divmod lshift rshift and xor or pow".split()
_ANSWERS = {
    "__lt__": NotImplemented, "__gt__": NotImplemented, "__le__": NotImplemented, "__ge__": NotImplemented, "__int__": 1,
    "__contains__": False, "__len__": 0, "__exit__": False, "__complex__": 1j, "__float__": 1.0, "__bool__": True, "__index__": 1,
}
_WORKED_OUT = {
    "__hash__": object.__hash__,
    "__str__": object.__str__,
    "__sizeof__": object.__sizeof__,
    "__fspath__": lambda self: f"{type(self).__name__}/{_record(self).path()}/{id(self)}",
    "__eq__": lambda self, other: True if self is other else NotImplemented,
    "__ne__": lambda self, other: False if self is other else NotImplemented,
    "__iter__": lambda self: iter(()),
}
_DEFAULTED = {
    *_ANSWERS, *_WORKED_OUT, "__getitem__", "__setitem__", "__delitem__", "__enter__", "__neg__", "__pos__", "__abs__",
    "__invert__",
    "__round__", "__trunc__", "__floor__", "__ceil__", *(f"__{name}__" for name in _NUMERIC),
    *(f"__i{name}__" for name in _NUMERIC if name != "divmod"), "__aenter__", "__aexit__", "__aiter__",
    "__next__", "__anext__", *(f"__r{name}__" for name in _NUMERIC),
}
_SUPPORTED = _DEFAULTED | {"__call__", "__missing__", "__repr__", "__dir__", "__reversed__", "__format__", "__get__", "__set__", "__delete__",
                           "__await__", "__length_hint__"} - {"__call__"}
_MISTAKEN = "assert", "assret", "asert", "aseert", "assrt", "called_"


class _Special:
    """A special method that is some object, called without the mock."""

    def __init__(self, value):
        self.value = value

    def __get__(self, instance, owner=None):
        return self if instance is None else self.value

    def __call__(self, instance, /, *args, **kwargs):
        return self.value(*args, **kwargs)


class _Lazy:
    """A special method of a magic mock: a mock that is made when it is first asked for."""

    def __init__(self, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name, children = self.name, _record(instance).children
        if name in children:
            return children[name]
        kind = AsyncMock if name.startswith("__a") and name in ("__aenter__", "__aexit__", "__anext__") else MagicMock
        made = kind(parent=instance, _link=f".{name}")
        if name in _ANSWERS:
            made.return_value = _ANSWERS[name]
        elif name in _WORKED_OUT:
            made.side_effect = lambda *args: _WORKED_OUT[name](instance, *args)
            if name == "__iter__":
                _iterate(made)
        elif name == "__aexit__":
            made.return_value = False
        elif name == "__aiter__":
            _iterate(made, _asynchronously)
        elif name.startswith("__i") and name[3:-2] in _NUMERIC:
            made.return_value = instance
        children[name] = made
        return made

    def __call__(self, instance, /, *args, **kwargs):
        # Whoever asks the class gives the object.
        return self.__get__(instance)(*args, **kwargs)


def _iterate(made, convert=iter):
    """What `__iter__` gives goes over the return value, if there is one."""

    def items(*_):
        value = _record(made).return_value
        return convert(() if value is DEFAULT else value)

    made.side_effect = items


async def _asynchronously(items):
    for item in items:
        yield item


class NonCallableMagicMock(NonCallableMock):
    """A mock with the special methods, which cannot be called."""

    _magic = True


class MagicMock(Mock):
    """A mock with the special methods."""

    _magic = True


class PropertyMock(Mock):
    """A mock that stands for a property: reading calls it without arguments, writing with one."""

    def __get__(self, instance, owner=None):
        return self()

    def __set__(self, instance, value):
        self(value)


class AsyncMock(MagicMock):
    """A mock whose calls are awaited."""

    _is_coroutine_mark = inspect._mark

    await_count = _known("await_count", "How often it was awaited.")
    await_args = _known("await_args", "The last call that was awaited.")
    await_args_list = _known("await_args_list", "All calls that were awaited.")

    async def _awaited(self, args, kwargs):
        record = _record(self)
        record.await_count += 1
        record.await_args = _Call("", args, kwargs, pair=True)
        record.await_args_list.append(record.await_args)
        try:
            result = self._answer(args, kwargs)
        except StopIteration:
            raise StopAsyncIteration from None
        return await result if inspect.iscoroutine(result) else result

    def __call__(self, /, *args, **kwargs):
        self._note(args, kwargs)
        return self._awaited(args, kwargs)

    def _get_child_mock(self, **kwargs):
        return (MagicMock if kwargs.get("_link") == "()" else AsyncMock)(**kwargs)

    def assert_awaited(self):
        """Was it awaited?"""
        if not self.await_count:
            raise AssertionError(f"Expected {self._named()} to have been awaited.")

    def assert_awaited_once(self):
        """Was it awaited once?"""
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._named()} to have been awaited once. Awaited {self.await_count} times.")

    def assert_not_awaited(self):
        """Was it not awaited?"""
        if self.await_count:
            raise AssertionError(f"Expected {self._named()} to not have been awaited. Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        """Had the last awaited call these arguments?"""
        expected = _shown(self._named(), args, kwargs)
        if self.await_args is None:
            raise AssertionError(f"Expected await: {expected}\nNot awaited")
        if self._same(_Call("", args, kwargs, pair=True)) != self._same(self.await_args):
            actual = _shown(self._named(), *self.await_args)
            raise AssertionError(f"expected await not found.\nExpected: {expected}\n  Actual: {actual}")

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """Was it awaited once, with these arguments?"""
        self.assert_awaited_once()
        self.assert_awaited_with(*args, **kwargs)


# The attributes that mocks have of themselves.
_OWN = {name for name in dir(AsyncMock) if not name.startswith("_")}


def seal(mock):
    """Let a mock make no more attributes, nor those below."""
    record = _record(mock)
    record.sealed = True
    for below in [*record.children.values(), record.return_value]:
        if isinstance(below, NonCallableMock) and _record(below).parent is mock:
            seal(below)


# ---- patching


class _Patch:
    """Puts something in the place of an attribute, while a block, a function or the tests of a class run."""

    active = []

    def __init__(self, find, attribute, new, options, new_callable, create, keyword=None):
        self.find, self.attribute, self.new, self.options = find, attribute, new, options
        self.new_callable, self.create, self.keyword = new_callable, create, keyword
        self.more = []

    def copy(self):
        twin = _Patch(self.find, self.attribute, self.new, self.options, self.new_callable, self.create, self.keyword)
        twin.more = [one.copy() for one in self.more]
        return twin

    def _replacement(self, original):
        if self.new is not DEFAULT:
            return self.new
        options = dict(self.options)
        checked = options.pop("autospec", None)
        if checked:
            options.setdefault("spec", original)
        for name in "spec", "spec_set":
            if options.get(name) is True:
                options[name] = original
        kind = self.new_callable or (AsyncMock if inspect.iscoroutinefunction(original) else MagicMock)
        if isinstance(kind, type) and issubclass(kind, NonCallableMock):
            options.setdefault("name", self.attribute)
        made = kind(**options)
        if checked:
            _record(made).checked = True
        return made

    def __enter__(self):
        self.target = target = self.find()
        original = getattr(target, self.attribute, _absent)
        if original is _absent and not self.create:
            raise AttributeError(f"{target!r} does not have the attribute {self.attribute!r}")
        # What the object has itself comes back as it was; what it has from its class is seen again.
        self.own = vars(target).get(self.attribute, _absent) if hasattr(target, "__dict__") else original
        made = self._replacement(original)
        setattr(target, self.attribute, made)
        try:
            found = ({self.keyword: made} if self.new is DEFAULT else {}) if self.keyword else made
            for one in self.more:
                found.update(one.__enter__())
        except BaseException:
            self.__exit__()
            raise
        return found

    def __exit__(self, *exc_info):
        for one in reversed(self.more):
            if hasattr(one, "target"):
                one.__exit__()
        if self.own is _absent:
            delattr(self.target, self.attribute)
        else:
            setattr(self.target, self.attribute, self.own)
        del self.target, self.own

    def start(self):
        """Begin; what was put there."""
        found = self.__enter__()
        self.active.append(self)
        return found

    def stop(self):
        """End."""
        if self in self.active:
            self.active.remove(self)
            self.__exit__()

    def __call__(self, decorated):
        if isinstance(decorated, type):
            for name in dir(decorated):
                method = getattr(decorated, name)
                if name.startswith(patch.TEST_PREFIX) and callable(method):
                    setattr(decorated, name, self.copy()(method))
            return decorated
        return _patched(decorated, self)

    def arguments(self, made):
        """What a function that is decorated is given: a mock that was made, at the end or by name."""
        if self.keyword:
            return (), made
        return ((made,) if self.new is DEFAULT else ()), {}


def _patched(function, patcher):
    """A function that runs within a patch; the patches of one function are one list, the innermost decorator's first."""
    if hasattr(function, "patchings"):
        function.patchings.append(patcher)
        return function
    patchings = [patcher]

    def enter(stack, args, kwargs):
        for one in patchings:
            more, named = one.arguments(stack.enter_context(one))
            args, kwargs = args + more, {**kwargs, **named}
        return args, kwargs

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def run(*args, **kwargs):
            with ExitStack() as stack:
                args, kwargs = enter(stack, args, kwargs)
                return await function(*args, **kwargs)

    else:

        @functools.wraps(function)
        def run(*args, **kwargs):
            with ExitStack() as stack:
                args, kwargs = enter(stack, args, kwargs)
                return function(*args, **kwargs)

    run.patchings = patchings
    return run


def _imported(path):
    """The object of a dotted name."""
    first, *rest = path.split(".")
    found, done = importlib.import_module(first), first
    for name in rest:
        done += f".{name}"
        try:
            found = getattr(found, name)
        except AttributeError:
            importlib.import_module(done)
            found = getattr(found, name)
    return found


class _PatchDict:
    """Changes a dict while a block or a function runs."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict, self.values, self.clear = in_dict, {**dict(values), **kwargs}, clear

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _imported(self.in_dict)
        self.original = dict(self.in_dict.items())
        if self.clear:
            self.in_dict.clear()
        self.in_dict.update(self.values)
        return self.in_dict

    def __exit__(self, *exc_info):
        self.in_dict.clear()
        self.in_dict.update(self.original)

    start = __enter__

    def stop(self):
        """End."""
        self.__exit__()

    def __call__(self, decorated):
        if isinstance(decorated, type):
            for name in dir(decorated):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(decorated, name)):
                    setattr(decorated, name, self(getattr(decorated, name)))
            return decorated
        return _patched(decorated, self)

    def arguments(self, made):
        """It gives nothing to the function."""
        return (), {}


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """Put a mock in the place of the attribute that a dotted name means."""
    path, _, attribute = target.rpartition(".")
    if not path:
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}")
    return _patch(lambda: _imported(path), attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch(find, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, keyword=None):
    if new is not DEFAULT and new_callable is not None:
        raise ValueError("Cannot use 'new' and 'new_callable' together")
    options = {"spec": spec, "spec_set": spec_set, "autospec": autospec}
    options = {name: value for name, value in options.items() if value is not None} | kwargs
    return _Patch(find, attribute, new, options, new_callable, create, keyword)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None,
                  **kwargs):
    """Put a mock in the place of an attribute of an object."""
    if isinstance(target, str):
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """The same for several attributes; mocks that are made are given by name."""
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    find = functools.partial(_imported, target) if isinstance(target, str) else lambda: target
    patches = [
        _patch(find, name, new, spec, create, spec_set, autospec, new_callable, {}, keyword=name) for name, new in kwargs.items()
    ]
    patches[0].more = patches[1:]
    return patches[0]


def _stop_all():
    """End all patches that were started."""
    while _Patch.active:
        _Patch.active[-1].stop()


patch.object, patch.dict, patch.multiple, patch.stopall, patch.TEST_PREFIX = (
    _patch_object, _PatchDict, _patch_multiple, _stop_all, "test"
)


def create_autospec(spec, spec_set=False, instance=False, **kwargs):
    """A mock whose methods, too, take only what those of `spec` take."""
    raise NotImplementedError("create_autospec is not there yet; Mock(spec=...) allows the same attributes")


# ---- files


def mock_open(mock=None, read_data=""):
    """A mock for `open`, whose files hold this."""
    import io

    def fresh():
        return (io.BytesIO if isinstance(read_data, bytes) else io.StringIO)(read_data)

    opened = MagicMock(name="open") if mock is None else mock
    handle = MagicMock()
    content = fresh()

    def reading(name):
        def read(*args):
            fixed = _record(getattr(handle, name)).return_value
            return getattr(content, name)(*args) if fixed is DEFAULT else fixed

        return read

    def opening(*args, **kwargs):
        nonlocal content
        content = fresh()
        return DEFAULT

    for name in "read", "readline", "readlines":
        getattr(handle, name).side_effect = reading(name)
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    handle.__iter__.side_effect = lambda *_: iter(content)
    handle.__next__ = lambda self: next(content)
    opened.side_effect, opened.return_value = opening, handle
    return opened
