"""Wrapping, filling and indenting paragraphs."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_WHITESPACE = "\t\n\x0b\x0c\r "
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def _is_word(letter):
    return letter.isalnum() or letter == "_"


def _runs(text):
    """The stretches of white space and of anything else in a text."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (text[at] in _WHITESPACE) != (text[start] in _WHITESPACE):
            yield text[start:at]
            start = at


def _parts(word):
    """A word, taken apart after its hyphens and around its dashes."""
    start = at = 0
    while at < len(word):
        if word[at] != "-":
            at += 1
            continue
        dash = at
        while at < len(word) and word[at] == "-":
            at += 1
        before, after = word[start:dash], word[at:]
        if at - dash > 1:
            # A dash between words stands alone; one before a word belongs to it (`--option`).
            if before and (_is_word(before[-1]) or before[-1] in "!\"'&.,?") and after and _is_word(after[0]):
                yield before
                yield word[dash:at]
                start = at
        elif _may_end_line(word[:dash]) and _hyphenates(after):
            yield word[start:at]
            start = at
    if start < len(word):
        yield word[start:]


def _is_letter(letter):
    return letter.isalpha() or letter == "_"


def _may_end_line(before):
    """May a line end with these letters and a hyphen? Not after a single one, unless a hyphen stands before it."""
    if len(before) < 2 or not _is_letter(before[-1]):
        return False
    return _is_letter(before[-2]) or before[-2] == "-" and len(before) > 2 and _is_letter(before[-3])


def _hyphenates(after):
    """May a line end before these letters, which follow a hyphen?"""
    letters = [_is_letter(letter) for letter in after[:3]]
    return letters[:2] == [True, True] or len(after) > 2 and letters[0] and after[1] == "-" and letters[2]


class TextWrapper:
    """Wraps paragraphs: its attributes say how."""

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=" [...]"):
        given = dict(locals())
        del given["self"]
        vars(self).update(given)

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(dict.fromkeys(map(ord, _WHITESPACE), " "))
        return text

    def _split(self, text):
        chunks = []
        for run in _runs(text):
            if self.break_on_hyphens and run[0] not in _WHITESPACE:
                chunks.extend(_parts(run))
            else:
                chunks.append(run)
        return chunks

    def _fix_sentence_endings(self, chunks):
        for at in range(len(chunks) - 1):
            word = chunks[at].rstrip("\"'")
            if chunks[at + 1] == " " and len(word) > 1 and word[-1] in ".!?" and word[-2] in _LETTERS:
                chunks[at + 1] = "  "

    def _break_word(self, chunks, line, length, width):
        """Put as much of a word that is too long as fits on the line."""
        room = width - length if width >= 1 else 1
        word = chunks[-1]
        if not self.break_long_words or room <= 0:
            if not line:
                line.append(chunks.pop())
            return
        end = room
        if self.break_on_hyphens and len(word) > room:
            hyphen = word.rfind("-", 0, room)
            if hyphen > 0 and any(letter != "-" for letter in word[:hyphen]):
                end = hyphen + 1
        line.append(word[:end])
        chunks[-1] = word[end:]

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        chunks = chunks[::-1]
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and not chunks[-1].strip():
                chunks.pop()
            line, length = [], 0
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._break_word(chunks, line, length, width)
                length = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                length -= len(line.pop())
            if not line:
                continue
            rest = chunks and not (self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())
            if self.max_lines is None or len(lines) + 1 < self.max_lines or not rest and length <= width:
                lines.append(indent + "".join(line))
                continue
            self._close(lines, line, length, width, indent)
            break
        return lines

    def _close(self, lines, line, length, width, indent):
        """End the last line with the placeholder, or, where nothing is left of it, the one before."""
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                lines.append(indent + "".join(line) + self.placeholder)
                return
            length -= len(line.pop())
        if lines:
            last = lines[-1].rstrip()
            if len(last) + len(self.placeholder) <= self.width:
                lines[-1] = last + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    def wrap(self, text):
        """The lines of a paragraph, none of them too long."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """The lines of a paragraph as one text."""
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph, none longer than `width`."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """A paragraph in lines no longer than `width`, as one text."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """A text with its white space reduced, cut to fit into `width`."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    """A text without the white space that begins all its lines."""
    try:
        lines = text.split("\n")
    except (AttributeError, TypeError):
        raise TypeError(f"expected str object, not {type(text).__qualname__!r}") from None
    full = [line for line in lines if line and not line.isspace()]
    margin = 0
    if full:
        first, last = min(full), max(full)
        while margin < len(first) and first[margin] == last[margin] and first[margin] in " \t":
            margin += 1
    return "\n".join([line[margin:] if line and not line.isspace() else "" for line in lines])


def indent(text, prefix, predicate=None):
    """A text with a prefix before its lines, those excepted that hold only white space or that `predicate` denies."""
    lines = text.splitlines(True)
    if predicate is None:
        predicate = str.strip
    return "".join([prefix + line if predicate(line) else line for line in lines])
