"""Files of settings, in sections.

A text is cut into events by `_Reader`, which knows lines, indentation and comments; `RawConfigParser` stores what the
events say; an `Interpolation` stands between the store and those who ask.
"""

import os
import re
from collections import ChainMap
from collections.abc import MutableMapping
from functools import partial

__all__ = [
    # parsers and what they are made of
    "ConfigParser", "RawConfigParser", "SectionProxy", "ConverterMapping", "BasicInterpolation", "ExtendedInterpolation",
    "DEFAULTSECT", "UNNAMED_SECTION", "MAX_INTERPOLATION_DEPTH",
    # errors of those who ask and of those who write
    "Error", "NoSectionError", "NoOptionError", "InvalidWriteError", "InterpolationError", "InterpolationDepthError",
    "InterpolationMissingOptionError", "InterpolationSyntaxError",
    # errors of texts
    "ParsingError", "DuplicateSectionError", "DuplicateOptionError", "MissingSectionHeaderError",
    "MultilineContinuationError",
]

DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10


class Error(Exception):
    def __init__(self, msg=""):
        super().__init__(msg)
        self.message = msg

    def _tell(self, message, **facts):
        """Say `message`; the facts become attributes and, in their order, `args`."""
        Error.__init__(self, message)
        vars(self).update(facts)
        self.args = tuple(facts.values())

    def __str__(self):
        return self.message

    __repr__ = __str__


def _taken(what, described, source, lineno):
    """The message about a name that is given twice."""
    if source is None:
        return f"{what.capitalize()} {described} already exists"
    line = "" if lineno is None else f" [line {lineno:2d}]"
    return f"While reading from {source!r}{line}: {what} {described} already exists"


class NoSectionError(Error):
    def __init__(self, section):
        self._tell(f"No section: {section!r}", section=section)


class NoOptionError(Error):
    def __init__(self, option, section):
        self._tell(f"No option {option!r} in section: {section!r}", option=option, section=section)


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        text = _taken("section", repr(section), source, lineno)
        self._tell(text, section=section, source=source, lineno=lineno)


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        text = _taken("option", f"{option!r} in section {section!r}", source, lineno)
        self._tell(text, section=section, option=option, source=source, lineno=lineno)


class InvalidWriteError(Error):
    """What would be written could not be read again."""


class UnnamedSectionDisabledError(Error):
    """There is no unnamed section."""


class ParsingError(Error):
    """Lines that say nothing; `errors` has the number and the text of each."""

    def __init__(self, source, *args):
        self._tell(f"Source contains parsing errors: {source!r}", source=source)
        self.errors = []
        if args:
            self.append(*args)

    def append(self, lineno, line):
        self.message += f"\n\t[line {lineno:2d}]: {line!r}"
        self.errors.append((lineno, line))

    def combine(self, others):
        for lineno, line in (entry for other in others for entry in other.errors):
            self.append(lineno, line)
        return self


class _LineError(ParsingError):
    """One line, at which reading ends."""

    def __init__(self, filename, lineno, line):
        text = f"{self._what}\nfile: {filename!r}, line: {lineno}\n{line!r}"
        self._tell(text, source=filename, lineno=lineno, line=line)


class MissingSectionHeaderError(_LineError):
    _what = "File contains no section headers."


class MultilineContinuationError(_LineError):
    _what = "Key without value continued with an indented line."


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        self._tell(msg, option=option, section=section)
        self.args += (msg,)


class InterpolationSyntaxError(InterpolationError):
    """A sign that stands for nothing."""


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        self._tell(f"Bad value substitution: option {option!r} in section {section!r} contains an interpolation key "
                   f"{reference!r} which is not a valid option name. Raw value: {rawval!r}",
                   option=option, section=section)
        self.reference = reference
        self.args += rawval, reference


class InterpolationDepthError(InterpolationError):
    def __init__(self, option, section, rawval):
        self._tell(f"Recursion limit exceeded in value substitution: option {option!r} in section {section!r} contains "
                   f"an interpolation key which cannot be substituted in {MAX_INTERPOLATION_DEPTH} steps. "
                   f"Raw value: {rawval!r}", option=option, section=section)
        self.args += (rawval,)


class _Unnamed:
    def __repr__(self):
        return "<UNNAMED_SECTION>"


UNNAMED_SECTION = _Unnamed()
_ABSENT = object()


class Interpolation:
    """Values as they stand."""

    def before_read(self, parser, section, option, value):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_write(self, parser, section, option, value):
        return value


class _Substitution(Interpolation):
    """Values in which a sign begins a reference to another value.

    A class derived from this names its `_sign` and the `_open` bracket of a reference, and finds what one stands for.
    `_marks` matches everything that begins with the sign: doubled, a reference, an open bracket only, or neither.
    """

    def before_get(self, parser, section, option, value, defaults):
        return "".join(self._filled(parser, section, option, value, defaults, MAX_INTERPOLATION_DEPTH))

    def before_set(self, parser, section, option, value):
        bare = self._reference.sub("", value.replace(self._sign * 2, ""))
        if self._sign in bare:
            raise ValueError(f"invalid interpolation syntax in {value!r} at position {bare.index(self._sign)}")
        return value

    def _filled(self, parser, section, option, text, values, steps):
        """The pieces of a text with all references replaced, through at most so many levels."""

        def written():
            return parser.get(section, option, raw=True, fallback=text)

        if not steps:
            raise InterpolationDepthError(option, section, written())
        done = 0
        for mark in self._marks.finditer(text):
            yield text[done:mark.start()]
            done = mark.end()
            if mark["twice"]:
                yield self._sign
            elif mark["name"]:
                value, where, name, around = self._find(parser, section, option, mark, values, written)
                if value is not None and self._sign in value:
                    yield from self._filled(parser, where, name, value, around(), steps - 1)
                elif value is not None:
                    yield value
            else:
                rest = text[mark.start():]
                raise InterpolationSyntaxError(
                    option, section,
                    f"bad interpolation variable reference {rest!r}" if mark["opened"] else
                    f"'{self._sign}' must be followed by '{self._sign}' or '{self._open}', found: {rest!r}")
        yield text[done:]


class BasicInterpolation(_Substitution):
    """Values in which `%(name)s` stands for another."""

    _sign, _open = "%", "("
    _reference = re.compile(r"%\([^)]+\)s")
    _marks = re.compile(r"%(?:(?P<twice>%)|\((?P<name>[^)]+)\)s|(?P<opened>\()|)")

    def _find(self, parser, section, option, mark, values, written):
        wanted = parser.optionxform(mark["name"])
        if wanted not in values:
            raise InterpolationMissingOptionError(option, section, written(), wanted)
        return values[wanted], section, option, lambda: values


class ExtendedInterpolation(_Substitution):
    """Values in which `${name}` or `${section:name}` stands for another."""

    _sign, _open = "$", "{"
    _reference = re.compile(r"\$\{[^}]+\}")
    _marks = re.compile(r"\$(?:(?P<twice>\$)|\{(?P<name>[^}]+)\}|(?P<opened>\{)|)")

    def _find(self, parser, section, option, mark, values, written):
        *place, wanted = mark["name"].split(":")
        if len(place) > 1:
            raise InterpolationSyntaxError(option, section, f"More than one ':' found: {mark.string[mark.end():]!r}")
        where = place[0] if place else section
        wanted = parser.optionxform(wanted)
        try:
            value = parser.get(where, wanted, raw=True) if place else values[wanted]
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, written(), mark["name"]) from None
        return value, where, wanted, lambda: dict(parser.items(where, raw=True))


class _Reader:
    """Cuts lines into events: `("section", name, None)` and `("option", name, values)`.

    The list of an option's values, or None for an option without one, is complete only when the next event comes:
    indented lines are added to it. Lines that say nothing are kept in `wrong`.
    """

    def __init__(self, source, header, delimiters, comments, inline_comments, novalue, blanks, in_section):
        self.source, self.header, self.delimiters = source, header, delimiters
        self.comments, self.inline_comments = comments, inline_comments
        self.novalue, self.blanks = novalue, blanks
        self.in_section = in_section
        self.number = 0
        self.wrong = []

    def events(self, lines):
        values = _ABSENT  # of the option that indented lines belong to
        level = 0
        for self.number, line in enumerate(lines, 1):
            whole = line.strip()
            said = self._uncommented(line, whole)
            if not said:
                if not self.blanks:
                    level = float("inf")
                elif not whole and isinstance(values, list):
                    values.append("")
                continue
            indent = len(line) - len(line.lstrip())
            if values is not _ABSENT and indent > level:
                if values is None:
                    raise MultilineContinuationError(self.source, self.number, line)
                values.append(said)
                continue
            level = indent
            if heading := self.header.match(said):
                self.in_section, values = True, _ABSENT
                yield "section", heading["header"], None
            elif not self.in_section:
                raise MissingSectionHeaderError(self.source, self.number, line)
            else:
                name, text = self._halves(said)
                if not name:
                    self.wrong.append((self.number, line))
                if name is not None:
                    values = None if text is None else [text]
                    yield "option", name, values

    def _uncommented(self, line, whole):
        """What a line says, without blanks around it."""
        if whole.startswith(self.comments):
            return ""
        for sign in self.inline_comments:
            # Only behind a blank, or at the beginning, does a sign begin a comment.
            if found := re.search(r"(?:^|(?<=\s))" + re.escape(sign), line):
                line = line[:found.start()]
        return line.strip()

    def _halves(self, said):
        """The name and the text of an option; no name if there should be a delimiter."""
        found = self.delimiters.search(said)
        if found:
            return said[:found.start()].rstrip(), said[found.end():].strip()
        return (said if self.novalue else None), None


class RawConfigParser(MutableMapping):
    """Sections of options and values."""

    SECTCRE = re.compile(r"\[(?P<header>.+)\]")
    BOOLEAN_STATES = dict.fromkeys(("1", "yes", "true", "on"), True) | dict.fromkeys(("0", "no", "false", "off"), False)
    _usual_interpolation = Interpolation()

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"),
                 comment_prefixes=("#", ";"), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True,
                 default_section=DEFAULTSECT, interpolation=_ABSENT, converters=_ABSENT, allow_unnamed_section=False):
        if interpolation is _ABSENT:
            interpolation = self._usual_interpolation
        elif interpolation is None:
            interpolation = Interpolation()
        elif not isinstance(interpolation, Interpolation):
            raise TypeError("interpolation= must be None or an instance of Interpolation; got an object of type "
                            f"{type(interpolation)}")
        self._interpolation = interpolation
        self.default_section = default_section
        self._new_dict = dict_type
        self._defaults, self._sections, self._proxies = dict_type(), dict_type(), dict_type()
        self._signs = tuple(delimiters)
        self._comments = tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._strict, self._novalue, self._blanks = strict, allow_no_value, empty_lines_in_values
        self._unnamed = allow_unnamed_section
        self._getters = ConverterMapping(self)
        self._proxies[default_section] = SectionProxy(self, default_section)
        if converters is not _ABSENT:
            self.converters.update(converters)
        if defaults:
            self._take_defaults(defaults)

    @property
    def converters(self):
        return self._getters

    def optionxform(self, optionstr):
        """The form in which names of options are compared."""
        return optionstr.lower()

    # ---- the store

    def _own(self, section, default_too=True):
        """The options that a section has itself."""
        if default_too and (not section or section == self.default_section):
            return self._defaults
        if section in self._sections:
            return self._sections[section]
        raise NoSectionError(section)

    def _layers(self, section, extra):
        """The options that are seen in a section: those given, its own, the defaults."""
        known = section in self._sections
        if not known and section != self.default_section:
            raise NoSectionError(section)
        given = {self.optionxform(name): value if value is None else str(value) for name, value in (extra or {}).items()}
        return ChainMap(given, self._sections[section] if known else {}, self._defaults)

    def _begin(self, section):
        """A new section."""
        self._proxies[section] = SectionProxy(self, section)
        self._sections[section] = options = self._new_dict()
        return options

    def _take_defaults(self, defaults):
        self._defaults.update((self.optionxform(name), value) for name, value in defaults.items())

    def _check(self, *, section="", option="", value=""):
        """Only texts can be written into a file and read again."""
        if section is not UNNAMED_SECTION and not isinstance(section, str):
            raise TypeError("section names must be strings")
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if not isinstance(value, str) and (value or not self._novalue):
            raise TypeError("option values must be strings")

    def defaults(self):
        """The values of all sections."""
        return self._defaults

    def sections(self):
        """The names of the sections, without that of the defaults."""
        return [*self._sections]

    def has_section(self, section):
        return section in self._sections

    def add_section(self, section):
        """Make a section."""
        if section == self.default_section:
            raise ValueError(f"Invalid section name: {section!r}")
        if not self._unnamed and section is UNNAMED_SECTION:
            raise UnnamedSectionDisabledError("Support for UNNAMED_SECTION is disabled.")
        if self.has_section(section):
            raise DuplicateSectionError(section)
        self._begin(section)

    def remove_section(self, section):
        """Remove a section; was it there?"""
        there = self._sections.pop(section, None) is not None
        if there:
            self._proxies.pop(section)
        return there

    def options(self, section):
        """The names of the options of a section, defaults included."""
        return [*dict.fromkeys((*self._own(section, default_too=False), *self._defaults))]

    def has_option(self, section, option):
        try:
            own = self._own(section)
        except NoSectionError:
            return False
        name = self.optionxform(option)
        return name in own or name in self._defaults

    def set(self, section, option, value=None):
        """Give an option a value."""
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        self._own(section)[self.optionxform(option)] = value

    def remove_option(self, section, option):
        """Remove an option; was it there?"""
        return self._own(section).pop(self.optionxform(option), _ABSENT) is not _ABSENT

    # ---- asking

    def get(self, section, option, *, raw=False, vars=None, fallback=_ABSENT):
        """A value."""
        try:
            seen = self._layers(section, vars)
            option = self.optionxform(option)
            if option not in seen:
                raise NoOptionError(option, section)
        except (NoSectionError, NoOptionError):
            if fallback is _ABSENT:
                raise
            return fallback
        value = seen[option]
        return value if raw or value is None else self._interpolation.before_get(self, section, option, value, seen)

    def _get_as(self, convert, section, option, *, fallback=_ABSENT, **how):
        """A value, converted; what is given in its place is not."""
        try:
            text = self.get(section, option, **how)
            return convert(text)
        except (NoSectionError, NoOptionError):
            if fallback is _ABSENT:
                raise
            return fallback

    def getint(self, section, option, *, raw=False, vars=None, fallback=_ABSENT, **kwargs):
        """A value as an integer."""
        return self._get_as(int, section, option, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_ABSENT, **kwargs):
        """A value as a float."""
        return self._get_as(float, section, option, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_ABSENT, **kwargs):
        """A value as True or False."""
        return self._get_as(self._truth, section, option, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def _truth(self, text):
        try:
            return self.BOOLEAN_STATES[text.lower()]
        except KeyError:
            raise ValueError(f"Not a boolean: {text}") from None

    def items(self, section=_ABSENT, raw=False, vars=None):
        """The sections, or the options and values of one."""
        if section is _ABSENT:
            return super().items()
        if section not in self._sections and section != self.default_section:
            raise NoSectionError(section)
        seen = self._defaults.copy()
        seen.update(self._sections.get(section, ()))
        listed = [*seen]
        seen.update((self.optionxform(name), value) for name, value in (vars or {}).items())

        def value_of(name):
            value = seen[name]
            return value if raw or value is None else self._interpolation.before_get(self, section, name, value, seen)

        return [(name, value_of(name)) for name in listed]

    # ---- as a mapping

    def __iter__(self):
        yield self.default_section
        yield from self._sections

    def __len__(self):
        return 1 + len(self._sections)

    def __contains__(self, key):
        return self.has_section(key) or key == self.default_section

    def __getitem__(self, key):
        if key in self:
            return self._proxies[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        if key in self:
            if self[key] is value:
                return
            self._own(key).clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if not self.remove_section(key):
            raise KeyError(key)

    def popitem(self):
        """Remove the first section and give it."""
        first = next(iter(self._sections), _ABSENT)
        if first is _ABSENT:
            raise KeyError
        proxy = self[first]
        del self[first]
        return first, proxy

    # ---- reading and writing

    def read(self, filenames, encoding=None):
        """Read files, as far as they are there; the names of those that were."""
        one = isinstance(filenames, (str, bytes, os.PathLike))
        done = []
        for path in (filenames,) if one else filenames:
            try:
                with open(path, encoding=encoding) as lines:
                    self._take(lines, path)
            except OSError:
                continue
            done.append(os.fspath(path) if isinstance(path, os.PathLike) else path)
        return done

    def read_file(self, f, source=None):
        """Read lines."""
        self._take(f, getattr(f, "name", "<???>") if source is None else source)

    def read_string(self, string, source="<string>"):
        """Read a text."""
        self.read_file(string.splitlines(True), source)

    def read_dict(self, dictionary, source="<dict>"):
        """Take sections from a dict of dicts."""
        sections, pairs = set(), set()
        for section, options in dictionary.items():
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if section in sections and self._strict:
                    raise
            sections.add(section)
            for given, value in options.items():
                name = self.optionxform(str(given))
                if self._strict and (section, name) in pairs:
                    raise DuplicateOptionError(section, name, source)
                pairs.add((section, name))
                self.set(section, name, None if value is None else str(value))

    def _take(self, lines, source):
        """Store what the lines of a source say."""
        section = options = None
        if self._unnamed:
            section = UNNAMED_SECTION
            options = self._sections[section] if section in self._sections else self._begin(section)
        signs = re.compile("|".join(map(re.escape, self._signs)) or "(?!)")
        reader = _Reader(source, self.SECTCRE, signs, *self._comments, self._novalue, self._blanks, self._unnamed)
        met = set()
        try:
            for kind, name, values in reader.events(lines):
                if kind == "section":
                    section = name
                    if section == self.default_section:
                        options = self._defaults
                    elif section not in self._sections:
                        options = self._begin(section)
                    elif self._strict and section in met:
                        raise DuplicateSectionError(section, source, reader.number)
                    else:
                        options = self._sections[section]
                    met.add(section)
                    continue
                name = self.optionxform(name)
                if self._strict and (section, name) in met:
                    raise DuplicateOptionError(section, name, source, reader.number)
                met.add((section, name))
                options[name] = values
        finally:
            self._join_values()
        if reader.wrong:
            error = ParsingError(source)
            for place in reader.wrong:
                error.append(*place)
            raise error

    def _join_values(self):
        """Make texts of the lists of lines that the reader left."""
        for section, options in ((self.default_section, self._defaults), *self._sections.items()):
            for name in options:
                value = options[name]
                text = "\n".join(value).rstrip() if isinstance(value, list) else value
                options[name] = self._interpolation.before_read(self, section, name, text)

    def write(self, fp, space_around_delimiters=True):
        """Write all of it into a file."""
        sign = self._signs[0]
        if space_around_delimiters:
            sign = f" {sign} "
        # What has no heading must stand before what has one, and is left out when there is nothing in it.
        bare = self._sections.get(UNNAMED_SECTION)
        parts = [(self.default_section, self._defaults)] if self._defaults else []
        parts += [(UNNAMED_SECTION, bare)] if bare else []
        parts += [part for part in self._sections.items() if part[0] is not UNNAMED_SECTION]
        for section, options in parts:
            if section is not UNNAMED_SECTION:
                fp.write(f"[{section}]\n")
            for name, value in options.items():
                fp.write(self._line_of(section, name, value, sign))
            fp.write("\n")

    def _line_of(self, section, name, value, sign):
        if self.SECTCRE.match(name):
            raise InvalidWriteError(f"Cannot write key {name}; begins with section pattern")
        for known in self._signs:
            if known in name:
                raise InvalidWriteError(f"Cannot write key {name}; contains delimiter {known}")
        text = self._interpolation.before_write(self, section, name, value)
        if text is None and self._novalue:
            return f"{name}\n"
        indented = str(text).replace("\n", "\n\t")
        return f"{name}{sign}{indented}\n"


class ConfigParser(RawConfigParser):
    """The same for texts only, with values in which others stand."""

    _usual_interpolation = BasicInterpolation()

    def add_section(self, section):
        """Make a section."""
        self._check(section=section)
        RawConfigParser.add_section(self, section)

    def set(self, section, option, value=None):
        """Give an option a value."""
        self._check(option=option, value=value)
        RawConfigParser.set(self, section, option, value)

    def _take_defaults(self, defaults):
        # They may refer to what is not there yet.
        kept, self._interpolation = self._interpolation, Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = kept


class SectionProxy(MutableMapping):
    """One section."""

    def __init__(self, parser, name):
        self._parser, self._name = parser, name
        for kind in parser.converters:
            self._offer("get" + kind, getattr(parser, "get" + kind))

    def _offer(self, name, getter):
        setattr(self, name, partial(self.get, _impl=getter))

    name = property(lambda self: self._name)
    parser = property(lambda self: self._parser)

    def __repr__(self):
        return f"<Section: {self.name}>"

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        """A value, or what is given in its place."""
        ask = _impl or self.parser.get
        return ask(self.name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def __iter__(self):
        parser = self.parser
        return iter(parser.defaults() if self.name == parser.default_section else parser.options(self.name))

    def __len__(self):
        return sum(1 for _ in self)

    def __contains__(self, key):
        return self.parser.has_option(self.name, key)

    def __getitem__(self, key):
        if key in self:
            return self.parser.get(self.name, key)
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.parser._check(option=key, value=value)
        self.parser.set(self.name, key, value)

    def __delitem__(self, key):
        # A default is seen in the section, but is not the section's to remove.
        if key not in self or not self.parser.remove_option(self.name, key):
            raise KeyError(key)


class ConverterMapping(MutableMapping):
    """What values can be turned into: the parser and its sections have a `getNAME` for each name."""

    def __init__(self, parser):
        self._parser = parser
        built_in = (name.removeprefix("get") for name in dir(parser) if name.startswith("get"))
        self._known = {kind: None for kind in built_in if kind and callable(getattr(parser, "get" + kind))}

    def __iter__(self):
        return iter(self._known)

    def __len__(self):
        return len(self._known)

    def __getitem__(self, key):
        return self._known[key]

    def __setitem__(self, key, value):
        if not isinstance(key, str):
            raise ValueError(f"Incompatible key: {key} (type: {type(key)})")
        if not key:
            raise ValueError('Incompatible key: cannot use "" as a name')
        parser, name = self._parser, f"get{key}"
        self._known[key] = value
        getter = partial(parser._get_as, value)
        getter.converter = value
        setattr(parser, name, getter)
        for proxy in parser._proxies.values():
            proxy._offer(name, getter)

    def __delitem__(self, key):
        del self._known[key]
        for owner in (self._parser, *self._parser._proxies.values()):
            vars(owner).pop(f"get{key}", None)
