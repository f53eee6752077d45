"""How tests show values."""

from collections import Counter
from os.path import commonprefix

__unittest = True

_MAX_LENGTH = 80
_PLACEHOLDER_LEN = 12
_MIN_BEGIN_LEN = 5
_MIN_END_LEN = 5
_MIN_COMMON_LEN = 5
_MIN_DIFF_LEN = _MAX_LENGTH - (_MIN_BEGIN_LEN + _PLACEHOLDER_LEN + _MIN_COMMON_LEN + _PLACEHOLDER_LEN + _MIN_END_LEN)


def _shorten(s, prefixlen, suffixlen):
    left_out = len(s) - prefixlen - suffixlen
    if left_out > _PLACEHOLDER_LEN:
        return f"{s[:prefixlen]}[{left_out} chars]{s[len(s) - suffixlen:]}"
    return s


def _common_shorten_repr(*args):
    # The values as text, without the greater part of what they have in common if they are long.
    texts = tuple(map(safe_repr, args))
    longest = max(map(len, texts))
    if longest <= _MAX_LENGTH:
        return texts
    prefix = commonprefix(texts)
    length = len(prefix)
    kept = _MAX_LENGTH - (longest - length + _MIN_BEGIN_LEN + _PLACEHOLDER_LEN)
    if kept > _MIN_COMMON_LEN:
        prefix = _shorten(prefix, _MIN_BEGIN_LEN, kept)
        return tuple(prefix + text[length:] for text in texts)
    prefix = _shorten(prefix, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(prefix + _shorten(text[length:], _MIN_DIFF_LEN, _MIN_END_LEN) for text in texts)


def safe_repr(obj, short=False):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if not short or len(text) < _MAX_LENGTH:
        return text
    return text[:_MAX_LENGTH] + " [truncated]..."


def strclass(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def sorted_list_difference(expected, actual):
    """What is missing and what is too much in actual; both lists are sorted."""
    missing = [item for n, item in enumerate(expected) if item not in actual and item not in expected[:n]]
    unexpected = [item for n, item in enumerate(actual) if item not in expected and item not in actual[:n]]
    return missing, unexpected


def unorderable_list_difference(expected, actual):
    """What is missing and what is too much in actual, whose items cannot be ordered; both lists are used up."""
    missing = []
    while expected:
        item = expected.pop()
        try:
            actual.remove(item)
        except ValueError:
            missing.append(item)
    return missing, actual


def three_way_cmp(x, y):
    """-1 if x < y, 0 if x == y and 1 if x > y"""
    return (x > y) - (x < y)


_Mismatch = None


def _mismatch(*values):
    global _Mismatch
    if _Mismatch is None:
        from collections import namedtuple
        _Mismatch = namedtuple("Mismatch", "actual expected value")
    return _Mismatch(*values)


def _count_diff_all_purpose(actual, expected):
    # For items that cannot be hashed: each is compared with all that have not been counted.
    nothing = object()
    left, right = list(actual), list(expected)
    found = []
    for n, item in enumerate(left):
        if item is nothing:
            continue
        mine = theirs = 0
        for at in range(n, len(left)):
            if left[at] == item:
                mine += 1
                left[at] = nothing
        for at, other in enumerate(right):
            if other == item:
                theirs += 1
                right[at] = nothing
        if mine != theirs:
            found.append(_mismatch(mine, theirs, item))
    for n, item in enumerate(right):
        if item is nothing:
            continue
        theirs = 0
        for at in range(n, len(right)):
            if right[at] == item:
                theirs += 1
                right[at] = nothing
        found.append(_mismatch(0, theirs, item))
    return found


def _count_diff_hashable(actual, expected):
    left, right = Counter(actual), Counter(expected)
    found = [_mismatch(count, right.get(item, 0), item) for item, count in left.items() if count != right.get(item, 0)]
    return found + [_mismatch(0, count, item) for item, count in right.items() if item not in left]
