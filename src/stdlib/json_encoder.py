"""Writing JSON."""

import _json
from _json import encode_basestring, encode_basestring_ascii

INFINITY = float("inf")

py_encode_basestring = c_encode_basestring = encode_basestring
py_encode_basestring_ascii = c_encode_basestring_ascii = encode_basestring_ascii


class JSONEncoder:
    """Writes dicts, lists, tuples, strs, ints, floats, True, False and None as JSON.

    A subclass can have other objects written by a method default() that gives something of that kind for them.
    """

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """What is written in place of o; raises TypeError unless a subclass knows better."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The text of o."""
        if isinstance(o, str):
            return encode_basestring_ascii(o) if self.ensure_ascii else encode_basestring(o)
        chunks = self.iterencode(o, _one_shot=True)
        if not isinstance(chunks, (list, tuple)):
            chunks = list(chunks)
        return "".join(chunks)

    def iterencode(self, o, _one_shot=False):
        """The text of o, piece by piece."""
        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = " " * indent
        if _one_shot:
            text = _json.encode(o, bool(self.ensure_ascii), bool(self.skipkeys), bool(self.allow_nan), bool(self.sort_keys),
                                bool(self.check_circular), indent, self.item_separator, self.key_separator)
            if text is not None:
                return text,
        return _Writer(self, indent).any(o, 0)


class _Writer:
    # What one call of iterencode knows.

    def __init__(self, encoder, indent):
        self.default = encoder.default
        self.quoted = encode_basestring_ascii if encoder.ensure_ascii else encode_basestring
        self.indent = indent
        self.comma = encoder.item_separator
        self.colon = encoder.key_separator
        self.sort_keys = encoder.sort_keys
        self.skip_keys = encoder.skipkeys
        self.allow_nan = encoder.allow_nan
        self.inside = {} if encoder.check_circular else None

    def floating(self, number):
        if number != number:
            text = "NaN"
        elif number == INFINITY:
            text = "Infinity"
        elif number == -INFINITY:
            text = "-Infinity"
        else:
            return float.__repr__(number)
        if not self.allow_nan:
            raise ValueError("Out of range float values are not JSON compliant: " + repr(number))
        return text

    def plain(self, value):
        # The text of what holds nothing, else None.
        if isinstance(value, str):
            return self.quoted(value)
        if value is None:
            return "null"
        if value is True:
            return "true"
        if value is False:
            return "false"
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            return self.floating(value)
        return None

    def enter(self, value):
        if self.inside is not None:
            if id(value) in self.inside:
                raise ValueError("Circular reference detected")
            self.inside[id(value)] = value

    def leave(self, value):
        if self.inside is not None:
            del self.inside[id(value)]

    def nested(self, value, level):
        if isinstance(value, (list, tuple)):
            return self.list(value, level)
        if isinstance(value, dict):
            return self.dict(value, level)
        return self.any(value, level)

    def list(self, items, level):
        if not items:
            yield "[]"
            return
        self.enter(items)
        head, comma = "[", self.comma
        if self.indent is not None:
            newline = "\n" + self.indent * (level + 1)
            head += newline
            comma += newline
        for number, value in enumerate(items):
            try:
                text = self.plain(value)
                if text is not None:
                    yield head + text
                else:
                    yield head
                    yield from self.nested(value, level + 1)
            except GeneratorExit:
                raise
            except BaseException as error:
                error.add_note(f"when serializing {type(items).__name__} item {number}")
                raise
            head = comma
        if self.indent is not None:
            yield "\n" + self.indent * level
        yield "]"
        self.leave(items)

    def key(self, key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self.floating(key)
        if key is True:
            return "true"
        if key is False:
            return "false"
        if key is None:
            return "null"
        if isinstance(key, int):
            return int.__repr__(key)
        if self.skip_keys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")

    def dict(self, pairs, level):
        if not pairs:
            yield "{}"
            return
        self.enter(pairs)
        yield "{"
        head, comma = None, self.comma
        if self.indent is not None:
            head = "\n" + self.indent * (level + 1)
            comma += head
        began = False
        items = sorted(pairs.items()) if self.sort_keys else pairs.items()
        for key, value in items:
            name = self.key(key)
            if name is None:
                continue
            if began:
                yield comma
            elif head is not None:
                yield head
            began = True
            yield self.quoted(name)
            yield self.colon
            try:
                text = self.plain(value)
                if text is not None:
                    yield text
                else:
                    yield from self.nested(value, level + 1)
            except GeneratorExit:
                raise
            except BaseException as error:
                error.add_note(f"when serializing {type(pairs).__name__} item {key!r}")
                raise
        if began and self.indent is not None:
            yield "\n" + self.indent * level
        yield "}"
        self.leave(pairs)

    def any(self, value, level):
        text = self.plain(value)
        if text is not None:
            yield text
        elif isinstance(value, (list, tuple)):
            yield from self.list(value, level)
        elif isinstance(value, dict):
            yield from self.dict(value, level)
        else:
            self.enter(value)
            yield from self.any(self.default(value), level)
            self.leave(value)
