"""Context variables (PEP 567): values that belong to a chain of control, not to a place in the text."""

from types import GenericAlias

__all__ = ["Context", "ContextVar", "Token", "copy_context"]

_absent = object()


def _final(name):
    def __init_subclass__(cls, **kwargs):
        raise TypeError(f"type '_contextvars.{name}' is not an acceptable base type")

    return classmethod(__init_subclass__)


class Context:
    """A mapping of context variables to their values."""

    __module__ = "_contextvars"
    __slots__ = ("_data", "_shared", "_outer", "__weakref__")

    def __new__(cls, /, *args, **kwargs):
        if args or kwargs:
            raise TypeError("Context() does not accept any arguments")
        return _context({}, False)

    __init_subclass__ = _final("Context")

    def run(*args, **kwargs):
        """Call a function in this context."""
        if len(args) < 2:
            raise TypeError("run() missing 1 required positional argument")
        global _current
        self, function, *args = args
        if self._outer is not _absent:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        self._outer, _current = _current, self
        try:
            return function(*args, **kwargs)
        finally:
            _current, self._outer = self._outer, _absent

    def copy(self):
        """A context with the same values."""
        # Both may go on with the same dict until one of them sets a variable.
        self._shared = True
        return _context(self._data, True)

    def _set(self, var, value):
        if self._shared:
            self._data = dict(self._data)
            self._shared = False
        if value is _absent:
            self._data.pop(var, None)
        else:
            self._data[var] = value

    def __getitem__(self, var, /):
        return self._data[_key(var)]

    def __contains__(self, var, /):
        return _key(var) in self._data

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def __eq__(self, other, /):
        if not isinstance(other, Context):
            return NotImplemented
        return self._data == other._data

    __hash__ = None

    def get(self, var, default=None, /):
        return self._data.get(_key(var), default)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()


def _context(data, shared):
    context = object.__new__(Context)
    context._data = data
    context._shared = shared
    context._outer = _absent
    return context


def _key(var):
    if not isinstance(var, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {var!r}")
    return var


_current = _context({}, False)


class ContextVar:
    """A variable with a value for each context."""

    __module__ = "_contextvars"
    __slots__ = ("_name", "_default", "__weakref__")

    def __new__(cls, name, /, *, default=_absent):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self = object.__new__(cls)
        self._name = name
        self._default = default
        return self

    __init_subclass__ = _final("ContextVar")
    __class_getitem__ = classmethod(GenericAlias)

    @property
    def name(self):
        return self._name

    def __repr__(self):
        default = "" if self._default is _absent else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {id(self):#x}>"

    def get(self, default=_absent, /):
        """Its value in the current context."""
        value = _current._data.get(self, _absent)
        if value is not _absent:
            return value
        if default is not _absent:
            return default
        if self._default is not _absent:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        """Set it in the current context; the token restores what was."""
        token = object.__new__(Token)
        token._var = self
        token._context = _current
        token._old = _current._data.get(self, _absent)
        token._used = False
        _current._set(self, value)
        return token

    def reset(self, token, /):
        """Let it be as it was before the token was made."""
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        if token._context is not _current:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        _current._set(self, token._old)


class _Missing:
    __slots__ = ()

    def __repr__(self):
        return "<Token.MISSING>"


class Token:
    """What `ContextVar.set` gives: the way back."""

    __module__ = "_contextvars"
    __slots__ = ("_var", "_context", "_old", "_used", "__weakref__")

    MISSING = _Missing()

    def __new__(cls, /, *args, **kwargs):
        raise RuntimeError("Tokens can only be created by ContextVars")

    __init_subclass__ = _final("Token")
    __class_getitem__ = classmethod(GenericAlias)
    __hash__ = None

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return Token.MISSING if self._old is _absent else self._old

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._var.reset(self)

    def __repr__(self):
        used = " used" if self._used else ""
        return f"<Token{used} var={self._var!r} at {id(self):#x}>"


def copy_context():
    """A copy of the current context."""
    return _current.copy()
