"""Tables as text with separators."""

import io
import re
import types
from _prelude import _as_builtin

__all__ = ["Dialect", "DictReader", "DictWriter", "Error", "QUOTE_ALL", "QUOTE_MINIMAL", "QUOTE_NONE", "QUOTE_NONNUMERIC",
           "QUOTE_NOTNULL", "QUOTE_STRINGS", "Sniffer", "__doc__", "excel", "excel_tab", "field_size_limit", "get_dialect",
           "list_dialects", "reader", "register_dialect", "unix_dialect", "unregister_dialect", "writer"]

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)

_dialects = {}
_limit = 128 * 1024
_NOT_GIVEN = object()


class Error(Exception):
    pass


Error.__module__ = "_csv"


class _Format:
    """A dialect, its parts checked."""

    __slots__ = ("delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace",
                 "strict")

    def __init__(self, dialect, changes):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)

        def part(name, default):
            if name in changes:
                return changes.pop(name)
            return default if dialect is None else getattr(dialect, name, default)

        def character(name, default, may_lack):
            value = part(name, default)
            if value is None and may_lack:
                return None
            if not isinstance(value, str):
                kinds = "a unicode character or None" if may_lack else "a unicode character"
                raise TypeError(f'"{name}" must be {kinds}, not {type(value).__name__}')
            if len(value) != 1:
                kinds = "a unicode character or None" if may_lack else "a unicode character"
                raise TypeError(f'"{name}" must be {kinds}, not a string of length {len(value)}')
            return value

        self.delimiter = character("delimiter", ",", False)
        self.doublequote = bool(part("doublequote", True))
        self.escapechar = character("escapechar", None, True)
        self.lineterminator = part("lineterminator", "\r\n")
        quote_given = "quotechar" in changes or dialect is not None and hasattr(dialect, "quotechar")
        self.quotechar = character("quotechar", '"', True)
        if "quoting" in changes and changes["quoting"] is None:
            raise TypeError('"quoting" must be an integer, not NoneType')
        self.quoting = part("quoting", None)
        if self.quoting is None:
            self.quoting = QUOTE_NONE if quote_given and self.quotechar is None else QUOTE_MINIMAL
        self.skipinitialspace = bool(part("skipinitialspace", False))
        self.strict = bool(part("strict", False))
        for name in changes:
            raise TypeError(f"this function got an unexpected keyword argument '{name}'")
        if not isinstance(self.quoting, int) or isinstance(self.quoting, bool):
            raise TypeError(f'"quoting" must be an integer, not {type(self.quoting).__name__}')
        if not 0 <= self.quoting <= QUOTE_NOTNULL:
            raise TypeError('bad "quoting" value')
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        if not isinstance(self.lineterminator, str):
            raise TypeError(f'"lineterminator" must be a string, not {type(self.lineterminator).__name__}')
        for name in ("delimiter", "escapechar", "quotechar"):
            value = getattr(self, name)
            if value in ("\r", "\n") or value == " " and name != "delimiter" and self.skipinitialspace:
                raise ValueError(f"bad {name} value")
        named = [(name, getattr(self, name)) for name in ("delimiter", "escapechar", "quotechar")]
        for at, (name, value) in enumerate(named):
            for other, its in named[at + 1:]:
                if value is not None and value == its:
                    raise ValueError(f"bad {name} or {other} value")
        for name, value in named:
            if value is not None and value in self.lineterminator:
                raise ValueError(f"bad {name} or lineterminator value")


class Dialect:
    """How a table is written; to be derived from."""

    _name = ""
    delimiter = lineterminator = quoting = quotechar = doublequote = escapechar = skipinitialspace = None

    def __init__(self):
        try:
            _Format(self, {})
        except TypeError as error:
            raise Error(str(error)) from None


class excel(Dialect):
    """Tables as Excel writes them."""

    delimiter, lineterminator = ",", "\r\n"
    quoting, quotechar, doublequote = QUOTE_MINIMAL, '"', True
    skipinitialspace = False


class excel_tab(excel):
    """The same, with tabs."""

    delimiter = "\t"


class unix_dialect(Dialect):
    """Tables as Unix programs write them."""

    delimiter, lineterminator = ",", "\n"
    quoting, quotechar, doublequote = QUOTE_ALL, '"', True
    skipinitialspace = False


def register_dialect(name, dialect=None, **fmtparams):
    """Give a dialect a name."""
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _Format(dialect, fmtparams)


def unregister_dialect(name):
    """Forget a name."""
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    """The dialect of a name."""
    try:
        return _dialects[name]
    except (KeyError, TypeError):
        raise Error("unknown dialect") from None


def list_dialects():
    """The names."""
    return list(_dialects)


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)


def field_size_limit(new_limit=_NOT_GIVEN, /):
    """How long a field may be; what it was before."""
    global _limit
    old = _limit
    if new_limit is not _NOT_GIVEN:
        if not isinstance(new_limit, int):
            raise TypeError("limit must be an integer")
        _limit = new_limit
    return old


def _format_of(dialect, changes):
    if dialect is None or dialect is _NOT_GIVEN:
        return _Format(None, changes)
    return _Format(dialect, changes)


class _Reader:
    """The rows of lines."""

    def __init__(self, lines, form):
        self._lines = lines
        self._format = form
        self.line_num = 0
        # What a line without quotes and escapes can be split at; None where fields must be looked at one character at a time.
        plain = form.quoting not in (QUOTE_NONNUMERIC, QUOTE_STRINGS, QUOTE_NOTNULL) and not form.skipinitialspace
        self._special = "".join(filter(None, (form.quotechar if form.quoting != QUOTE_NONE else None, form.escapechar)))
        self._plain = plain

    @property
    def dialect(self):
        return self._format

    def __iter__(self):
        return self

    def __next__(self):
        line = self._line()
        form = self._format
        if self._plain and not any(c in line for c in self._special) and len(line) < _limit:
            row = line.rstrip("\r\n")
            if "\n" in row or "\r" in row:
                raise Error("new-line character seen in unquoted field - do you need to open the file with newline=''?")
            return row.split(form.delimiter) if row else []
        return self._careful(line)

    def _line(self):
        line = next(self._lines)
        if not isinstance(line, str):
            raise Error(f"iterator should return strings, not {type(line).__name__} "
                        "(the file should be opened in text mode)")
        self.line_num += 1
        return line

    def _finished(self, field, quoted):
        quoting = self._format.quoting
        if quoting == QUOTE_NONNUMERIC and not quoted:
            return float(field) if field else field
        if quoting == QUOTE_STRINGS and not quoted:
            return float(field) if field else None
        if quoting == QUOTE_NOTNULL and not quoted and not field:
            return None
        return field

    def _careful(self, line):
        form = self._format
        delimiter, quote, escape = form.delimiter, form.quotechar, form.escapechar
        quoting = form.quoting != QUOTE_NONE
        row, field, quoted = [], [], False
        # Where we are: "start" of a row or field, "in" a field, "quoted", "closed" behind a quote, "escaped" in either,
        # "end" behind the row.
        state = "row"
        size = 0
        while True:
            for c in line:
                ends = c == "\n" or c == "\r"
                if state == "escaped end":
                    state = "in"
                if state == "end":
                    if not ends:
                        raise Error("new-line character seen in unquoted field - "
                                    "do you need to open the file with newline=''?")
                    continue
                if state == "escaped" or state == "escaped quoted":
                    field.append(c)
                    size += 1
                    # A row goes on behind the end of a line that is escaped.
                    state = "quoted" if state == "escaped quoted" else "escaped end" if ends else "in"
                elif state == "quoted":
                    if c == escape:
                        state = "escaped quoted"
                    elif c == quote:
                        state = "closed" if form.doublequote else "in"
                    else:
                        field.append(c)
                        size += 1
                elif state == "closed":
                    if c == quote:
                        field.append(c)
                        size += 1
                        state = "quoted"
                    elif c == delimiter:
                        row.append(self._finished("".join(field), quoted))
                        field, quoted, size, state = [], False, 0, "start"
                    elif ends:
                        row.append(self._finished("".join(field), quoted))
                        field, quoted, size, state = [], False, 0, "end"
                    elif not form.strict:
                        field.append(c)
                        state = "in"
                    else:
                        raise Error(f"'{delimiter}' expected after '{quote}'")
                elif ends:
                    if state != "row":
                        row.append(self._finished("".join(field), quoted))
                    field, quoted, size, state = [], False, 0, "end"
                elif state != "in" and c == " " and form.skipinitialspace:
                    state = "start"
                elif c == delimiter:
                    row.append(self._finished("".join(field), quoted))
                    field, quoted, size, state = [], False, 0, "start"
                elif c == escape:
                    state = "escaped"
                elif state != "in" and c == quote and quoting:
                    quoted, state = True, "quoted"
                else:
                    field.append(c)
                    size += 1
                    state = "in"
                if size > _limit:
                    raise Error(f"field larger than field limit ({_limit})")
            if state in ("quoted", "escaped quoted", "escaped", "escaped end"):
                if state == "escaped":
                    field.append("\n")
                    state = "in"
                elif state == "escaped quoted":
                    field.append("\n")
                    state = "quoted"
                try:
                    line = self._line()
                    continue
                except StopIteration:
                    if form.strict:
                        raise Error("unexpected end of data") from None
                    row.append(self._finished("".join(field), quoted))
                    return row
            if state == "row":
                return row
            if state != "end":
                row.append(self._finished("".join(field), quoted))
            return row


class _Writer:
    """Writes rows."""

    def __init__(self, write, form):
        self._write = write
        self._format = form
        quoting = form.quoting != QUOTE_NONE
        special = {form.delimiter, form.escapechar, "\r", "\n", *form.lineterminator}
        if form.quotechar is not None:
            special.add(form.quotechar)
        special.discard(None)
        self._special = re.compile("[" + "".join(map(re.escape, special)) + "]")
        self._quotes = quoting

    @property
    def dialect(self):
        return self._format

    def _shown(self, value, alone):
        form = self._format
        quoting = form.quoting
        if value is None:
            text = ""
        elif isinstance(value, str):
            text = value
        elif type(value) is float:
            text = repr(value)
        else:
            text = str(value)
        quoted = (quoting == QUOTE_ALL
                  or quoting == QUOTE_NONNUMERIC and not _is_number(value)
                  or quoting == QUOTE_STRINGS and isinstance(value, str)
                  or quoting == QUOTE_NOTNULL and value is not None)
        if not text:
            if alone and not quoted:
                if not self._quotes or (value is None and quoting in (QUOTE_STRINGS, QUOTE_NOTNULL)):
                    raise Error("single empty field record must be quoted")
                quoted = True
        elif text.startswith(" ") and form.delimiter == " " and form.skipinitialspace:
            quoted = True
        if self._special.search(text):
            quote, escape = form.quotechar, form.escapechar
            if self._quotes:
                out = []
                for c in text:
                    if c == quote:
                        if form.doublequote:
                            out.append(quote)
                        elif escape is None:
                            raise Error("need to escape, but no escapechar set")
                        else:
                            out.append(escape)
                        quoted = True if form.doublequote else quoted
                    elif c == escape:
                        out.append(escape)
                    elif self._special.match(c):
                        quoted = True
                    out.append(c)
                text = "".join(out)
            else:
                if escape is None:
                    raise Error("need to escape, but no escapechar set")
                text = self._special.sub(lambda match: escape + match[0], text)
        return form.quotechar + text + form.quotechar if quoted else text

    def writerow(self, row, /):
        """Write one row."""
        try:
            values = list(row)
        except TypeError:
            if hasattr(type(row), "__iter__"):
                raise
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        alone = len(values) == 1
        shown = [self._shown(value, alone) for value in values]
        return self._write(self._format.delimiter.join(shown) + self._format.lineterminator)

    def writerows(self, rows, /):
        """Write several."""
        for row in rows:
            self.writerow(row)


def _is_number(value):
    return hasattr(type(value), "__float__") or hasattr(type(value), "__index__")


for _class, _name in ((_Reader, "reader"), (_Writer, "writer"), (_Format, "Dialect")):
    _class.__name__ = _class.__qualname__ = _name
    _class.__module__ = "_csv"
    _as_builtin(_class, _class is not _Format)


def reader(iterable, /, dialect=_NOT_GIVEN, **fmtparams):
    """The rows that an iterable of lines holds."""
    return _Reader(iter(iterable), _format_of(dialect, fmtparams))


def writer(fileobj, /, dialect=_NOT_GIVEN, **fmtparams):
    """Something that writes rows to a file."""
    write = getattr(fileobj, "write", None)
    if not callable(write):
        raise TypeError('argument 1 must have a "write" method')
    return _Writer(write, _format_of(dialect, fmtparams))


def _kept(names):
    """Names that can be gone through again."""
    return list(names) if names is not None and iter(names) is names else names


class DictReader:
    """Rows as dicts, whose keys the first row names."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._names = _kept(fieldnames)
        self.reader, self.line_num = reader(f, dialect, *args, **kwds), 0
        self.dialect, self.restkey, self.restval = dialect, restkey, restval

    def _keys(self):
        """The keys, read from the first row if nobody gave them."""
        if self._names is None:
            self._names = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._names

    def _set_keys(self, names):
        self._names = names

    fieldnames = property(_keys, _set_keys)

    def __next__(self):
        if not self.line_num:
            self._keys()
        row = next(self.reader)
        self.line_num = self.reader.line_num
        row = row or next(filter(None, self.reader))
        keys = self.fieldnames
        record = dict(zip(keys, row))
        if surplus := row[len(keys):]:
            record[self.restkey] = surplus
        record.update(dict.fromkeys(keys[len(row):], self.restval))
        return record

    def __iter__(self):
        return self

    __class_getitem__ = classmethod(types.GenericAlias)


class DictWriter:
    """Writes dicts as rows."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames, self.restval = _kept(fieldnames), restval
        self.extrasaction = extrasaction.lower()
        if self.extrasaction != "raise" and self.extrasaction != "ignore":
            raise ValueError(f"extrasaction ({self.extrasaction}) must be 'raise' or 'ignore'")
        self.writer = writer(f, dialect, *args, **kwds)

    def _cells(self, record):
        if self.extrasaction == "raise" and (strange := record.keys() - self.fieldnames):
            raise ValueError(f"dict contains fields not in fieldnames: {', '.join(map(repr, strange))}")
        return (record.get(key, self.restval) for key in self.fieldnames)

    def writerow(self, rowdict):
        """Write one row."""
        return self.writer.writerow(self._cells(rowdict))

    def writerows(self, rowdicts):
        """Write several."""
        return self.writer.writerows(self._cells(record) for record in rowdicts)

    def writeheader(self):
        """Write the names."""
        return self.writerow({key: key for key in self.fieldnames})

    __class_getitem__ = classmethod(types.GenericAlias)


# What a sample with quotes may look like: a quoted text between two delimiters, at either end of a line, or alone.
_QUOTED = r"""(?P<quote>["']).*?(?P=quote)"""
_MARK = r"""(?P<delim>[^\w\n"'])(?P<space> ?)"""
_BEGIN, _END = r"(?:^|\n)", r"(?:$|\n)"
_LAYOUTS = [_MARK + _QUOTED + "(?P=delim)", _BEGIN + _QUOTED + _MARK, _MARK + _QUOTED + _END, _BEGIN + _QUOTED + _END]


class Sniffer:
    """Guesses how a table is written."""

    def __init__(self):
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        """The dialect that a sample seems to be in."""
        quotechar, doublequote, delimiter, skip = self._by_quotes(sample, delimiters)
        if not delimiter:
            delimiter, skip = self._by_counts(sample, delimiters)
        if not delimiter:
            raise Error("Could not determine delimiter")

        found = {"_name": "sniffed", "__module__": __name__, "delimiter": delimiter, "quotechar": quotechar or '"',
                 "doublequote": doublequote, "skipinitialspace": skip, "lineterminator": "\r\n", "quoting": QUOTE_MINIMAL}
        return type("dialect", (Dialect,), found)

    def _by_quotes(self, sample, delimiters):
        for pattern in _LAYOUTS:
            found = list(re.finditer(pattern, sample, re.DOTALL | re.MULTILINE))
            if found:
                break
        else:
            return "", False, None, False
        quotes, separators, spaces = {}, {}, 0
        for match in found:
            groups = match.groupdict()
            quotes[groups["quote"]] = quotes.get(groups["quote"], 0) + 1
            separator = groups.get("delim")
            if separator and (delimiters is None or separator in delimiters):
                separators[separator] = separators.get(separator, 0) + 1
            if groups.get("space"):
                spaces += 1
        quote = max(quotes, key=quotes.get)
        if separators:
            delimiter = max(separators, key=separators.get)
            skip = separators[delimiter] == spaces
            if delimiter == "\n":
                delimiter = ""
        else:
            delimiter, skip = "", False
        edge, plain = re.escape(delimiter), rf"[^{re.escape(delimiter)}\n]*"
        doubled = rf"((?:{edge})|^)\W*" + plain.join([quote] * 3) + rf"\W*((?:{edge})|$)"
        return quote, bool(delimiter and re.search(doubled, sample, re.MULTILINE)), delimiter, skip

    def _by_counts(self, sample, delimiters):
        lines = [line for line in sample.split("\n") if line][:100]
        steady = {}
        for c in map(chr, range(127)):
            if c.isalnum() and delimiters is None or delimiters is not None and c not in delimiters:
                continue
            counts = [line.count(c) for line in lines]
            usual = max(set(counts), key=counts.count) if counts else 0
            if usual and counts.count(usual) >= 0.9 * len(counts):
                steady[c] = usual, counts.count(usual)
        candidates = [c for c in steady if c not in "\r\"'"]
        if not candidates:
            return "", False
        for c in self.preferred:
            if c in candidates:
                break
        else:
            c = max(candidates, key=lambda c: (steady[c][1], steady[c][0]))
        first = lines[0]
        return c, first.count(c) == first.count(c + " ")

    def has_header(self, sample):
        """Does the first row seem to name the others' columns?"""
        rows = reader(io.StringIO(sample), self.sniff(sample))
        header = next(rows)
        columns = dict.fromkeys(range(len(header)))
        undecided = set(columns)
        kinds = {}
        for number, row in enumerate(rows):
            if number > 20:
                break
            if len(row) != len(header):
                continue
            for column in list(undecided):
                try:
                    complex(row[column])
                    kind = complex
                except ValueError:
                    kind = len(row[column])
                if kinds.setdefault(column, kind) != kind:
                    undecided.discard(column)
        votes = 0
        for column in undecided:
            kind = kinds.get(column)
            if isinstance(kind, int):
                votes += 1 if len(header[column]) != kind else -1
            elif kind is not None:
                try:
                    kind(header[column])
                    votes -= 1
                except (ValueError, TypeError):
                    votes += 1
        return votes > 0
