"""Sets of characters, and templates."""

__all__ = [
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable",
    "punctuation", "whitespace", "Formatter", "Template",
]

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


def capwords(s, sep=None):
    """Capitalize the words of a string."""
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


class Template:
    """A string with $names to be replaced."""

    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _pieces(self):
        """Pairs (text before, what stands there): a name, the delimiter itself, or None for what is no placeholder."""
        text = self.template
        mark = self.delimiter
        at = 0
        while True:
            found = text.find(mark, at)
            if found < 0:
                yield text[at:], None, len(text)
                return
            before = text[at:found]
            after = found + len(mark)
            if text.startswith(mark, after):
                yield before + mark, None, -1
                at = after + len(mark)
                continue
            braced = text.startswith("{", after)
            start = after + braced
            end = start
            while end < len(text) and self._is_name_char(text[end], end == start):
                end += 1
            if end > start and (not braced or text.startswith("}", end)):
                at = end + braced
                yield before, text[start:end], text[found:at]
            else:
                yield before, None, found
                yield mark, None, -1
                at = after

    @staticmethod
    def _is_name_char(char, first):
        return char == "_" or (char.isascii() and (char.isalpha() if first else char.isalnum()))

    def _invalid(self, at):
        lines = self.template[:at].splitlines(keepends=True)
        if not lines:
            column, line = 1, 1
        else:
            column = at - len("".join(lines[:-1])) + 1 if not lines[-1].endswith("\n") else 1
            line = len(lines) + lines[-1].endswith("\n")
        raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")

    def substitute(self, mapping={}, /, **kws):
        """The string with its names replaced; all must be known."""
        parts = []
        for before, name, extra in self._pieces():
            parts.append(before)
            if name is not None:
                parts.append(str(kws[name] if name in kws else mapping[name]))
            elif extra != -1 and extra != len(self.template):
                self._invalid(extra)
        return "".join(parts)

    def safe_substitute(self, mapping={}, /, **kws):
        """The string with the names replaced that are known."""
        parts = []
        for before, name, extra in self._pieces():
            parts.append(before)
            if name is not None:
                try:
                    parts.append(str(kws[name] if name in kws else mapping[name]))
                except KeyError:
                    parts.append(extra)
        return "".join(parts)

    def get_identifiers(self):
        """The names, in order."""
        return list(dict.fromkeys(name for _, name, _ in self._pieces() if name is not None))

    def is_valid(self):
        """Are all placeholders well formed?"""
        return all(name is not None or extra in (-1, len(self.template)) for _, name, extra in self._pieces())


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
