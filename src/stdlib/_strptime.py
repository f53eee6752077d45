"""Reading dates and times by a format."""

import datetime
import re

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december"]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _any_of(names):
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_PARTS = {
    "d": r"(?P<d>3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9])", "f": r"(?P<f>[0-9]{1,6})", "H": r"(?P<H>2[0-3]|[0-1]\d|\d| \d)",
    "I": r"(?P<I>1[0-2]|0[1-9]|[1-9]| [1-9])", "G": r"(?P<G>\d\d\d\d)",
    "j": r"(?P<j>36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9])",
    "m": r"(?P<m>1[0-2]|0[1-9]|[1-9]| [1-9])", "M": r"(?P<M>[0-5]\d|\d)", "S": r"(?P<S>6[0-1]|[0-5]\d|\d)",
    "U": r"(?P<U>5[0-3]|[0-4]\d|\d)", "W": r"(?P<W>5[0-3]|[0-4]\d|\d)", "w": r"(?P<w>[0-6])", "u": r"(?P<u>[1-7])",
    "V": r"(?P<V>5[0-3]|0[1-9]|[1-4]\d|\d)", "y": r"(?P<y>\d\d)", "Y": r"(?P<Y>\d\d\d\d)",
    "z": r"(?P<z>([+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?)|(?-i:Z))?",
    "A": f"(?P<A>{_any_of(_DAYS)})", "a": f"(?P<a>{_any_of(day[:3] for day in _DAYS)})",
    "B": f"(?P<B>{_any_of(_MONTHS)})", "b": f"(?P<b>{_any_of(month[:3] for month in _MONTHS)})",
    "p": "(?P<p>am|pm)", "Z": "(?P<Z>utc|gmt)", "%": "%",
}
# What strftime fills up with spaces is read like the rest.
_PARTS |= {"e": _PARTS["d"], "k": _PARTS["H"], "l": _PARTS["I"], "P": _PARTS["p"]}
_SHORT = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "T": "%H:%M:%S", "R": "%H:%M", "r": "%I:%M:%S %p"}
# A directive: flags and a width say how it is written, and nothing about how it is read.
_DIRECTIVE = re.compile(r"%[-_0^#]*[0-9]*([EO]?.?)", re.DOTALL)
_known = {}


def _compiled(form):
    found = _known.get(form)
    if found is not None:
        return found
    out = []
    day_seen = year_seen = False
    expanded = re.sub(r"%(%|[cxXTRr])", lambda match: match[0] if match[1] == "%" else _SHORT[match[1]], form)
    n = 0
    while n < len(expanded):
        c = expanded[n]
        if c == "%":
            directive = _DIRECTIVE.match(expanded, n)
            letter = directive[1]
            try:
                out.append(_PARTS[letter])
            except KeyError:
                if not letter:
                    raise ValueError(f"stray % in format '{form}'") from None
                raise ValueError(f"'{letter}' is a bad directive in format '{form}'") from None
            day_seen |= letter == "d"
            year_seen |= letter in "yYG"
            n = directive.end()
        elif c.isspace():
            while n < len(expanded) and expanded[n].isspace():
                n += 1
            out.append(r"\s+")
        else:
            out.append(re.escape(c))
            n += 1
    if day_seen and not year_seen:
        import warnings
        warnings.warn("""\
Parsing dates involving a day of month without a year specified is ambiguous
and fails to parse leap day. The default behavior will change in Python 3.15
to either always raise an exception or to use a different default year (TBD).
To avoid trouble, add a specific year to the input & format.
See https://github.com/python/cpython/issues/70647.""", DeprecationWarning, stacklevel=4)
    made = re.compile("".join(out), re.IGNORECASE)
    if len(_known) > 5:
        _known.clear()
    if not day_seen or year_seen:
        _known[form] = made
    return made


def _of_week(year, week, weekday, starts_monday):
    # Which day of the year it is; week 0 is what lies before the first whole week.
    first = datetime.date(year, 1, 1).weekday()
    if not starts_monday:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    before = (7 - first) % 7
    if week == 0:
        return 1 + weekday - first
    return 1 + before + 7 * (week - 1) + weekday


def _parse(string, form):
    for n, value in enumerate((string, form)):
        if not isinstance(value, str):
            raise TypeError(f"strptime() argument {n} must be str, not {type(value)}")
    match = _compiled(form).match(string)
    if match is None:
        raise ValueError(f"time data {string!r} does not match format {form!r}")
    if len(string) != match.end():
        raise ValueError(f"unconverted data remains: {string[match.end():]}")
    found = {name: text for name, text in match.groupdict().items() if text is not None}
    year = None
    month = day = 1
    hour = minute = second = microsecond = 0
    weekday = yearday = iso_year = iso_week = week = None
    starts_monday = False
    zone = offset = None
    if "Y" in found:
        year = int(found["Y"])
    elif "y" in found:
        year = int(found["y"])
        year += 2000 if year <= 68 else 1900
    if "G" in found:
        iso_year = int(found["G"])
    if "m" in found:
        month = int(found["m"])
    for letter in "Bbh":
        if letter in found:
            name = found[letter].lower()
            month = 1 + next(n for n, full in enumerate(_MONTHS) if (full if letter == "B" else full[:3]) == name)
    if "d" in found:
        day = int(found["d"])
    if "H" in found:
        hour = int(found["H"])
    if "I" in found:
        hour = int(found["I"]) % 12
        if found.get("p", "").lower() == "pm":
            hour += 12
    if "M" in found:
        minute = int(found["M"])
    if "S" in found:
        second = int(found["S"])
    if "f" in found:
        microsecond = int(found["f"].ljust(6, "0"))
    for letter in "Aa":
        if letter in found:
            name = found[letter].lower()
            weekday = next(n for n, full in enumerate(_DAYS) if (full if letter == "A" else full[:3]) == name)
    if "w" in found:
        weekday = (int(found["w"]) + 6) % 7
    if "u" in found:
        weekday = int(found["u"]) - 1
    if "j" in found:
        yearday = int(found["j"])
    for letter in "UW":
        if letter in found:
            week = int(found[letter])
            starts_monday = letter == "W"
    if "V" in found:
        iso_week = int(found["V"])
    if "z" in found:
        text = found["z"]
        if text in ("Z", "z"):
            offset = datetime.timedelta(0)
        else:
            if text[3] == ":":
                text = text[:3] + text[4:]
                if len(text) > 5:
                    if text[5] != ":":
                        raise ValueError(f"Inconsistent use of : in {found['z']}")
                    text = text[:5] + text[6:]
            fraction = (text[8:] or "0").ljust(6, "0")
            offset = datetime.timedelta(hours=int(text[1:3]), minutes=int(text[3:5]), seconds=int(text[5:7] or 0),
                                        microseconds=int(fraction))
            if text.startswith("-"):
                offset = -offset
    if "Z" in found:
        zone = found["Z"]
    if iso_year is not None:
        if yearday is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' "
                             "instead.")
        if iso_week is None or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive "
                             "('%A', '%a', '%w', or '%u').")
    elif iso_week is not None:
        if year is None or weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive "
                             "('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' "
                         "instead.")
    leap_day = False
    if year is None:
        # The 29th of February needs a year that has one.
        if month == 2 and day == 29:
            year, leap_day = 1904, True
        else:
            year = 1900
    if yearday is None and weekday is not None:
        if week is not None:
            yearday = _of_week(year, week, weekday, starts_monday)
        elif iso_year is not None and iso_week is not None:
            monday = datetime.date.fromisocalendar(iso_year, iso_week, weekday + 1)
            year, month, day = monday.year, monday.month, monday.day
        if yearday is not None and yearday <= 0:
            year -= 1
            yearday += 366 if datetime._is_leap(year) else 365
    if yearday is not None:
        moment = datetime.date.fromordinal(yearday - 1 + datetime.date(year, 1, 1).toordinal())
        year, month, day = moment.year, moment.month, moment.day
    if leap_day:
        year = 1900
    return year, month, day, hour, minute, second, microsecond, zone, offset


def datetime_of(cls, string, form="%a %b %d %H:%M:%S %Y"):
    *numbers, zone, offset = _parse(string, form)
    if offset is not None:
        numbers.append(datetime.timezone(offset) if zone is None else datetime.timezone(offset, zone))
    return cls(*numbers)


def date_of(cls, string, form):
    return cls(*_parse(string, form)[:3])


def time_of(cls, string, form):
    _, _, _, *numbers, zone, offset = _parse(string, form)
    if offset is not None:
        numbers.append(datetime.timezone(offset) if zone is None else datetime.timezone(offset, zone))
    return cls(*numbers)


def struct_time_of(string, form="%a %b %d %H:%M:%S %Y"):
    import time

    year, month, day, hour, minute, second, _, zone, offset = _parse(string, form)
    # A 29th of February without a year is one of some year that has it.
    date = datetime.date(1904 if (year, month, day) == (1900, 2, 29) else year, month, day)
    clock = hour, minute, second, date.weekday(), date.timetuple().tm_yday
    seconds = None if offset is None else offset.days * 86400 + offset.seconds
    return time.struct_time((year, month, day, *clock, -1 if zone is None else 0, zone, seconds))
