"""Reading JSON."""

import _json
from json import scanner

__all__ = ["JSONDecoder", "JSONDecodeError"]

NaN = float("nan")
PosInf = float("inf")
NegInf = float("-inf")

_constant = {"-Infinity": NegInf, "Infinity": PosInf, "NaN": NaN}.__getitem__
_SPACE = " \t\n\r"


class JSONDecodeError(ValueError):
    """The text is no JSON.

    `msg` says why, `doc` is the text and `pos` the place, `lineno` and `colno` the same in lines.
    """

    def __init__(self, msg, doc, pos):
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        ValueError.__init__(self, f"{msg}: line {self.lineno} column {self.colno} (char {pos})")
        self.msg = msg
        self.doc = doc
        self.pos = pos

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def scanstring(s, end, strict=True, /):
    """The string that begins behind a quote before s[end], and the place behind it."""
    done, value, place = _json.scanstring(s, end, strict)
    if not done:
        raise JSONDecodeError(value, s, place)
    return value, place


py_scanstring = c_scanstring = scanstring


def _skip(s, at):
    end = len(s)
    while at < end and s[at] in _SPACE:
        at += 1
    return at


def _pairs(context, s, at, scan_once):
    # The inside of an object, from behind its brace.
    pairs = []
    memo = context.memo
    at = _skip(s, at)
    if s[at:at + 1] != "}":
        while True:
            if s[at:at + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
            key, at = scanstring(s, at + 1, context.strict)
            key = memo.setdefault(key, key)
            at = _skip(s, at)
            if s[at:at + 1] != ":":
                raise JSONDecodeError("Expecting ':' delimiter", s, at)
            value, at = scan_once(s, _skip(s, at + 1))
            pairs.append((key, value))
            at = _skip(s, at)
            sign = s[at:at + 1]
            if sign == "}":
                break
            if sign != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            comma = at
            at = _skip(s, at + 1)
            if s[at:at + 1] == "}":
                raise JSONDecodeError("Illegal trailing comma before end of object", s, comma)
    if context.object_pairs_hook is not None:
        return context.object_pairs_hook(pairs), at + 1
    made = dict(pairs)
    if context.object_hook is not None:
        made = context.object_hook(made)
    return made, at + 1


def JSONObject(s_and_end, strict, scan_once, object_hook, object_pairs_hook, memo=None, _w=None, _ws=None):
    s, end = s_and_end

    class context:
        pass

    context.memo = {} if memo is None else memo
    context.strict = strict
    context.object_hook = object_hook
    context.object_pairs_hook = object_pairs_hook
    return _pairs(context, s, end, scan_once)


def JSONArray(s_and_end, scan_once, _w=None, _ws=None):
    s, at = s_and_end
    items = []
    at = _skip(s, at)
    if s[at:at + 1] == "]":
        return items, at + 1
    while True:
        value, at = scan_once(s, at)
        items.append(value)
        at = _skip(s, at)
        sign = s[at:at + 1]
        if sign == "]":
            return items, at + 1
        if sign != ",":
            raise JSONDecodeError("Expecting ',' delimiter", s, at)
        comma = at
        at = _skip(s, at + 1)
        if s[at:at + 1] == "]":
            raise JSONDecodeError("Illegal trailing comma before end of array", s, comma)


class JSONDecoder:
    """Reads JSON documents.

    Objects become dicts, arrays lists, strings str, numbers int or float, and true, false and null True, False and None.
    NaN, Infinity and -Infinity are understood as floats.
    """

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _constant
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
        self.parse_object = JSONObject
        self.parse_array = JSONArray
        self.parse_string = scanstring
        self.memo = {}
        self.scan_once = scanner.make_scanner(self)

    def decode(self, s, _w=None):
        """The value of s, a str with a JSON document."""
        if self.strict is True and type(self) is JSONDecoder and getattr(self.scan_once, "is_plain", False):
            done, value, place = _json.loads(s)
            if not done:
                raise JSONDecodeError(value, s, place) from None
            return value
        value, end = self.raw_decode(s, idx=_skip(s, 0))
        end = _skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The value that begins at s[idx], and the place behind it."""
        try:
            value, end = self.scan_once(s, idx)
        except StopIteration as stop:
            raise JSONDecodeError("Expecting value", s, stop.value) from None
        return value, end
