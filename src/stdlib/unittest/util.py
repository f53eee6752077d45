"""How tests show values, and what they have in common or not."""

from collections import Counter, namedtuple
from os.path import commonprefix

__unittest = True

# How long a value may be that is shown in full, the least that is left at either end of a part of one that is cut,
# and what the note takes that stands for what was cut out.
_LONGEST = 80
_LEAST = 5
_NOTE = 12

_Mismatch = namedtuple("Mismatch", "actual expected value")


def safe_repr(obj, short=False):
    """The repr of an object, though its class may fail to give one; cut, if it is to be short."""
    try:
        shown = repr(obj)
    except Exception:
        shown = object.__repr__(obj)
    return f"{shown[:_LONGEST]} [truncated]..." if short and len(shown) >= _LONGEST else shown


def strclass(cls):
    """The full name of a class."""
    return ".".join((cls.__module__, cls.__qualname__))


def three_way_cmp(x, y):
    """What tells sorts the order of the two: -1, 0 or 1."""
    return int(x > y) - int(x < y)


def _cut(text, head, tail):
    """A text without its middle, if the note that stands for that is shorter."""
    gone = len(text) - head - tail
    return f"{text[:head]}[{gone} chars]{text[len(text) - tail:]}" if gone > _NOTE else text


def _common_shorten_repr(*values):
    """The values as text; if they are long, mostly from where they begin to differ."""
    shown = [safe_repr(value) for value in values]
    longest = max(map(len, shown))
    if longest > _LONGEST:
        same = len(commonprefix(shown))
        # What of the beginning that they share can stay beside the longest rest: if hardly any, the rests are cut too.
        room = _LONGEST - (longest - same) - _LEAST - _NOTE
        cut_rests = room <= _LEAST
        prefix = _cut(shown[0][:same], _LEAST, _LEAST if cut_rests else room)
        rests = [text[same:] for text in shown]
        if cut_rests:
            head = _LONGEST - 3 * _LEAST - 2 * _NOTE
            rests = [_cut(rest, head, _LEAST) for rest in rests]
        shown = [prefix + rest for rest in rests]
    return tuple(shown)


def sorted_list_difference(expected, actual):
    """What one sorted list has that the other has not, and the other way round; each once."""
    def only_in(one, other):
        return [item for place, item in enumerate(one) if item not in other and item not in one[:place]]
    return only_in(expected, actual), only_in(actual, expected)


def unorderable_list_difference(expected, actual):
    """What one list has more of than the other, from the end, and the other way round; both lists are used up."""
    missing = []
    while expected:
        wanted = expected.pop()
        if wanted in actual:
            actual.remove(wanted)
        else:
            missing.append(wanted)
    return missing, actual


def _count_diff_hashable(actual, expected):
    """Which items the two have, and how often, where that differs."""
    counts = Counter(actual), Counter(expected)
    items = dict.fromkeys([*counts[0], *counts[1]])
    return _mismatches((*(count[item] for count in counts), item) for item in items)


def _count_diff_all_purpose(actual, expected):
    """The same for items that have no hash: each is compared with all."""
    left = [list(actual), list(expected)]
    found = []
    while left[0] or left[1]:
        item = (left[0] or left[1])[0]
        counts = []
        for side, items in enumerate(left):
            others = [other for other in items if other is not item and not other == item]
            counts.append(len(items) - len(others))
            left[side] = others
        found.append((*counts, item))
    return _mismatches(found)


def _mismatches(counts):
    return [_Mismatch(*each) for each in counts if each[0] != each[1]]
