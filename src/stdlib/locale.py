"""The habits of places: only those of C are known."""

__all__ = ["CHAR_MAX", "Error", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_MONETARY", "LC_NUMERIC", "LC_TIME",
           "atof", "atoi", "currency", "delocalize", "format_string", "getencoding", "getlocale", "getpreferredencoding",
           "localeconv", "localize", "normalize", "setlocale", "str", "strcoll", "strxfrm"]

CHAR_MAX = 127
LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
_KNOWN = ("", "C", "POSIX", "C.UTF-8", "C.utf8")
_current = "C"
_str = str


class Error(Exception):
    pass


def setlocale(category, locale=None):
    """Choose a locale; its name."""
    global _current
    if locale is not None and not isinstance(locale, _str):
        locale = ".".join(part for part in locale if part)
    if locale is not None:
        if locale not in _KNOWN:
            raise Error("unsupported locale setting")
        _current = "C.UTF-8" if "." in locale else "C" if locale else _current
    return _current


def getlocale(category=LC_CTYPE):
    """Language and encoding."""
    if category == LC_ALL:
        raise TypeError("category LC_ALL is not supported")
    return ("C", "UTF-8") if _current == "C.UTF-8" else (None, None)


def getpreferredencoding(do_setlocale=True):
    """The encoding of files."""
    return "utf-8"


def getencoding():
    """The encoding of the locale."""
    return "utf-8"


def normalize(localename):
    """The usual name of a locale."""
    return localename


def localeconv():
    """How numbers and money are written."""
    return {"int_curr_symbol": "", "currency_symbol": "", "mon_decimal_point": "", "mon_thousands_sep": "",
            "mon_grouping": [], "positive_sign": "", "negative_sign": "", "int_frac_digits": CHAR_MAX,
            "frac_digits": CHAR_MAX, "p_cs_precedes": CHAR_MAX, "p_sep_by_space": CHAR_MAX, "n_cs_precedes": CHAR_MAX,
            "n_sep_by_space": CHAR_MAX, "p_sign_posn": CHAR_MAX, "n_sign_posn": CHAR_MAX, "decimal_point": ".",
            "thousands_sep": "", "grouping": []}


def strcoll(string1, string2, /):
    """-1, 0 or 1, by which of two texts comes first."""
    return (string1 > string2) - (string1 < string2)


def strxfrm(string, /):
    """A text that compares as this one does."""
    return string


def format_string(f, val, grouping=False, monetary=False):
    """`f % val`, with numbers as they are written."""
    return f % val


def currency(val, symbol=True, grouping=False, international=False):
    """A sum of money."""
    raise ValueError("Currency formatting is not possible using the 'C' locale.")


def str(val):
    """A float as text."""
    return "%.12g" % val


def delocalize(string):
    """A number as programs write it."""
    return string


def localize(string, grouping=False, monetary=False):
    """A number as it is written."""
    return string


def atof(string, func=float):
    """A float from text."""
    return func(delocalize(string))


def atoi(string):
    """An int from text."""
    return int(delocalize(string))
