"""Taking the text of JSON apart."""

import _json

__all__ = ["make_scanner"]

_DIGITS = "0123456789"


def _number(context, s, start):
    # A number that begins here, and the place behind it.
    end = start + s.startswith("-", start)
    first = s[end:end + 1]
    if not first or first not in _DIGITS:
        raise StopIteration(start)

    def digits(at):
        while s[at:at + 1] in _DIGITS and at < len(s):
            at += 1
        return at

    end = end + 1 if first == "0" else digits(end)
    whole = end
    if s[end:end + 1] == "." and digits(end + 1) > end + 1:
        end = digits(end + 1)
    if s[end:end + 1] in ("e", "E"):
        sign = end + 1 + (s[end + 1:end + 2] in ("+", "-"))
        if digits(sign) > sign:
            end = digits(sign)
    convert = context.parse_float if end > whole else context.parse_int
    return convert(s[start:end]), end


def make_scanner(context):
    """A function that reads the value at a place of a text, as a decoder wants it."""
    from json.decoder import JSONArray, _constant, _pairs, scanstring
    if (context.object_hook is None and context.object_pairs_hook is None and context.parse_float is float
            and context.parse_int is int and context.parse_constant is _constant):
        return _plain_scanner(context)

    def scan(s, at):
        first = s[at:at + 1]
        if first == '"':
            return scanstring(s, at + 1, context.strict)
        if first == "{":
            return _pairs(context, s, at + 1, scan)
        if first == "[":
            return JSONArray((s, at + 1), scan)
        if first == "n" and s.startswith("null", at):
            return None, at + 4
        if first == "t" and s.startswith("true", at):
            return True, at + 4
        if first == "f" and s.startswith("false", at):
            return False, at + 5
        for name in ("NaN", "Infinity", "-Infinity"):
            if s.startswith(name, at):
                return context.parse_constant(name), at + len(name)
        if not first:
            raise StopIteration(at)
        return _number(context, s, at)

    def scan_once(string, idx):
        if idx < 0:
            raise ValueError("idx cannot be negative")
        try:
            return scan(string, idx)
        finally:
            context.memo.clear()

    return scan_once


def _plain_scanner(context):
    from json import decoder

    def scan_once(string, idx):
        done, value, place = _json.scan(string, idx, True if context.strict else False)
        if done:
            return value, place
        if value == "Expecting value":
            raise StopIteration(place)
        raise decoder.JSONDecodeError(value, string, place)

    scan_once.is_plain = True
    return scan_once


py_make_scanner = make_scanner
