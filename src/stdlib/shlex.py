"""The words of a command line, as a shell reads them."""

import sys
from collections import deque
from string import ascii_letters, digits

__all__ = ["join", "quote", "shlex", "split"]

_LETTERS = ascii_letters + digits + "_"
_LATIN_LETTERS = "".join(c for c in map(chr, range(0xC0, 0x100)) if c.isalpha())
_SAFE = frozenset(_LETTERS + "%+,-./:=@")


def split(s, comments=False, posix=True):
    """The words of a line."""
    if s is None:
        raise ValueError("s argument must not be None")
    reader = shlex(s, posix=posix)
    reader.whitespace_split = True
    reader.commenters = reader.commenters if comments else ""
    return [*reader]


def join(split_command):
    """A line of these words."""
    return " ".join(quote(word) for word in split_command)


def quote(s):
    """A word that a shell reads as this text."""
    if not s:
        return "''"
    if not isinstance(s, str):
        raise TypeError(f"expected string object, got {type(s).__name__!r}")
    if _SAFE.issuperset(s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def _stream(source):
    """A text as something that can be read."""
    if not isinstance(source, str):
        return source
    from io import StringIO

    return StringIO(source)


class shlex:
    """A reader of words.

    It takes one character after the other. What a character means depends on the `state`: " " between words, "a" within
    one, "c" within a run of punctuation, a quote or an escape behind that sign, None behind the end. Each of them has a
    method that takes a character, "" at the end, and says whether `token` is a whole word now.
    """

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if instream is None:
            instream, infile = sys.stdin, None
        self.instream, self.infile, self.lineno = _stream(instream), infile, 1
        self.posix, self.eof = posix, None if posix else ""

        # What kinds of characters there are.
        self.whitespace, self.commenters = " \t\r\n", "#"
        self.quotes, self.escape, self.escapedquotes = "'\"", "\\", '"'
        self._punctuation_chars = "();<>|&" if punctuation_chars is True else punctuation_chars or ""
        letters = _LETTERS + _LATIN_LETTERS if posix else _LETTERS
        if punctuation_chars:
            letters = "".join(c for c in letters + "~-./*?=" if c not in self._punctuation_chars)
        self.wordchars, self.whitespace_split = letters, False

        # Where it is.
        self.state, self.token, self._quoted = " ", "", False
        self._behind_escape = " "
        self._unread = deque()
        self.pushback, self.filestack = deque(), deque()
        self.source, self.debug = None, 0

    punctuation_chars = property(lambda self: self._punctuation_chars)

    # ---- words

    def __iter__(self):
        return self

    def __next__(self):
        if (word := self.get_token()) == self.eof:
            raise StopIteration
        return word

    def push_token(self, tok):
        """Have a word come next."""
        self.pushback.appendleft(tok)

    def get_token(self):
        """The next word; `eof` at the end."""
        if self.pushback:
            return self.pushback.popleft()
        word = self.read_token()
        while self.source is not None and word == self.source:
            if opened := self.sourcehook(self.read_token()):
                name, stream = opened
                self.push_source(stream, name)
            word = self.get_token()
        while self.filestack and word == self.eof:
            self.pop_source()
            word = self.get_token()
        return word

    def read_token(self):
        """The next word of the stream, whatever was pushed back."""
        self._quoted = False
        while not self._take(self._unread.popleft() if self._unread else self.instream.read(1)):
            pass
        word, self.token = self.token, ""
        # A word of no characters must have had quotes.
        return word if word or self._quoted or not self.posix else None

    # ---- characters

    def _take(self, c):
        """One character; is the word whole now?"""
        state = self.state
        if c == "\n":
            self.lineno += 1
        if state == " ":
            return self._between(c)
        if state is None:
            self.token = ""
            return True
        if state in self.quotes:
            return self._in_quotes(c)
        if state in self.escape:
            return self._escaped(c)
        return self._in_word(c)

    def _there_is_a_word(self):
        return bool(self.token) or self._quoted and self.posix

    def _begin(self, state, text=""):
        self.state = state
        self.token = text or self.token
        return False

    def _end(self, state=" "):
        self.state = state
        return True

    def _skip_comment(self):
        self.instream.readline()
        self.lineno += 1

    def _begin_escape(self, sign, behind):
        self._behind_escape = behind
        return self._begin(sign)

    def _between(self, c):
        if not c:
            return self._end(None)
        if c in self.whitespace:
            return self._there_is_a_word()
        if c in self.commenters:
            self._skip_comment()
            return False
        if self.posix and c in self.escape:
            return self._begin_escape(c, "a")
        if c in self.wordchars:
            return self._begin("a", c)
        if c in self._punctuation_chars:
            return self._begin("c", c)
        if c in self.quotes:
            return self._begin(c, "" if self.posix else c)
        if self.whitespace_split:
            return self._begin("a", c)
        self.token = c
        return True

    def _in_word(self, c):
        posix, signs = self.posix, self._punctuation_chars
        if not c:
            return self._end(None)
        if c in self.whitespace:
            self.state = " "
            return self._there_is_a_word()
        if c in self.commenters:
            self._skip_comment()
            # Without the rules of posix, a comment does not end the word.
            if posix:
                self.state = " "
            return posix and self._there_is_a_word()
        if self.state == "c":
            if c not in signs:
                self._unread.append(c)
                return self._end()
        elif posix and c in self.quotes:
            return self._begin(c)
        elif posix and c in self.escape:
            return self._begin_escape(c, "a")
        elif c not in self.wordchars and c not in self.quotes and (not self.whitespace_split or c in signs):
            # The first character of the next word; without punctuation it is that whole word.
            if signs:
                self._unread.append(c)
            else:
                self.push_token(c)
            self.state = " "
            return self._there_is_a_word()
        self.token += c
        return False

    def _in_quotes(self, c):
        self._quoted = True
        if not c:
            raise ValueError("No closing quotation")
        if self.posix:
            if c == self.state:
                return self._begin("a")
            if c in self.escape and self.state in self.escapedquotes:
                return self._begin_escape(c, self.state)
        self.token += c
        return c == self.state and self._end()

    def _escaped(self, c):
        if not c:
            raise ValueError("No escaped character")
        sign, behind = self.state, self._behind_escape
        # Within quotes only the quote and the escape itself can be escaped.
        alone = behind in self.quotes and c not in (sign, behind)
        self.token += sign + c if alone else c
        return self._begin(behind)

    # ---- files

    def push_source(self, newstream, newfile=None):
        """Read from another stream first."""
        left = self.infile, self.instream, self.lineno
        self.filestack.appendleft(left)
        self.instream, self.infile, self.lineno = _stream(newstream), newfile, 1

    def pop_source(self):
        """Go back to the stream before."""
        self.instream.close()
        self.state = " "
        self.infile, self.instream, self.lineno = self.filestack.popleft()

    def sourcehook(self, newfile):
        """What to read where another file is to be read."""
        from os.path import dirname, isabs, join

        name = newfile[1:-1] if newfile.startswith('"') else newfile
        if isinstance(self.infile, str) and not isabs(name):
            name = join(dirname(self.infile), name)
        return name, open(name)

    def error_leader(self, infile=None, lineno=None):
        """How a message about this place begins."""
        name = infile if infile is not None else self.infile
        number = lineno if lineno is not None else self.lineno
        return f'"{name}", line {number}: '
