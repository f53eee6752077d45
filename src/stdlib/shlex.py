"""The words of a command line, as a shell reads them."""

import sys
from collections import deque

__all__ = ["join", "quote", "shlex", "split"]

_SAFE = frozenset("%+,-./0123456789:=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")


def split(s, comments=False, posix=True):
    """The words of a line."""
    if s is None:
        raise ValueError("s argument must not be None")
    words = shlex(s, posix=posix)
    words.whitespace_split = True
    if not comments:
        words.commenters = ""
    return list(words)


def join(split_command):
    """A line of these words."""
    return " ".join(map(quote, split_command))


def quote(s):
    """A word that a shell reads as this text."""
    if not s:
        return "''"
    if not isinstance(s, str):
        raise TypeError(f"expected string object, got {type(s).__name__!r}")
    if _SAFE.issuperset(s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


class shlex:
    """A reader of words."""

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        from io import StringIO

        if isinstance(instream, str):
            instream = StringIO(instream)
        self.instream = sys.stdin if instream is None else instream
        self.infile = None if instream is None else infile
        self.posix = posix
        self.eof = None if posix else ""
        self.commenters = "#"
        self.wordchars = "abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
        if posix:
            self.wordchars += "ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ"
        self.whitespace = " \t\r\n"
        self.whitespace_split = False
        self.quotes = "'\""
        self.escape = "\\"
        self.escapedquotes = '"'
        self.state = " "
        self.pushback = deque()
        self.lineno = 1
        self.debug = 0
        self.token = ""
        self.filestack = deque()
        self.source = None
        self._unread = deque()
        if punctuation_chars is True:
            punctuation_chars = "();<>|&"
        self._punctuation_chars = punctuation_chars or ""
        if punctuation_chars:
            self.wordchars += "~-./*?="
            self.wordchars = "".join(c for c in self.wordchars if c not in self._punctuation_chars)

    @property
    def punctuation_chars(self):
        return self._punctuation_chars

    def push_token(self, tok):
        """Have a word come next."""
        self.pushback.appendleft(tok)

    def push_source(self, newstream, newfile=None):
        """Read from another stream first."""
        from io import StringIO

        if isinstance(newstream, str):
            newstream = StringIO(newstream)
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.infile = newfile
        self.instream = newstream
        self.lineno = 1

    def pop_source(self):
        """Go back to the stream before."""
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        self.state = " "

    def get_token(self):
        """The next word; `eof` at the end."""
        if self.pushback:
            return self.pushback.popleft()
        word = self.read_token()
        if self.source is not None:
            while word == self.source:
                found = self.sourcehook(self.read_token())
                if found:
                    newfile, newstream = found
                    self.push_source(newstream, newfile)
                word = self.get_token()
        while word == self.eof:
            if not self.filestack:
                return self.eof
            self.pop_source()
            word = self.get_token()
        return word

    def read_token(self):
        """The next word of the stream, whatever was pushed back."""
        word, quoted, resume = "", False, " "
        state = self.state
        while True:
            if self._unread:
                c = self._unread.popleft()
            else:
                c = self.instream.read(1)
            if c == "\n":
                self.lineno += 1
            if state is None:
                word = ""
                break
            if state == " ":
                if not c:
                    state = None
                    break
                if c in self.whitespace:
                    if word or (self.posix and quoted):
                        break
                elif c in self.commenters:
                    self.instream.readline()
                    self.lineno += 1
                elif self.posix and c in self.escape:
                    resume, state = "a", c
                elif c in self.wordchars:
                    word, state = c, "a"
                elif c in self._punctuation_chars:
                    word, state = c, "c"
                elif c in self.quotes:
                    if not self.posix:
                        word = c
                    state = c
                elif self.whitespace_split:
                    word, state = c, "a"
                else:
                    word = c
                    if word or (self.posix and quoted):
                        break
            elif state in self.quotes:
                quoted = True
                if not c:
                    raise ValueError("No closing quotation")
                if c == state:
                    if not self.posix:
                        word += c
                        state = " "
                        break
                    state = "a"
                elif self.posix and c in self.escape and state in self.escapedquotes:
                    resume, state = state, c
                else:
                    word += c
            elif state in self.escape:
                if not c:
                    raise ValueError("No escaped character")
                # Within quotes only the quote and the escape itself can be escaped.
                if resume in self.quotes and c != state and c != resume:
                    word += state
                word += c
                state = resume
            else:
                if not c:
                    state = None
                    break
                if c in self.whitespace:
                    state = " "
                    if word or (self.posix and quoted):
                        break
                elif c in self.commenters:
                    self.instream.readline()
                    self.lineno += 1
                    if self.posix:
                        state = " "
                        if word or quoted:
                            break
                elif state == "c":
                    if c in self._punctuation_chars:
                        word += c
                    else:
                        if c not in self.whitespace:
                            self._unread.append(c)
                        state = " "
                        break
                elif self.posix and c in self.quotes:
                    state = c
                elif self.posix and c in self.escape:
                    resume, state = "a", c
                elif c in self.wordchars or c in self.quotes or (
                    self.whitespace_split and c not in self._punctuation_chars
                ):
                    word += c
                else:
                    if self._punctuation_chars:
                        self._unread.append(c)
                    else:
                        self.pushback.appendleft(c)
                    state = " "
                    if word or (self.posix and quoted):
                        break
        self.state = state
        if self.posix and not quoted and word == "":
            return None
        return word

    def sourcehook(self, newfile):
        """What to read where another file is to be read."""
        import os

        if newfile[0] == '"':
            newfile = newfile[1:-1]
        if isinstance(self.infile, str) and not os.path.isabs(newfile):
            newfile = os.path.join(os.path.dirname(self.infile), newfile)
        return newfile, open(newfile, "r")

    def error_leader(self, infile=None, lineno=None):
        """How a message about this place begins."""
        infile = self.infile if infile is None else infile
        lineno = self.lineno if lineno is None else lineno
        return f'"{infile}", line {lineno}: '

    def __iter__(self):
        return self

    def __next__(self):
        word = self.get_token()
        if word == self.eof:
            raise StopIteration
        return word
