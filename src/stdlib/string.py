"""Sets of characters, and templates."""

__all__ = [
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable",
    "punctuation", "whitespace", "Formatter", "Template",
]

import re

from _string import formatter_field_name_split, formatter_parser

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace

_absent = {}


def capwords(s, sep=None):
    """Capitalize the words of a string."""
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


class Template:
    """A string with $names to be replaced.

    A subclass may set `delimiter`, `idpattern`, `braceidpattern` and `flags`, or the whole `pattern`, whose groups
    `escaped`, `named`, `braced` and `invalid` say what was found."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        pattern = cls.__dict__.get("pattern")
        if pattern is None:
            mark = re.escape(cls.delimiter)
            braced = cls.braceidpattern or cls.idpattern
            pattern = (
                f"{mark}(?:(?P<escaped>{mark})|(?P<named>{cls.idpattern})|{{(?P<braced>{braced})}}|(?P<invalid>))"
            )
        cls.pattern = re.compile(pattern, cls.flags | re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def _invalid(self, found):
        at = found.start("invalid")
        lines = self.template[:at].splitlines(keepends=True)
        column = at - len("".join(lines[:-1])) if lines else 1
        raise ValueError(f"Invalid placeholder in string: line {len(lines) or 1}, col {column}")

    def _kind(self, found):
        """What a placeholder is (`name`, `escaped` or `invalid`), and the name."""
        name = found.group("named") or found.group("braced")
        if name is not None:
            return "name", name
        for kind in ("escaped", "invalid"):
            if found.group(kind) is not None:
                return kind, None
        raise ValueError("Unrecognized named group in pattern", self.pattern)

    def substitute(self, mapping=_absent, /, **kws):
        """The string with its names replaced; all must be known."""
        mapping = _either(mapping, kws)

        def replace(found):
            kind, name = self._kind(found)
            if kind == "name":
                return str(mapping[name])
            if kind == "invalid":
                self._invalid(found)
            return self.delimiter

        return self.pattern.sub(replace, self.template)

    def safe_substitute(self, mapping=_absent, /, **kws):
        """The string with the names replaced that are known."""
        mapping = _either(mapping, kws)

        def replace(found):
            kind, name = self._kind(found)
            if kind == "escaped":
                return self.delimiter
            if kind == "invalid":
                return found.group()
            try:
                return str(mapping[name])
            except KeyError:
                return found.group()

        return self.pattern.sub(replace, self.template)

    def get_identifiers(self):
        """The names, in order."""
        kinds = [self._kind(found) for found in self.pattern.finditer(self.template)]
        return list(dict.fromkeys([name for kind, name in kinds if kind == "name"]))

    def is_valid(self):
        """Are all placeholders well formed?"""
        return all([self._kind(found)[0] != "invalid" for found in self.pattern.finditer(self.template)])


Template.__init_subclass__()


def _either(mapping, kws):
    """Where names are looked up: the keyword arguments come first."""
    if mapping is _absent:
        return kws
    if not kws:
        return mapping
    from collections import ChainMap

    return ChainMap(kws, mapping)


class Formatter:
    """What `str.format` does, in steps that a subclass can replace."""

    def format(self, format_string, /, *args, **kwargs):
        """Fill in a template with arguments."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """Fill in a template with the arguments in a sequence and a mapping."""
        used = set()
        text, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return text

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        # `auto_arg_index` is the number of the next field without one, or False once a field had its own.
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        shown = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                shown.append(literal)
            if name is None:
                continue
            first, _ = formatter_field_name_split(name)
            if first == "":
                if auto_arg_index is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name = f"{auto_arg_index}{name}"
                auto_arg_index += 1
            elif isinstance(first, int):
                if auto_arg_index:
                    raise ValueError("cannot switch from automatic field numbering to manual field specification")
                auto_arg_index = False
            value, used = self.get_field(name, args, kwargs)
            used_args.add(used)
            value = self.convert_field(value, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index)
            shown.append(self.format_field(value, spec))
        return "".join(shown), auto_arg_index

    def get_value(self, key, args, kwargs):
        """The argument of a number or a name."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """A place to complain about arguments that no field named."""

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """What `!r`, `!s` and `!a` do."""
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        """The parts of a template: literal, name, specification, conversion."""
        return iter(formatter_parser(format_string))

    def get_field(self, field_name, args, kwargs):
        """The object that a field's name stands for, and the argument it begins with."""
        first, steps = formatter_field_name_split(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, step in steps:
            value = getattr(value, step) if is_attribute else value[step]
        return value, first
