"""The tokens of a text, with its comments."""

import builtins
import re
import token
from codecs import BOM_UTF8, lookup
from collections import namedtuple
from token import *
from token import EXACT_TOKEN_TYPES

__all__ = [*token.__all__, "TokenError", "TokenInfo", "detect_encoding", "generate_tokens", "open", "tokenize",
           "untokenize"]

cookie_re = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
blank_re = re.compile(rb"^[ \t\f]*(?:[#\r\n]|$)", re.ASCII)

_PREFIX = r"(?:[bB][rR]?|[rR][bB]?|[uU])?"
_F_PREFIX = r"([fFtT][rR]?|[rR][fFtT])"
_NUMBER = re.compile(r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+"
                     r"|(?:[0-9](?:_?[0-9])*\.(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][-+]?[0-9](?:_?[0-9])*)?[jJ]?"
                     r"|[0-9](?:_?[0-9])*[eE][-+]?[0-9](?:_?[0-9])*[jJ]?|[0-9](?:_?[0-9])*[jJ]?")
_NAME = re.compile(r"\w+")
_STRING = re.compile(_PREFIX + r"(\"\"\"|'''|\"|')")
_F_STRING = re.compile(_F_PREFIX + r"(\"\"\"|'''|\"|')")
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(EXACT_TOKEN_TYPES, key=len, reverse=True)))


class TokenInfo(namedtuple("TokenInfo", "type string start end line")):
    """A token."""

    def __repr__(self):
        kind = f"{self.type} ({tok_name[self.type]})"
        return (f"TokenInfo(type={kind}, string={self.string!r}, start={self.start!r}, end={self.end!r}, "
                f"line={self.line!r})")

    @property
    def exact_type(self):
        """The number of the sign itself."""
        return EXACT_TOKEN_TYPES.get(self.string, self.type) if self.type == OP else self.type


class TokenError(Exception):
    pass


def detect_encoding(readline):
    """The encoding of a file, and the lines that were read to find it."""
    def line():
        try:
            return readline()
        except StopIteration:
            return b""

    lines = []
    default = "utf-8"
    for number in range(2):
        data = line()
        if number == 0 and data.startswith(BOM_UTF8):
            data, default = data[3:], "utf-8-sig"
            lines.append(data)
        elif data:
            lines.append(data)
        if not data:
            break
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise SyntaxError("invalid or missing encoding declaration") from None
        match = cookie_re.match(text)
        if match:
            name = match[1].lower().replace("_", "-")
            name = "utf-8" if name == "utf-8" or name.startswith("utf-8-") else match[1]
            name = "iso-8859-1" if match[1].lower().replace("_", "-") in ("latin-1", "iso-8859-1", "iso-latin-1") else name
            try:
                lookup(name)
            except LookupError:
                raise SyntaxError("unknown encoding: " + name) from None
            if default == "utf-8-sig":
                if name != "utf-8":
                    raise SyntaxError("encoding problem: utf-8")
                name = "utf-8-sig"
            return name, lines
        if not blank_re.match(data):
            break
    return default, lines


def open(filename):
    """Open a file of Python text."""
    import builtins
    import io

    with builtins.open(filename, "rb") as file:
        encoding, _ = detect_encoding(file.readline)
    return io.open(filename, "r", encoding=encoding)


def tokenize(readline):
    """The tokens of lines of bytes, the encoding first."""
    encoding, lines = detect_encoding(readline)
    waiting = iter(lines)

    def text():
        line = next(waiting, None)
        if line is None:
            try:
                line = readline()
            except StopIteration:
                line = b""
        return line.decode("utf-8" if encoding == "utf-8-sig" else encoding)

    yield TokenInfo(ENCODING, encoding.removesuffix("-sig"), (0, 0), (0, 0), "")
    yield from generate_tokens(text)


def generate_tokens(readline):
    """The tokens of lines."""
    return _Reader(readline).tokens()


class _Template:
    """An f-string or t-string that is being read."""

    def __init__(self, prefix, quotes, start):
        self.quotes, self.start = quotes, start
        self.raw = "r" in prefix.lower()
        self.letter = "t" if "t" in prefix.lower() else "f"
        self.begin, self.middle, self.end = (
            (TSTRING_START, TSTRING_MIDDLE, TSTRING_END) if self.letter == "t"
            else (FSTRING_START, FSTRING_MIDDLE, FSTRING_END)
        )
        # Depths of the braces that are open, from the outermost; text is read where `reads_text` says so.
        self.braces = []
        self.reads_text = True
        self.opens = False


class _Reader:
    def __init__(self, readline):
        self.readline = readline
        self.row = 0
        self.line = ""
        self.at = 0
        self.templates = []

    def next_line(self):
        self.last_column = len(self.line)
        try:
            self.line = self.readline()
        except StopIteration:
            self.line = ""
        self.row += 1
        self.at = 0
        return bool(self.line)

    def made(self, kind, start, first_row=None, first_line=None):
        """The token from `start` to here."""
        begin = (self.row if first_row is None else first_row, start)
        text = self.line[start:self.at]
        return TokenInfo(kind, text, begin, (self.row, self.at), self.line)

    def tokens(self):
        indents, depth, continued, ended = [0], 0, False, True
        while self.next_line():
            line = self.line
            if depth == 0 and not continued:
                column = 0
                while self.at < len(line) and line[self.at] in " \t\f":
                    c = line[self.at]
                    column = column + 1 if c == " " else (column // 8 + 1) * 8 if c == "\t" else 0
                    self.at += 1
                rest = line[self.at:]
                if not rest or rest[0] in "#\r\n":
                    if rest[:1] == "#":
                        start = self.at
                        self.at = len(line.rstrip("\r\n"))
                        yield self.made(COMMENT, start)
                    start = self.at
                    self.at = len(line)
                    yield self.made(NL, start)
                    continue
                if column > indents[-1]:
                    indents.append(column)
                    yield TokenInfo(INDENT, line[:self.at], (self.row, 0), (self.row, self.at), line)
                while column < indents[-1]:
                    if column not in indents:
                        raise IndentationError("unindent does not match any outer indentation level",
                                               ("<string>", self.row, self.at, line))
                    indents.pop()
                    yield TokenInfo(DEDENT, "", (self.row, self.at), (self.row, self.at), line)
            continued = False
            while self.at < len(self.line):
                template = self.templates[-1] if self.templates else None
                if template is not None and template.reads_text:
                    yield from self.text_of(template)
                    ended = False
                    if self.at == len(self.line) or template.reads_text:
                        continue
                line = self.line
                c = line[self.at]
                start = self.at
                if template is not None and template.braces and depth == template.braces[-1]:
                    # The innermost bracket is a brace of the string itself.
                    if c == ":" or c == "!" and line[start + 1:start + 2] != "=":
                        self.at += 1
                        template.reads_text = c == ":"
                        yield self.made(OP, start)
                        continue
                    if c == "}":
                        self.at += 1
                        template.braces.pop()
                        template.reads_text = True
                        depth -= 1
                        yield self.made(OP, start)
                        continue
                if c in " \t\f":
                    self.at += 1
                elif c in "\r\n":
                    self.at = len(line)
                    yield self.made(NL if depth else NEWLINE, start)
                    ended = True
                elif c == "#":
                    self.at = len(line.rstrip("\r\n"))
                    yield self.made(COMMENT, start)
                elif c == "\\" and line[start + 1:].strip("\r\n") == "":
                    continued = True
                    self.at = len(line)
                elif match := _F_STRING.match(line, start):
                    self.at = match.end()
                    self.templates.append(_Template(match[1], match[2], (self.row, start + 1)))
                    yield self.made(self.templates[-1].begin, start)
                    ended = False
                elif match := _STRING.match(line, start):
                    yield self.string(match)
                    ended = False
                elif c.isdigit() or c == "." and line[start + 1:start + 2].isdigit():
                    self.at = _NUMBER.match(line, start).end()
                    yield self.made(NUMBER, start)
                    ended = False
                elif match := _NAME.match(line, start):
                    self.at = match.end()
                    yield self.made(NAME, start)
                    ended = False
                elif match := _SIGN.match(line, start):
                    self.at = match.end()
                    if match[0] in "([{":
                        depth += 1
                        if template is not None and template.opens:
                            template.opens = False
                            template.braces.append(depth)
                    elif match[0] in ")]}":
                        depth = max(0, depth - 1)
                    yield self.made(OP, start)
                    ended = False
                else:
                    raise TokenError(f"invalid non-printable character U+{ord(c):04X}" if not c.isprintable()
                                     else "invalid token", (self.row, start + 1))
        if depth or continued:
            last = self.row - 1
            if not ended:
                yield TokenInfo(NL, "", (last, self.last_column), (last, self.last_column + 1), "")
            raise TokenError("unexpected EOF in multi-line statement", (last, 0))
        if not ended:
            last = self.row - 1
            yield TokenInfo(NEWLINE, "", (last, self.last_column), (last, self.last_column + 1), "")
        for _ in indents[1:]:
            yield TokenInfo(DEDENT, "", (self.row, 0), (self.row, 0), "")
        yield TokenInfo(ENDMARKER, "", (self.row, 0), (self.row, 0), "")

    def string(self, match):
        """A string, which may go on for several lines."""
        start, first_row, quotes = match.start(), self.row, match[1]
        whole = first = self.line
        at = match.end()
        while True:
            while at < len(self.line):
                if self.line[at] == "\\":
                    at += 2
                elif self.line.startswith(quotes, at):
                    self.at = at + len(quotes)
                    text = whole[start:len(whole) - len(self.line) + self.at]
                    return TokenInfo(STRING, text, (first_row, start), (self.row, self.at), whole)
                elif self.line[at] == "\n" and len(quotes) == 1:
                    break
                else:
                    at += 1
            if len(quotes) == 1 and not self.line.endswith("\\\n"):
                if self.templates and self.templates[-1].quotes == quotes:
                    raise TokenError(f"{self.templates[-1].letter}-string: expecting '}}'", (first_row, start + 1))
                raise TokenError(f"unterminated string literal (detected at line {first_row})", (first_row, start + 1))
            if not self.next_line():
                raise TokenError("unterminated triple-quoted string literal "
                                 f"(detected at line {self.row - 1})", (first_row, start + 1))
            whole += self.line
            at = 0

    def text_of(self, template):
        """The text of an f-string up to the next brace, or up to its end."""
        start, first_row, whole, at = self.at, self.row, self.line, self.at
        in_format = bool(template.braces)
        single = len(template.quotes) == 1

        def piece(end):
            text = whole[start:len(whole) - len(self.line) + end]
            return TokenInfo(template.middle, text, (first_row, start), (self.row, end), whole)

        while True:
            if at >= len(self.line):
                if not self.next_line():
                    self.unterminated(template)
                whole += self.line
                at = 0
                continue
            line, c = self.line, self.line[at]
            if line.startswith(template.quotes, at):
                if in_format:
                    raise TokenError(f"{template.letter}-string: expecting '}}'", (self.row, at + 1))
                if (first_row, start) != (self.row, at):
                    yield piece(at)
                self.at = at + len(template.quotes)
                self.templates.pop()
                yield self.made(template.end, at)
                return
            if c == "\n" and single:
                if in_format:
                    raise TokenError(f"{template.letter}-string: newlines are not allowed in format specifiers for "
                                     f"single quoted {template.letter}-strings", (self.row, at + 1))
                self.unterminated(template)
            double = line[at + 1:at + 2] == c
            if c in "{}" and double and not in_format:
                yield piece(at + 1)
                at += 2
                start, first_row, whole = at, self.row, line
            elif c == "{" or c == "}" and in_format:
                if (first_row, start) != (self.row, at) or in_format and (c == "}" or double):
                    yield piece(at)
                self.at = at
                template.reads_text = False
                template.opens = c == "{"
                return
            elif c == "}":
                if (first_row, start) != (self.row, at):
                    yield piece(at)
                raise TokenError(f"{template.letter}-string: single '}}' is not allowed", (self.row, at + 1))
            elif c == "\\" and not template.raw and line.startswith("N{", at + 1) and "}" in line[at:]:
                at = line.index("}", at) + 1
                yield piece(at)
                start, first_row, whole = at, self.row, line
            elif c == "\\" and line[at + 1:at + 2] not in ("{", "}"):
                at += 2
            else:
                at += 1

    def unterminated(self, template):
        kind = "f-string" if template.letter == "f" else "t-string"
        if len(template.quotes) == 1:
            raise TokenError(f"unterminated {kind} literal (detected at line {self.row})", template.start)
        raise TokenError(f"unterminated triple-quoted {kind} literal (detected at line {self.row - 1})", template.start)


def untokenize(iterable):
    """A text that has these tokens."""
    out, row, column = [], 1, 0
    encoding = None
    for item in iterable:
        if len(item) < 5:
            raise NotImplementedError("untokenize() of pairs")
        kind, text, start, end, line = item
        if kind == ENCODING:
            encoding = text
            continue
        if kind == ENDMARKER:
            break
        if kind in (INDENT, DEDENT):
            continue
        if start[0] > row:
            out.append("\\\n" * (start[0] - row))
            row, column = start[0], 0
        out.append(line[column:start[1]] if line[column:start[1]].strip() == "" and row == start[0] else
                   " " * (start[1] - column))
        out.append(text)
        row, column = end
        if kind in (NEWLINE, NL):
            row, column = row + 1, 0
    result = "".join(out)
    return result.encode(encoding) if encoding is not None else result


def main():
    """`python -m tokenize [-e] [FILE]`: the tokens of a file, or of standard input; with `-e` what each sign is."""
    import sys

    words = [word for word in sys.argv[1:] if word not in ("-e", "--exact")]
    exact = len(words) < len(sys.argv) - 1
    name = words[0] if words else "<stdin>"
    try:
        if words:
            with builtins.open(name, "rb") as file:
                tokens = list(tokenize(file.readline))
        else:
            tokens = list(generate_tokens(sys.stdin.readline))
    except (OSError, SyntaxError, TokenError) as problem:
        sys.exit(f"{name}: error: {problem}")
    for token in tokens:
        place = "%d,%d-%d,%d:" % (*token.start, *token.end)
        kind = token.exact_type if exact else token.type
        print(f"{place:<20}{tok_name[kind]:<15}{token.string!r:<15}")


if __name__ == "__main__":
    main()
