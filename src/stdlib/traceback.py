"""Tracebacks: taking them apart, and showing them as the interpreter does."""

import sys
import _traceback
from linecache import getline
from types import CodeType, TracebackType
from warnings import warn

__all__ = [
    "extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
    "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb", "clear_frames",
    "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb", "print_list",
]

_RECURSIVE_CUTOFF = 3
_LONGEST_NAME = 40
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_HEADER = "Traceback (most recent call last):\n"


class _Missing:
    def __repr__(self):
        return "<implicit>"


_MISSING = _Missing()


# Entries


class FrameSummary:
    """One entry of a traceback: where it is, and what stands there."""

    __slots__ = (
        "filename", "lineno", "end_lineno", "colno", "end_colno", "name", "locals", "_lines",
    )

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None,
                 colno=None, end_colno=None, **kwargs):
        self.filename, self.name = filename, name
        self.lineno, self.colno, self.end_colno = lineno, colno, end_colno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.locals = None if not locals else {name: _safely(value, "local", repr) for name, value in locals.items()}
        self._lines = line
        if lookup_line:
            self.line

    @property
    def line(self):
        """The first line, without what indents it."""
        if self._lines is None:
            if self.lineno is None:
                return None
            self._lines = getline(self.filename, self.lineno)
        return self._lines.partition("\n")[0].strip()

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __len__(self):
        return 4

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (
                self.filename == other.filename and self.lineno == other.lineno and self.name == other.name
                and self.locals == other.locals
            )
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


def walk_stack(f):
    """The frames from this one outwards, each with its line."""
    if f is None:
        f = sys._getframe().f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """The frames of a traceback, outermost first, each with its line."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _cut(entries, limit):
    if limit is None:
        limit = getattr(sys, "tracebacklimit", None)
        if limit is not None and limit < 0:
            limit = 0
    if limit is None:
        return entries
    return entries[:limit] if limit >= 0 else entries[limit:]


class StackSummary(list):
    """A list of entries."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """The entries of pairs of a frame and a line."""
        result = klass()
        for frame, lineno in _cut(list(frame_gen), limit):
            code = frame.f_code
            line = _traceback.line(code, lineno) if isinstance(code, CodeType) else None
            if not line and lookup_lines:
                line = getline(code.co_filename, lineno, frame.f_globals)
            names = frame.f_locals if capture_locals else None
            result.append(FrameSummary(code.co_filename, lineno, code.co_name, locals=names, line=line, lookup_line=lookup_lines))
        return result

    @classmethod
    def from_list(klass, a_list):
        """The entries of tuples: file, line, name, text."""
        result = klass()
        for entry in a_list:
            if not isinstance(entry, FrameSummary):
                filename, lineno, name, line = entry
                entry = FrameSummary(filename, lineno, name, line=line)
            result.append(entry)
        return result

    @classmethod
    def _of_traceback(klass, tb, limit, capture_locals, lookup_lines=True):
        if tb is not None and not isinstance(tb, TracebackType):
            return klass.extract(walk_tb(tb), limit=limit, capture_locals=capture_locals, lookup_lines=lookup_lines)
        entries = []
        while tb is not None:
            entry = _traceback.entry(tb)
            if entry is not None:
                entries.append((tb, entry))
            tb = tb.tb_next
        result = klass()
        for tb, (filename, lineno, name, end_lineno, colno, end_colno, lines) in _cut(entries, limit):
            names = tb.tb_frame.f_locals if capture_locals else None
            if not lines:
                # Code made from a text has lines if somebody has told `linecache`.
                numbers = range(lineno, end_lineno + 1)
                lines = "".join(getline(filename, number, tb.tb_frame.f_globals) for number in numbers).rstrip("\n")
            result.append(FrameSummary(filename, lineno, name, locals=names, line=lines, end_lineno=end_lineno,
                                       colno=colno, end_colno=end_colno))
        return result

    def format_frame_summary(self, frame_summary, **kwargs):
        """The lines of one entry; None leaves it out."""
        entry = frame_summary
        text = f'  File "{entry.filename}", line {entry.lineno}, in {entry.name}\n'
        if entry._lines and entry._lines.strip():
            if entry.colno is None or entry.end_colno is None:
                text += f"    {entry.line}\n"
            else:
                text += _traceback.excerpt(entry._lines, entry.colno, entry.end_colno)
        if entry.locals:
            for name, value in sorted(entry.locals.items()):
                text += f"    {name} = {value}\n"
        return text

    def format(self, **kwargs):
        """The lines of all entries; those that repeat are counted."""
        result = []
        last = None
        count = 0
        for entry in self:
            text = self.format_frame_summary(entry)
            if text is None:
                continue
            here = (entry.filename, entry.lineno, entry.name)
            if last is None or here != last:
                if count > _RECURSIVE_CUTOFF:
                    result.append(_repeated(count))
                last = here
                count = 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                result.append(text)
        if count > _RECURSIVE_CUTOFF:
            result.append(_repeated(count))
        return result


def _repeated(count):
    more = count - _RECURSIVE_CUTOFF
    return f"  [Previous line repeated {more} more time{'' if more == 1 else 's'}]\n"


# Exceptions


def _safely(value, what, function=str):
    try:
        return function(value)
    except Exception:
        return f"<{what} {function.__name__}() failed>"


def _name_of_class(cls):
    module = getattr(cls, "__module__", None)
    if module in ("__main__", "builtins"):
        return cls.__qualname__
    if not isinstance(module, str):
        module = "<unknown>"
    return f"{module}.{cls.__qualname__}"


def _names_of(obj, wrong, tb=None):
    try:
        names = dir(obj)
    except Exception:
        return []
    hidden = wrong.startswith("_")
    if not hidden and tb is not None:
        # In a method, what is private is meant as well.
        while tb.tb_next is not None:
            tb = tb.tb_next
        hidden = tb.tb_frame.f_locals.get("self", _MISSING) is obj
    return sorted(name for name in names if isinstance(name, str) and (hidden or not name.startswith("_")))


def _candidates(value, tb, wrong):
    """The names that could have been meant; those that `self` has come apart."""
    if isinstance(value, ImportError):
        module = sys.modules.get(value.name)
        return [] if module is None else _names_of(module, wrong)
    if isinstance(value, AttributeError):
        return _names_of(value.obj, wrong, tb) if hasattr(value, "obj") else []
    if tb is None:
        return []
    while tb.tb_next is not None:
        tb = tb.tb_next
    frame = tb.tb_frame
    names = [*frame.f_locals, *frame.f_globals, *frame.f_builtins]
    return [name for name in names if isinstance(name, str)]


def _suggestion(value, tb):
    """What a misspelt name may have meant, as the end of a message."""
    is_name = isinstance(value, NameError) and not isinstance(value, UnboundLocalError)
    if not (is_name or isinstance(value, (ImportError, AttributeError))):
        return ""
    wrong = getattr(value, "name_from" if isinstance(value, ImportError) else "name", None)
    if not isinstance(wrong, str):
        return ""
    text = ""
    if is_name and tb is not None:
        while tb.tb_next is not None:
            tb = tb.tb_next
        owner = tb.tb_frame.f_locals.get("self", _MISSING)
        if owner is not _MISSING and hasattr(owner, wrong):
            text = f". Did you mean: 'self.{wrong}'?"
    if not text and len(wrong) <= _LONGEST_NAME:
        closest = _traceback.closest(wrong, _candidates(value, tb, wrong))
        if closest is not None:
            text = f". Did you mean: '{closest}'?"
    if is_name and _traceback.is_standard_module(wrong):
        text += f" Or did you forget to import '{wrong}'?" if text else f". Did you forget to import '{wrong}'?"
    return text


class TracebackException:
    """An exception, with all that is shown of it, without the objects of the program."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        options = {
            "limit": limit, "capture_locals": capture_locals, "lookup_lines": lookup_lines, "compact": compact, "max_group_width": max_group_width,
            "max_group_depth": max_group_depth, "save_exc_type": save_exc_type,
        }
        seen = set() if _seen is None else _seen
        self._fill(exc_type, exc_value, exc_traceback, options, seen)
        # Chains are long where programs make them so: they are followed without recursion.
        waiting = [(self, exc_value)]
        while waiting:
            shown, value = waiting.pop()
            cause = getattr(value, "__cause__", None)
            context = getattr(value, "__context__", None)
            if cause is not None and id(cause) not in seen:
                shown.__cause__ = self._of(cause, options, seen)
                waiting.append((shown.__cause__, cause))
            wanted = not compact or (shown.__cause__ is None and not shown.__suppress_context__)
            if context is not None and wanted and id(context) not in seen:
                shown.__context__ = self._of(context, options, seen)
                waiting.append((shown.__context__, context))
            if isinstance(value, BaseExceptionGroup):
                # The last member is followed first: what several lead back to is shown with that one.
                shown.exceptions = [self._of(member, options, seen) for member in value.exceptions]
                waiting += zip(shown.exceptions, value.exceptions)

    def _of(self, value, options, seen):
        shown = object.__new__(type(self))
        shown._fill(type(value), value, value.__traceback__, options, seen)
        return shown

    def _fill(self, exc_type, value, tb, options, seen):
        seen.add(id(value))
        self.max_group_width = options["max_group_width"]
        self.max_group_depth = options["max_group_depth"]
        self.__cause__ = self.__context__ = None
        self.__suppress_context__ = getattr(value, "__suppress_context__", False)
        self.stack = StackSummary._of_traceback(
            tb, options["limit"], options["capture_locals"], options["lookup_lines"]
        )
        self._exc_type = exc_type if options["save_exc_type"] else None
        self._has_type = exc_type is not None
        self.exc_type_qualname = self.exc_type_module = None
        self._type_name = None
        if exc_type is not None:
            self.exc_type_qualname = exc_type.__qualname__
            self.exc_type_module = exc_type.__module__
            self._type_name = _name_of_class(exc_type)
        self._str = _safely(value, "exception")
        try:
            self.__notes__ = getattr(value, "__notes__", None)
        except Exception as error:
            self.__notes__ = [f"Ignored error getting __notes__: {_safely(error, '__notes__', repr)}"]
        self._is_syntax_error = isinstance(value, SyntaxError)
        if self._is_syntax_error:
            self._fill_syntax_error(value)
        else:
            self._str += _suggestion(value, tb)
        self.exceptions = None

    def _fill_syntax_error(self, value):
        self.filename = value.filename
        self.lineno = None if value.lineno is None else str(value.lineno)
        self.end_lineno = None if value.end_lineno is None else str(value.end_lineno)
        self.text = value.text
        self.offset = value.offset
        self.end_offset = value.end_offset
        self.msg = value.msg
        snippet = getattr(value, "_metadata", None)
        message = self.msg
        if isinstance(snippet, str) and isinstance(message, str) and (
            message == "invalid syntax" or "Perhaps you forgot a comma" in message
        ):
            found = _traceback.misspelt(snippet)
            if found is not None:
                self.offset, self.end_offset, keyword = found
                self.msg = f"invalid syntax. Did you mean '{keyword}'?"

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """What is shown of an exception."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type(self):
        warn("Deprecated in 3.13. Use exc_type_str instead.", DeprecationWarning, stacklevel=2)
        return self._exc_type

    @property
    def exc_type_str(self):
        if not self._has_type:
            return None
        return self._type_name

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self, *, show_group=False, _depth=0, **kwargs):
        """The lines after the entries: class and message, the notes."""
        indent = 3 * _depth * " "
        if not self._has_type:
            yield indent + _line(None, self._str)
            return
        if self._is_syntax_error:
            yield from self._format_syntax_error(indent)
        else:
            line = _line(self._type_name, self._str)
            if _depth:
                # What belongs to a group is indented line by line.
                yield from [indent + part + "\n" for part in line.removesuffix("\n").split("\n")]
            else:
                yield line
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                yield from [indent + line + "\n" for line in _safely(note, "note").split("\n")]
        elif notes is not None:
            yield indent + _safely(notes, "__notes__", repr) + "\n"
        if self.exceptions and show_group:
            for member in self.exceptions:
                yield from member.format_exception_only(show_group=show_group, _depth=_depth + 1)

    def _format_syntax_error(self, indent):
        suffix = ""
        if self.lineno is not None:
            yield f'{indent}  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            suffix = f" ({self.filename})"
        if isinstance(self.text, str):
            offset = self.offset if self.lineno is not None else None
            same = self.lineno == self.end_lineno
            for line in _traceback.syntax_excerpt(self.text, offset, self.end_offset, same).splitlines(True):
                yield indent + line
        message = self.msg or "<no detail available>"
        yield f"{indent}{self._type_name}: {message}{suffix}\n"

    def format(self, *, chain=True, _box=None, **kwargs):
        """All lines, the exceptions that led to this one first."""
        box = _Box() if _box is None else _box
        links = [(None, self)]
        shown = self
        while chain:
            if shown.__cause__ is not None:
                connection, shown = _CAUSE, shown.__cause__
            elif shown.__context__ is not None and not shown.__suppress_context__:
                connection, shown = _CONTEXT, shown.__context__
            else:
                break
            links.append((connection, shown))
        for connection, shown in reversed(links):
            yield from shown._format_alone(box, chain)
            if connection is not None:
                yield from box.emit(connection)

    def _format_alone(self, box, chain):
        if self.exceptions is None:
            if self.stack:
                yield from box.emit(_HEADER)
                yield from box.emit(self.stack.format())
            yield from box.emit(self.format_exception_only())
            return
        if box.depth > self.max_group_depth:
            yield from box.emit(f"... (max_group_depth is {self.max_group_depth})\n")
            return
        outermost = box.depth == 0
        if outermost:
            box.depth = 1
        if self.stack:
            yield from box.emit("Exception Group " + _HEADER, "+" if outermost else "|")
            yield from box.emit(self.stack.format())
        yield from box.emit(self.format_exception_only())
        yield from self._format_members(box, chain)
        if outermost:
            box.depth = 0

    def _format_members(self, box, chain):
        width = self.max_group_width
        count = min(len(self.exceptions), width + 1)
        box.is_open = False
        for number in range(count):
            last = number + 1 == count
            if last:
                # A group in the last box may draw its lower edge for us.
                box.is_open = True
            title = number + 1 if number < width else "..."
            yield f"{box.indent()}{'+-' if number == 0 else '  '}+---------------- {title} ----------------\n"
            box.depth += 1
            if number < width:
                yield from self.exceptions[number].format(chain=chain, _box=box)
            else:
                more = len(self.exceptions) - width
                yield from box.emit(f"and {more} more exception{'' if more == 1 else 's'}\n")
            if last and box.is_open:
                yield f"{box.indent()}+------------------------------------\n"
                box.is_open = False
            box.depth -= 1

    def print(self, *, file=None, chain=True, **kwargs):
        """Write all lines to a file, standard error by default."""
        for line in self.format(chain=chain):
            print(line, file=sys.stderr if file is None else file, end="")


class _Box:
    """The boxes of groups that are open while lines are drawn."""

    def __init__(self):
        self.depth = 0
        # The box of the group drawn last still lacks its lower edge.
        self.is_open = False

    def indent(self):
        return " " * (2 * self.depth)

    def emit(self, texts, margin="|"):
        if isinstance(texts, str):
            texts = [texts]
        if self.depth == 0:
            yield from texts
            return
        edge = f"{self.indent()}{margin} "
        for text in texts:
            yield "".join(edge + line for line in text.splitlines(True))


def _line(name, text):
    if name is None:
        name = "None"
        if text == "None":
            return "NoneType: None\n"
    return f"{name}: {text}\n" if text else f"{name}\n"


# Functions


def _parts(exc, value, tb):
    if (value is _MISSING) != (tb is _MISSING):
        raise ValueError("Both or neither of value and tb must be given")
    if value is _MISSING:
        if exc is None:
            return None, None, None
        if isinstance(exc, BaseException):
            return type(exc), exc, exc.__traceback__
        raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
    return type(value) if value is not None else None, value, tb


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True, **kwargs):
    """The lines that show an exception and its traceback."""
    kind, value, tb = _parts(exc, value, tb)
    return list(TracebackException(kind, value, tb, limit=limit, compact=True).format(chain=chain))


def print_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, file=None, chain=True, **kwargs):
    """Write an exception and its traceback to a file, standard error by default."""
    kind, value, tb = _parts(exc, value, tb)
    TracebackException(kind, value, tb, limit=limit, compact=True).print(file=file, chain=chain)


def _print_uncaught(kind, value, tb, file, limit=None):
    """Write an exception that nobody caught, and what is to be said of it."""
    lines = list(TracebackException(kind, value, tb, limit=limit, compact=True).format())
    lines.append(_traceback.explanation("".join(lines)))
    for line in lines:
        print(line, file=file, end="")


def format_exception_only(exc, /, value=_MISSING, *, show_group=False, **kwargs):
    """The lines after the traceback: class and message, the notes."""
    if value is _MISSING:
        value = exc
    kind = type(value) if value is not None else None
    return list(TracebackException(kind, value, None, compact=True).format_exception_only(show_group=show_group))


def print_exc(limit=None, file=None, chain=True):
    """Write the exception being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The exception being handled as text."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Write the exception that nobody caught last."""
    if not hasattr(sys, "last_exc"):
        raise ValueError("no last exception")
    print_exception(sys.last_exc, limit=limit, file=file, chain=chain)


def extract_tb(tb, limit=None):
    """The entries of a traceback."""
    return StackSummary._of_traceback(tb, limit, False)


def format_tb(tb, limit=None):
    """The lines of a traceback's entries."""
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    """Write a traceback's entries."""
    print_list(extract_tb(tb, limit), file)


def extract_stack(f=None, limit=None):
    """The entries of the frames that are running, outermost first."""
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def format_stack(f=None, limit=None):
    """The lines of the frames that are running."""
    return extract_stack(sys._getframe().f_back if f is None else f, limit).format()


def print_stack(f=None, limit=None, file=None):
    """Write the frames that are running."""
    print_list(extract_stack(sys._getframe().f_back if f is None else f, limit), file)


def format_list(extracted_list):
    """The lines of entries, which may be tuples."""
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    """Write entries."""
    for line in format_list(extracted_list):
        print(line, file=sys.stderr if file is None else file, end="")


def clear_frames(tb):
    """Let the frames of a traceback drop their local variables."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            # It is still running.
            pass
        tb = tb.tb_next
