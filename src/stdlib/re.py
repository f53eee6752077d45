"""Regular expressions: searching in texts, taking them apart, and putting something else in."""

import enum
import _sre
from _sre import Match, Pattern

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape", "error",
    "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL",
    "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag", "PatternError",
]

__version__ = "2.2.1"


class PatternError(Exception):
    """Something is wrong with a pattern or a template.

    `msg` says what, `pattern` and `pos` where, `lineno` and `colno` the same in lines.
    """

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            msg = f"{msg} at position {pos}"
            if newline in pattern:
                msg = f"{msg} (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


error = PatternError


@enum.global_enum
class RegexFlag(enum.IntFlag, boundary=enum.KEEP):
    NOFLAG = auto = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128
    __str__ = object.__str__
    _numeric_repr_ = hex


def match(pattern, string, flags=0):
    """The match of a pattern that begins where the string does, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """The match of a pattern that takes all of the string, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match of a pattern anywhere in the string, or None."""
    return _compile(pattern, flags).search(string)


class _NotGiven:
    pass


_not_given = _NotGiven()


def _positional(function, args, second, first_given, flags_given):
    # The old way to pass what has to be named today.
    if first_given is not _not_given:
        raise TypeError(f"{function}() got multiple values for argument '{second}'")
    first, *rest = args
    flags = 0
    if rest:
        if flags_given is not _not_given:
            raise TypeError(f"{function}() got multiple values for argument 'flags'")
        flags, *rest = rest
        if rest:
            fixed = 2 if function == "split" else 3
            raise TypeError(f"{function}() takes from {fixed} to {fixed + 2} positional arguments but "
                            f"{fixed + 2 + len(rest)} were given")
    elif flags_given is not _not_given:
        flags = flags_given
    import warnings
    warnings.warn(f"'{second}' is passed as positional argument", DeprecationWarning, stacklevel=3)
    return first, flags


def sub(pattern, repl, string, *args, count=_not_given, flags=_not_given):
    """The string with something else in place of each match: a text, in which backslashes mean something, or what a function
    makes of the match."""
    if args:
        count, flags = _positional("sub", args, "count", count, flags)
    else:
        if count is _not_given:
            count = 0
        if flags is _not_given:
            flags = 0
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, *args, count=_not_given, flags=_not_given):
    """What sub() gives, and how many matches there were."""
    if args:
        count, flags = _positional("subn", args, "count", count, flags)
    else:
        if count is _not_given:
            count = 0
        if flags is _not_given:
            flags = 0
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, *args, maxsplit=_not_given, flags=_not_given):
    """The parts of the string between the matches, with what groups matched."""
    if args:
        maxsplit, flags = _positional("split", args, "maxsplit", maxsplit, flags)
    else:
        if maxsplit is _not_given:
            maxsplit = 0
        if flags is _not_given:
            flags = 0
    return _compile(pattern, flags).split(string, maxsplit)


_given_twice = "(pattern, repl, string, count=0, flags=0)"
sub.__text_signature__ = subn.__text_signature__ = _given_twice
split.__text_signature__ = "(pattern, string, maxsplit=0, flags=0)"


def findall(pattern, string, flags=0):
    """The texts of all matches, or of their groups, in a list."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """All matches, one after the other."""
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    "The pattern, taken apart once."
    return _compile(pattern, flags)


def purge():
    "Forget all patterns that have been compiled."
    _known.clear()


_special = {c: "\\" + chr(c) for c in b"()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    """Put backslashes before the characters that mean something in a pattern."""
    if isinstance(pattern, str):
        return pattern.translate(_special)
    return str(pattern, "latin1").translate(_special).encode("latin1")


# Compiled patterns, the one that was used last at the end.
_known = {}
_MOST_KNOWN = 512


def _compile(pattern, flags):
    try:
        return _known[type(pattern), pattern, flags]
    except KeyError:
        pass
    key = type(pattern), pattern, flags
    if isinstance(flags, RegexFlag):
        flags = flags.value
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes)):
        raise TypeError("first argument must be string or compiled pattern")
    if not isinstance(flags, int):
        raise TypeError(f"unsupported operand type(s) for &: '{type(flags).__name__}' and 'RegexFlag'")
    made, suspicions, wrong = _sre.compile(pattern, flags)
    if suspicions:
        import warnings
        for message, _ in suspicions:
            warnings.warn(message, FutureWarning, stacklevel=3)
    if wrong is not None:
        message, place = wrong
        raise PatternError(message) if place is None else PatternError(message, pattern, place)
    if flags & 128:
        raise NotImplementedError("re.DEBUG: pyield cannot show a compiled pattern")
    if len(_known) >= _MOST_KNOWN:
        try:
            del _known[next(iter(_known))]
        except (StopIteration, RuntimeError, KeyError):
            pass
    _known[key] = made
    return made


class Scanner:
    """Takes a text apart by a list of pairs: a pattern, and what to do with what it matches."""

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.lexicon = lexicon
        self.flags = flags
        self._actions = {}
        parts = []
        group = 1
        for phrase, action in lexicon:
            self._actions[group] = action
            parts.append(f"({phrase})")
            group += _compile(phrase, flags).groups + 1
        self.scanner = _compile("|".join(parts), flags)

    def scan(self, string):
        found = []
        match = self.scanner.scanner(string).match
        end = 0
        while True:
            found_one = match()
            if not found_one:
                break
            start, end = end, found_one.end()
            if start == end:
                break
            action = self._actions[found_one.lastindex]
            if callable(action):
                self.match = found_one
                action = action(self, found_one.group())
            if action is not None:
                found.append(action)
        return found, string[end:]


def _pickle(pattern):
    return _compile, (pattern.pattern, pattern.flags)


import copyreg

copyreg.pickle(Pattern, _pickle, _compile)
