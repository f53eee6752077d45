"""Settings in the language TOML."""

import datetime
import re

__all__ = ["TOMLDecodeError", "load", "loads"]

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
_CONTROL = frozenset(map(chr, [*range(32), 127])) - {"\t"}
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_NUMBER = re.compile(r"0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)"
                     r"|[+-]?(?:0|[1-9](?:_?[0-9])*)(?P<float>(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?)")
_TIME = r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,6})[0-9]*)?"
_LOCAL_TIME = re.compile(_TIME)
_MOMENT = re.compile(rf"([0-9]{{4}})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
                     rf"(?:[Tt ]{_TIME}(?:(Z)|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))?)?", re.IGNORECASE)


class TOMLDecodeError(ValueError):
    """The text is not in the language."""

    def __init__(self, msg="", doc="", pos=0, *args):
        if args or not isinstance(doc, str) or not isinstance(pos, int) or not doc and not pos:
            ValueError.__init__(self, *((msg, doc, pos, *args) if doc or pos else (msg,)))
            return
        line = doc.count("\n", 0, pos) + 1
        column = pos - doc.rfind("\n", 0, pos) if line > 1 else pos + 1
        place = "end of document" if pos >= len(doc) else f"line {line}, column {column}"
        ValueError.__init__(self, f"{msg} (at {place})")
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, line, column


def load(fp, /, *, parse_float=float):
    """The settings of a file opened for bytes."""
    data = fp.read()
    try:
        text = data.decode()
    except AttributeError:
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`") from None
    return loads(text, parse_float=parse_float)


def loads(s, /, *, parse_float=float):
    """The settings of a text."""
    if not isinstance(s, str):
        raise TypeError(f"Expected str object, not '{type(s).__qualname__}'")
    if parse_float is not float:
        convert = parse_float

        def parse_float(text):
            number = convert(text)
            if isinstance(number, (dict, list)):
                raise ValueError("parse_float must not return dicts or lists")
            return number

    return _Reader(s.replace("\r\n", "\n"), parse_float).document()


class _Table(dict):
    """A table while it is read: how it came to be decides what may still be done to it."""

    __slots__ = ("kind",)

    def __init__(self, kind):
        # "header" (by a header), "dotted" (by a dotted key), "between" (by a longer header), "inline".
        self.kind = kind


class _Array(list):
    """An array of tables that headers make."""

    __slots__ = ()


class _Reader:
    def __init__(self, text, parse_float):
        self.text = text
        self.at = 0
        self.parse_float = parse_float

    def fail(self, message, at=None):
        raise TOMLDecodeError(message, self.text, self.at if at is None else at)

    def peek(self):
        return self.text[self.at:self.at + 1]

    def skip(self, characters):
        while self.at < len(self.text) and self.text[self.at] in characters:
            self.at += 1

    def comment(self):
        if self.peek() != "#":
            return
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end
        for at in range(self.at, end):
            if self.text[at] in _CONTROL:
                self.fail(f"Found invalid character {self.text[at]!r}", at)
        self.at = end

    def skip_all(self):
        while True:
            before = self.at
            self.skip(" \t\n")
            self.comment()
            if self.at == before:
                return

    def document(self):
        root = table = _Table("header")
        while True:
            self.skip(" \t")
            c = self.peek()
            if not c:
                break
            if c == "\n":
                self.at += 1
                continue
            if c == "[":
                table = self.header(root)
            elif c == "#":
                pass
            elif c in _BARE or c in "\"'":
                self.pair(table)
            else:
                self.fail("Invalid statement")
            self.skip(" \t")
            self.comment()
            if not self.peek():
                break
            if self.peek() != "\n":
                self.fail("Expected newline or end of document after a statement")
            self.at += 1
        return _plain(root)

    def header(self, root):
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        self.skip(" \t")
        key = self.key()
        self.skip(" \t")
        where = self.at
        table = root
        for part in key[:-1]:
            inner = table.setdefault(part, _Table("between"))
            if type(inner) is _Array:
                inner = inner[-1]
            if type(inner) is not _Table or inner.kind == "inline":
                self.fail("Cannot overwrite a value" if type(inner) is not _Table else
                          f"Cannot mutate immutable namespace {key}", where)
            table = inner
        last = key[-1]
        closing = "]]" if is_array else "]"
        if is_array:
            array = table.setdefault(last, _Array())
            if type(array) is not _Array:
                self.fail(f"Cannot mutate immutable namespace {key}" if isinstance(array, list) or
                          type(array) is _Table and array.kind == "inline" else "Cannot overwrite a value", where)
            made = _Table("header")
            array.append(made)
        else:
            made = table.get(last)
            if made is None:
                made = table[last] = _Table("header")
            elif type(made) is _Table and made.kind == "between":
                made.kind = "header"
            else:
                self.fail(f"Cannot declare {key} twice", where)
        if not self.text.startswith(closing, self.at):
            self.fail(f"Expected {closing!r} at the end of {'an array' if is_array else 'a table'} declaration")
        self.at += len(closing)
        return made

    def pair(self, table):
        key, value = self.key_value()
        where = self.at
        for part in key[:-1]:
            inner = table.get(part)
            if inner is None:
                inner = table[part] = _Table("dotted")
            elif type(inner) is not _Table:
                self.fail("Cannot overwrite a value", where)
            elif inner.kind != "dotted":
                self.fail(f"Cannot redefine namespace {key[:-1]}" if inner.kind != "inline" else
                          f"Cannot mutate immutable namespace {tuple(key[:-1])}", where)
            table = inner
        if key[-1] in table:
            self.fail("Cannot overwrite a value", where)
        table[key[-1]] = value

    def key_value(self):
        key = self.key()
        if self.peek() != "=":
            self.fail("Expected '=' after a key in a key/value pair")
        self.at += 1
        self.skip(" \t")
        return key, self.value()

    def key(self):
        parts = [self.key_part()]
        self.skip(" \t")
        while self.peek() == ".":
            self.at += 1
            self.skip(" \t")
            parts.append(self.key_part())
            self.skip(" \t")
        return tuple(parts)

    def key_part(self):
        c = self.peek()
        if c == '"':
            return self.basic()
        if c == "'":
            return self.literal()
        start = self.at
        self.skip(_BARE)
        if start == self.at:
            self.fail("Invalid initial character for a key part")
        return self.text[start:self.at]

    # ---- values

    def value(self):
        text, at = self.text, self.at
        c = self.peek()
        if c == '"':
            return self.long('"""') if text.startswith('"""', at) else self.basic()
        if c == "'":
            return self.long("'''") if text.startswith("'''", at) else self.literal()
        for word, value in (("true", True), ("false", False)):
            if text.startswith(word, at):
                self.at += len(word)
                return value
        if c == "[":
            return self.array()
        if c == "{":
            return self.inline_table()
        match = _MOMENT.match(text, at)
        if match:
            try:
                value = _moment(match)
            except ValueError:
                self.fail("Invalid date or datetime")
            self.at = match.end()
            return value
        match = _LOCAL_TIME.match(text, at)
        if match:
            self.at = match.end()
            return datetime.time(int(match[1]), int(match[2]), int(match[3]), int((match[4] or "").ljust(6, "0")))
        match = _NUMBER.match(text, at)
        if match:
            self.at = match.end()
            if match["float"]:
                return self.parse_float(match[0])
            return int(match[0], 0)
        for length in (3, 4):
            if text[at:at + length] in (("inf", "nan") if length == 3 else ("-inf", "+inf", "-nan", "+nan")):
                self.at += length
                return self.parse_float(text[at:at + length])
        self.fail("Invalid value")

    def array(self):
        self.at += 1
        found = []
        self.skip_all()
        if self.peek() == "]":
            self.at += 1
            return found
        while True:
            found.append(self.value())
            self.skip_all()
            c = self.peek()
            if c == "]":
                self.at += 1
                return found
            if c != ",":
                self.fail("Unclosed array")
            self.at += 1
            self.skip_all()
            if self.peek() == "]":
                self.at += 1
                return found

    def inline_table(self):
        self.at += 1
        made = _Table("dotted")
        self.skip(" \t")
        if self.peek() == "}":
            self.at += 1
        else:
            while True:
                key, value = self.key_value()
                table = made
                for part in key[:-1]:
                    inner = table.setdefault(part, _Table("dotted"))
                    if type(inner) is not _Table or inner.kind == "inline":
                        self.fail(f"Cannot mutate immutable namespace {key}" if type(inner) is _Table else
                                  "Cannot overwrite a value")
                    table = inner
                if key[-1] in table:
                    self.fail(f"Duplicate inline table key {key[-1]!r}")
                table[key[-1]] = value
                self.skip(" \t")
                c = self.peek()
                if c == "}":
                    self.at += 1
                    break
                if c != ",":
                    self.fail("Unclosed inline table")
                self.at += 1
                self.skip(" \t")
        _close(made)
        return made

    def literal(self):
        self.at += 1
        start = self.at
        while True:
            c = self.peek()
            if c == "'":
                self.at += 1
                return self.text[start:self.at - 1]
            if not c:
                self.fail('Expected "\'"')
            if c in _CONTROL:
                self.fail(f"Found invalid character {c!r}")
            self.at += 1

    def basic(self):
        self.at += 1
        out = []
        while True:
            c = self.peek()
            if not c:
                self.fail("Unterminated string")
            if c == '"':
                self.at += 1
                return "".join(out)
            if c == "\\":
                out.append(self.escape(False))
            elif c in _CONTROL:
                self.fail(f"Illegal character {c!r}")
            else:
                out.append(c)
                self.at += 1

    def escape(self, several_lines):
        c = self.text[self.at + 1:self.at + 2]
        if several_lines and c in " \t\n" and c:
            # A backslash at the end of a line: what is empty up to the next text does not count.
            at = self.at + 1
            if c != "\n":
                while self.text[at:at + 1] in (" ", "\t"):
                    at += 1
                if self.text[at:at + 1] != "\n":
                    self.at = at
                    if not self.peek():
                        return ""
                    self.fail("Unescaped '\\' in a string")
            self.at = at
            self.skip(" \t\n")
            return ""
        if c in "uU" and c:
            size = 4 if c == "u" else 8
            digits = self.text[self.at + 2:self.at + 2 + size]
            if len(digits) != size or not all(d in "0123456789abcdefABCDEF" for d in digits):
                self.at += 2
                self.fail("Invalid hex value")
            self.at += 2 + size
            number = int(digits, 16)
            if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
                self.fail("Escaped character is not a Unicode scalar value")
            return chr(number)
        self.at += 2
        if c not in _ESCAPES:
            self.fail("Unescaped '\\' in a string")
        return _ESCAPES[c]

    def long(self, quotes):
        self.at += 3
        if self.peek() == "\n":
            self.at += 1
        out = []
        while True:
            if self.text.startswith(quotes, self.at):
                self.at += 3
                # Up to two more quotes belong to the text.
                for _ in range(2):
                    if self.peek() == quotes[0]:
                        out.append(quotes[0])
                        self.at += 1
                return "".join(out)
            c = self.peek()
            if not c:
                self.fail("Unterminated string" if quotes == '"""' else 'Expected "\'\'\'"')
            if c == "\\" and quotes == '"""':
                out.append(self.escape(True))
            elif c in _CONTROL and c != "\n":
                self.fail(f"Illegal character {c!r}" if quotes == '"""' else f"Found invalid character {c!r}")
            else:
                out.append(c)
                self.at += 1


def _close(table):
    table.kind = "inline"
    for value in table.values():
        if type(value) is _Table:
            _close(value)


def _plain(value):
    """Plain dicts and lists."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _moment(match):
    year, month, day, hour, minute, second, fraction, utc, sign, hours, minutes = match.groups()
    year, month, day = int(year), int(month), int(day)
    if hour is None:
        return datetime.date(year, month, day)
    zone = None
    if utc:
        zone = datetime.timezone.utc
    elif sign:
        shift = datetime.timedelta(hours=int(hours), minutes=int(minutes))
        zone = datetime.timezone(shift if sign == "+" else -shift)
    return datetime.datetime(year, month, day, int(hour), int(minute), int(second), int((fraction or "").ljust(6, "0")),
                             tzinfo=zone)
