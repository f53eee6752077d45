"""What two sequences have in common, and how they differ."""

from collections import namedtuple
from heapq import nlargest as _nlargest
from types import GenericAlias

__all__ = ["get_close_matches", "ndiff", "restore", "SequenceMatcher", "Differ", "IS_CHARACTER_JUNK", "IS_LINE_JUNK",
           "context_diff", "unified_diff", "diff_bytes", "Match"]

Match = namedtuple("Match", "a b size")


def _ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


class SequenceMatcher:
    """Compares two sequences of hashable items: the longest block they share, what stands before it, what stands behind."""

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk = isjunk
        self.a = self.b = None
        self.autojunk = autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        """Set the two sequences to be compared."""
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Set the first sequence to be compared."""
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        """Set the second sequence, about which everything is remembered that helps to compare others with it."""
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = None
            self.fullbcount = None
            self._index()

    def _index(self):
        # Where each item of b stands; junk and what is too frequent does not count.
        self.b2j = places = {}
        for at, item in enumerate(self.b):
            places.setdefault(item, []).append(at)
        self.bjunk = set()
        if self.isjunk:
            self.bjunk = {item for item in places if self.isjunk(item)}
            for item in self.bjunk:
                del places[item]
        self.bpopular = set()
        length = len(self.b)
        if self.autojunk and length >= 200:
            most = length // 100 + 1
            self.bpopular = {item for item, found in places.items() if len(found) > most}
            for item in self.bpopular:
                del places[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest block of a[alo:ahi] that is in b[blo:bhi], of several the first in a, then in b."""
        a, b, places, junk = self.a, self.b, self.b2j, self.bjunk
        if ahi is None:
            ahi = len(a)
        if bhi is None:
            bhi = len(b)
        besti, bestj, best = alo, blo, 0
        # How long the block is that ends at each place of b, for the item of a before.
        lengths = {}
        for i in range(alo, ahi):
            following = {}
            for j in places.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                size = following[j] = lengths.get(j - 1, 0) + 1
                if size > best:
                    besti, bestj, best = i - size + 1, j - size + 1, size
            lengths = following
        # Grown by what is equal around it: first no junk, then junk only.
        for wants_junk in (False, True):
            while besti > alo and bestj > blo and (b[bestj - 1] in junk) == wants_junk and a[besti - 1] == b[bestj - 1]:
                besti, bestj, best = besti - 1, bestj - 1, best + 1
            while (besti + best < ahi and bestj + best < bhi and (b[bestj + best] in junk) == wants_junk
                   and a[besti + best] == b[bestj + best]):
                best += 1
        return Match(besti, bestj, best)

    def get_matching_blocks(self):
        """Triples (i, j, n) with a[i:i+n] == b[j:j+n], in order; the last is (len(a), len(b), 0)."""
        if self.matching_blocks is not None:
            return self.matching_blocks
        waiting = [(0, len(self.a), 0, len(self.b))]
        found = []
        while waiting:
            alo, ahi, blo, bhi = waiting.pop()
            block = i, j, size = self.find_longest_match(alo, ahi, blo, bhi)
            if not size:
                continue
            found.append(block)
            if alo < i and blo < j:
                waiting.append((alo, i, blo, j))
            if i + size < ahi and j + size < bhi:
                waiting.append((i + size, ahi, j + size, bhi))
        found.sort()
        # Neighbours become one.
        joined = []
        i1 = j1 = size1 = 0
        for i, j, size in found:
            if i1 + size1 == i and j1 + size1 == j:
                size1 += size
            else:
                if size1:
                    joined.append((i1, j1, size1))
                i1, j1, size1 = i, j, size
        if size1:
            joined.append((i1, j1, size1))
        joined.append((len(self.a), len(self.b), 0))
        self.matching_blocks = list(map(Match._make, joined))
        return self.matching_blocks

    def get_opcodes(self):
        """What makes b of a: tuples (tag, i1, i2, j1, j2), the tag 'replace', 'delete', 'insert' or 'equal'."""
        if self.opcodes is not None:
            return self.opcodes
        self.opcodes = steps = []
        i = j = 0
        for ai, bj, size in self.get_matching_blocks():
            if i < ai and j < bj:
                steps.append(("replace", i, ai, j, bj))
            elif i < ai:
                steps.append(("delete", i, ai, j, bj))
            elif j < bj:
                steps.append(("insert", i, ai, j, bj))
            i, j = ai + size, bj + size
            if size:
                steps.append(("equal", ai, i, bj, j))
        return steps

    def get_grouped_opcodes(self, n=3):
        """The same in groups, each with up to n equal items around what differs."""
        steps = self.get_opcodes() or [("equal", 0, 1, 0, 1)]
        if steps[0][0] == "equal":
            tag, i1, i2, j1, j2 = steps[0]
            steps[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if steps[-1][0] == "equal":
            tag, i1, i2, j1, j2 = steps[-1]
            steps[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in steps:
            if tag == "equal" and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def ratio(self):
        """How alike the sequences are, from 0 to 1."""
        return _ratio(sum(size for _, _, size in self.get_matching_blocks()), len(self.a) + len(self.b))

    def quick_ratio(self):
        """No less than ratio(), and quicker."""
        if self.fullbcount is None:
            self.fullbcount = counts = {}
            for item in self.b:
                counts[item] = counts.get(item, 0) + 1
        left = {}
        matches = 0
        for item in self.a:
            count = left[item] if item in left else self.fullbcount.get(item, 0)
            left[item] = count - 1
            if count > 0:
                matches += 1
        return _ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """No less than quick_ratio(), and quicker still."""
        la, lb = len(self.a), len(self.b)
        return _ratio(min(la, lb), la + lb)

    __class_getitem__ = classmethod(GenericAlias)


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The up to n possibilities that are most like word, if they are at least as like it as cutoff says."""
    if not n > 0:
        raise ValueError("n must be > 0: %r" % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError("cutoff must be in [0.0, 1.0]: %r" % (cutoff,))
    found = []
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    for possibility in possibilities:
        matcher.set_seq1(possibility)
        if (matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff
                and matcher.ratio() >= cutoff):
            found.append((matcher.ratio(), possibility))
    return [possibility for _, possibility in _nlargest(n, found)]


class Differ:
    """Compares texts by lines, and similar lines by characters."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        """The lines of both: of the first only with '- ', of the second only with '+ ', of both with two spaces, and hints
        with '? '."""
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == "replace":
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            elif tag == "delete":
                yield from self._dump("-", a, alo, ahi)
            elif tag == "insert":
                yield from self._dump("+", b, blo, bhi)
            else:
                yield from self._dump(" ", a, alo, ahi)

    def _dump(self, tag, lines, low, high):
        for at in range(low, high):
            yield f"{tag} {lines[at]}"

    def _plain_replace(self, a, alo, ahi, b, blo, bhi):
        removed = self._dump("-", a, alo, ahi)
        added = self._dump("+", b, blo, bhi)
        # What is shorter comes first.
        pair = (added, removed) if bhi - blo < ahi - alo else (removed, added)
        for lines in pair:
            yield from lines

    def _between(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            return self._plain_replace(a, alo, ahi, b, blo, bhi)
        if alo < ahi:
            return self._dump("-", a, alo, ahi)
        return self._dump("+", b, blo, bhi)

    def _fancy_replace(self, a, alo, ahi, b, blo, bhi):
        # Each line of b is compared with the lines of a about its place; the most alike of them, if alike enough, is its pair.
        least, around = 0.74999, 10
        matcher = SequenceMatcher(self.charjunk)
        shown_i, shown_j = alo, blo
        for j in range(blo, bhi):
            matcher.set_seq2(b[j])
            middle = alo + (j - blo)
            candidates = range(max(middle - around, shown_i), min(middle + around + 1, ahi))
            if not candidates:
                break
            pair, best = None, least
            for i in candidates:
                matcher.set_seq1(a[i])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    pair, best = i, matcher.ratio()
            if pair is None:
                continue
            yield from self._between(a, shown_i, pair, b, shown_j, j)
            old, new = a[pair], b[j]
            if old == new:
                yield "  " + old
            else:
                old_tags, new_tags = "", ""
                matcher.set_seqs(old, new)
                for tag, i1, i2, j1, j2 in matcher.get_opcodes():
                    if tag == "replace":
                        old_tags += "^" * (i2 - i1)
                        new_tags += "^" * (j2 - j1)
                    elif tag == "delete":
                        old_tags += "-" * (i2 - i1)
                    elif tag == "insert":
                        new_tags += "+" * (j2 - j1)
                    else:
                        old_tags += " " * (i2 - i1)
                        new_tags += " " * (j2 - j1)
                yield from self._qformat(old, new, old_tags, new_tags)
            shown_i, shown_j = pair + 1, j + 1
        yield from self._between(a, shown_i, ahi, b, shown_j, bhi)

    def _qformat(self, aline, bline, atags, btags):
        for sign, line, tags in (("-", aline, atags), ("+", bline, btags)):
            yield f"{sign} {line}"
            hint = _keep_space(line, tags).rstrip()
            if hint:
                yield f"? {hint}\n"


def _keep_space(line, tags):
    # Tabs stay, so that the hints stand below what they mean.
    return "".join(c if tag == " " and c.isspace() else tag for c, tag in zip(line, tags))


def IS_LINE_JUNK(line, pat=None):
    """Is the line blank, but perhaps for one '#'?"""
    if pat is None:
        return line.strip() in ("", "#")
    return pat(line) is not None


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    """Is the character a space or tab?"""
    return ch in ws


def _lines_of_range(start, stop):
    begin, length = start + 1, stop - start
    if length == 1:
        return str(begin)
    return f"{begin if length else begin - 1},{length}"


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """The lines of a diff in the unified format, with n lines of context."""
    _check_lines(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    began = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not began:
            began = True
            for sign, name, date in (("---", fromfile, fromfiledate), ("+++", tofile, tofiledate)):
                date = f"\t{date}" if date else ""
                yield f"{sign} {name}{date}{lineterm}"
        first, last = group[0], group[-1]
        yield f"@@ -{_lines_of_range(first[1], last[2])} +{_lines_of_range(first[3], last[4])} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                for line in a[i1:i2]:
                    yield " " + line
                continue
            if tag != "insert":
                for line in a[i1:i2]:
                    yield "-" + line
            if tag != "delete":
                for line in b[j1:j2]:
                    yield "+" + line


def _lines_of_context(start, stop):
    begin, length = start + 1, stop - start
    if not length:
        begin -= 1
    if length <= 1:
        return str(begin)
    return f"{begin},{begin + length - 1}"


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """The lines of a diff in the context format, with n lines of context."""
    _check_lines(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    signs = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    began = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not began:
            began = True
            for sign, name, date in (("***", fromfile, fromfiledate), ("---", tofile, tofiledate)):
                date = f"\t{date}" if date else ""
                yield f"{sign} {name}{date}{lineterm}"
        first, last = group[0], group[-1]
        yield "***************" + lineterm
        yield f"*** {_lines_of_context(first[1], last[2])} ****{lineterm}"
        if any(tag in ("replace", "delete") for tag, *_ in group):
            for tag, i1, i2, _, _ in group:
                if tag != "insert":
                    for line in a[i1:i2]:
                        yield signs[tag] + line
        yield f"--- {_lines_of_context(first[3], last[4])} ----{lineterm}"
        if any(tag in ("replace", "insert") for tag, *_ in group):
            for tag, _, _, j1, j2 in group:
                if tag != "delete":
                    for line in b[j1:j2]:
                        yield signs[tag] + line


def _check_lines(a, b, *rest):
    for lines in (a, b):
        if lines and not isinstance(lines[0], str):
            raise TypeError("lines to compare must be str, not %s (%r)" % (type(lines[0]).__name__, lines[0]))
    if isinstance(a, str):
        raise TypeError("input must be a sequence of strings, not %s" % type(a).__name__)
    if isinstance(b, str):
        raise TypeError("input must be a sequence of strings, not %s" % type(b).__name__)
    for text in rest:
        if not isinstance(text, str):
            raise TypeError("all arguments must be str, not: %r" % (text,))


def diff_bytes(dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"):
    """A diff of lines of bytes, by a function for lines of str."""
    def text(data):
        try:
            return data.decode("ascii", "surrogateescape")
        except AttributeError as error:
            raise TypeError("all arguments must be bytes, not %s (%r)" % (type(data).__name__, data)) from error

    lines = dfunc(list(map(text, a)), list(map(text, b)), text(fromfile), text(tofile), text(fromfiledate),
                  text(tofiledate), n, text(lineterm))
    for line in lines:
        yield line.encode("ascii", "surrogateescape")


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """What Differ says of two lists of lines."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """The lines of the first or second text, out of what ndiff gave."""
    try:
        sign = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError("unknown delta choice (must be 1 or 2): %r" % which) from None
    for line in delta:
        if line[:2] in ("  ", sign):
            yield line[2:]
