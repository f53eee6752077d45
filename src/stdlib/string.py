"""Sets of characters, and templates."""

__all__ = [
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable",
    "punctuation", "whitespace", "Template",
]

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
