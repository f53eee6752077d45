"""Text in HTML."""

import re

__all__ = ["escape", "unescape"]


def escape(s, quote=True):
    """The text with `&`, `<`, `>`, and quotes, as references."""
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return s.replace('"', "&quot;").replace("'", "&#x27;") if quote else s


# What the numbers of windows-1252 mean where they stand for characters.
_OLD = dict(zip((0x80, *range(0x82, 0x8D), 0x8E, *range(0x91, 0x9D), 0x9E, 0x9F),
                "\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d"
                "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"))
_NOTHING = {*range(0x1, 0x9), 0xB, *range(0xE, 0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0),
            *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF))}


def _replaced(match):
    from html.entities import html5

    text = match[1]
    if text[0] == "#":
        number = int(text[2:].rstrip(";"), 16) if text[1] in "xX" else int(text[1:].rstrip(";"))
        if number in _OLD:
            return _OLD[number]
        if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
            return "\ufffd"
        if number == 0x81 or number in (0x8D, 0x8F, 0x90, 0x9D):
            return chr(number)
        return "" if number in _NOTHING else chr(number)
    if text in html5:
        return html5[text]
    for end in range(len(text) - 1, 1, -1):
        if text[:end] in html5:
            return html5[text[:end]] + text[end:]
    return "&" + text


_REFERENCE = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def unescape(s):
    """The text with references as the characters they stand for."""
    return _REFERENCE.sub(_replaced, s) if "&" in s else s
