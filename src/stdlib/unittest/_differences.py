"""How two values differ that a test asserts to be equal: in a sentence, and line by line."""

from collections import Counter

from .util import _common_shorten_repr, _count_diff_all_purpose, _count_diff_hashable, safe_repr

__unittest = True

# What objects raise that look like sequences and are none.
_NOT_SIZED = TypeError, NotImplementedError
_NOT_INDEXED = TypeError, IndexError, NotImplementedError


def by_line(first, second):
    """The difference of two values as they are printed."""
    from difflib import ndiff
    from pprint import pformat
    lines = (pformat(value).splitlines() for value in (first, second))
    return "".join("\n" + line for line in ndiff(*lines)) or "\n"


def of_texts(first, second):
    from difflib import ndiff
    told = "{} != {}".format(*_common_shorten_repr(first, second))
    # Where one of them ends within a line both are ended, so that an end that only one has is a difference.
    if any(text and not text.endswith("\n") for text in (first, second)):
        first, second = (text and text + "\n" for text in (first, second))
    lines = ndiff(*(text.splitlines(keepends=True) for text in (first, second)))
    return told, "\n" + "".join(lines)


def of_counts(first, second):
    """How often each item is in the two, and the item, where that differs."""
    try:
        if Counter(first) == Counter(second):
            return []
    except TypeError:
        return _count_diff_all_purpose(first, second)
    return _count_diff_hashable(first, second)


def of_sequences(first, second, kind):
    """The difference of two sequences, or None. Of different classes, they only need the same items."""
    name = "sequence" if kind is None else kind.__name__
    sizes = []
    for which, sequence in (("First", first), ("Second", second)):
        try:
            sizes.append(len(sequence))
        except _NOT_SIZED:
            return f"{which} {name} has no length.    Non-sequence?", by_line(first, second)
    if first == second:
        return None
    told = "{}s differ: {} != {}\n".format(name.capitalize(), *_common_shorten_repr(first, second))
    item = _first_different_item(first, second, min(sizes), name)
    extra = _first_extra_item(first, second, sizes, name)
    if not item and not extra and kind is None and type(first) is not type(second):
        return None
    return told + item + extra, by_line(first, second)


def _first_different_item(first, second, size, name):
    for place in range(size):
        items = []
        for which, sequence in (("first", first), ("second", second)):
            try:
                items.append(sequence[place])
            except _NOT_INDEXED:
                return f"\nUnable to index element {place} of {which} {name}\n"
        if items[0] != items[1]:
            return "\nFirst differing element {}:\n{}\n{}\n".format(place, *_common_shorten_repr(*items))
    return ""


def _first_extra_item(first, second, sizes, name):
    place, size = sorted(sizes)
    if place == size:
        return ""
    which, longer = ("First", first) if sizes[0] == size else ("Second", second)
    told = f"\n{which} {name} contains {size - place} additional elements.\n"
    try:
        return f"{told}First extra element {place}:\n{safe_repr(longer[place])}\n"
    except _NOT_INDEXED:
        return f"{told}Unable to index element {place} of {which.lower()} {name}\n"
