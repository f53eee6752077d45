"""The class of what `f_locals` gives: a mapping that reads and writes the variables of a frame (PEP 667)."""

from collections.abc import Mapping

from _prelude import _frame_extra, _frame_has, _frame_set, _frame_variables

_absent = object()
# The frames whose variables are being written down: they may contain themselves.
_showing = []


class FrameLocalsProxy:
    __slots__ = ("_frame",)
    __module__ = "builtins"
    __hash__ = None

    def __new__(cls, /, *args):
        if len(args) != 1:
            raise TypeError(f"FrameLocalsProxy expected 1 argument, got {len(args)}")
        _frame_extra(args[0])
        proxy = object.__new__(cls)
        proxy._frame = args[0]
        return proxy

    def __repr__(self):
        if any(frame is self._frame for frame in _showing):
            return "{...}"
        _showing.append(self._frame)
        try:
            return repr(self.copy())
        finally:
            _showing.pop()

    def __len__(self):
        return len(_frame_variables(self._frame))

    def __iter__(self):
        return iter(self.keys())

    def __reversed__(self):
        return self.keys()[::-1]

    def __contains__(self, name, /):
        return self._known(name) in _frame_variables(self._frame)

    def _known(self, name):
        # The variable of the frame that is equal to `name`, which may be no text itself; `name` if there is none.
        if type(name) is str:
            return name
        number, code = hash(name), self._frame.f_code
        for known in (*code.co_varnames, *code.co_cellvars, *code.co_freevars):
            if hash(known) == number and known == name:
                return known
        return name

    def __getitem__(self, name, /):
        value = _frame_variables(self._frame).get(self._known(name), _absent)
        if value is _absent:
            raise KeyError(f"local variable '{name!r}' is not defined")
        return value

    def __setitem__(self, name, value, /):
        name = self._known(name)
        if not _frame_set(self._frame, name, value):
            _frame_extra(self._frame)[name] = value

    def __delitem__(self, name, /):
        name = self._known(name)
        if _frame_has(self._frame, name):
            raise ValueError("cannot remove local variables from FrameLocalsProxy")
        del _frame_extra(self._frame)[name]

    def __eq__(self, other, /):
        if isinstance(other, FrameLocalsProxy):
            return self._frame is other._frame
        if isinstance(other, dict):
            return self.copy() == other
        return NotImplemented

    def __or__(self, other, /):
        if not isinstance(other, (dict, FrameLocalsProxy)):
            return NotImplemented
        return {**self.copy(), **other}

    def __ror__(self, other, /):
        if not isinstance(other, (dict, FrameLocalsProxy)):
            return NotImplemented
        return {**other, **self.copy()}

    def __ior__(self, other, /):
        if not isinstance(other, (dict, FrameLocalsProxy)):
            return NotImplemented
        self.update(other)
        return self

    def get(self, *args):
        if not 1 <= len(args) <= 2:
            raise TypeError("get expected 1 or 2 arguments")
        return _frame_variables(self._frame).get(self._known(args[0]), *args[1:])

    def setdefault(self, *args):
        if not 1 <= len(args) <= 2:
            raise TypeError("setdefault expected 1 or 2 arguments")
        name, default = self._known(args[0]), (*args[1:], None)[0]
        variables = _frame_variables(self._frame)
        if name in variables:
            return variables[name]
        self[name] = default
        return default

    def pop(self, *args):
        if not 1 <= len(args) <= 2:
            raise TypeError("pop expected 1 or 2 arguments")
        name = self._known(args[0])
        if _frame_has(self._frame, name):
            raise ValueError("cannot remove local variables from FrameLocalsProxy")
        return _frame_extra(self._frame).pop(name, *args[1:])

    def update(self, other, /):
        if not isinstance(other, (dict, FrameLocalsProxy)):
            raise TypeError("update() argument must be dict or another FrameLocalsProxy")
        for name, value in other.items():
            self[name] = value

    def keys(self):
        return list(_frame_variables(self._frame))

    def values(self):
        return list(_frame_variables(self._frame).values())

    def items(self):
        return list(_frame_variables(self._frame).items())

    def copy(self):
        return _frame_variables(self._frame)

    def __reduce_ex__(self, protocol, /):
        raise TypeError("cannot pickle 'FrameLocalsProxy' object")


Mapping.register(FrameLocalsProxy)
