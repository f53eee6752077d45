"""Days and times of day, alone and together, and what lies between them."""

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

import math as _math
import operator as _operator
import time as _time
from _datetime import _install
from _prelude import _as_builtin, _type_name
from operator import index as _index

MINYEAR = 1
MAXYEAR = 9999
_MAXORDINAL = 3652059

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _LENGTHS[month]


def _days_before_year(year):
    year -= 1
    return year * 365 + year // 4 - year // 100 + year // 400


def _days_before_month(year, month):
    return _BEFORE[month] + (month > 2 and _is_leap(year))


def _ymd2ord(year, month, day):
    return _days_before_year(year) + _days_before_month(year, month) + day


def _ord2ymd(n):
    # Cycles of 400, 100, 4 years and one.
    n -= 1
    n400, n = divmod(n, 146097)
    n100, n = divmod(n, 36524)
    n4, n = divmod(n, 1461)
    n1, n = divmod(n, 365)
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 or n100 == 4:
        return year - 1, 12, 31
    month = (n + 50) >> 5
    before = _days_before_month(year, month)
    if before > n:
        month -= 1
        before = _days_before_month(year, month)
    return year, month, n - before + 1


def _isoweek1monday(year):
    first = _ymd2ord(year, 1, 1)
    weekday = (first + 6) % 7
    monday = first - weekday
    return monday + 7 if weekday > 3 else monday


def _isoweek_to_gregorian(year, week, day):
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year must be in {MINYEAR}..{MAXYEAR}, not {year}")
    if not 0 < week < 53:
        bad = True
        if week == 53:
            first = _ymd2ord(year, 1, 1) % 7
            bad = not (first == 4 or first == 3 and _is_leap(year))
        if bad:
            raise ValueError(f"Invalid week: {week}")
    if not 0 < day < 8:
        raise ValueError(f"Invalid weekday: {day} (range is [1, 7])")
    n = _isoweek1monday(year) + (week - 1) * 7 + day - 1
    if not 1 <= n <= _MAXORDINAL:
        raise ValueError("year is out of range")
    return _ord2ymd(n)


def _check_date(year, month, day):
    year, month, day = int(_index(year)), int(_index(month)), int(_index(day))
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year must be in {MINYEAR}..{MAXYEAR}, not {year}")
    if not 1 <= month <= 12:
        raise ValueError(f"month must be in 1..12, not {month}")
    most = _days_in_month(year, month)
    if not 1 <= day <= most:
        raise ValueError(f"day {day} must be in range 1..{most} for month {month} in year {year}")
    return year, month, day


def _check_time(hour, minute, second, microsecond, fold):
    hour, minute, second, microsecond = (int(_index(number)) for number in (hour, minute, second, microsecond))
    for name, value, most in (("hour", hour, 23), ("minute", minute, 59), ("second", second, 59),
                              ("microsecond", microsecond, 999999)):
        if not 0 <= value <= most:
            raise ValueError(f"{name} must be in 0..{most}, not {value}")
    if fold not in (0, 1):
        raise ValueError(f"fold must be either 0 or 1, not {fold}")
    return hour, minute, second, microsecond


def _check_tzinfo(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{_type_name(tz)}'")


def _check_offset(name, offset):
    if offset is None:
        return
    if not isinstance(offset, timedelta):
        raise TypeError(f"tzinfo.{name}() must return None or timedelta, not '{_type_name(offset)}'")
    _check_offset_range(offset)


def _check_offset_range(offset):
    if not -_DAY < offset < _DAY:
        raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), "
                         f"not {offset!r}")


def _format_time(hour, minute, second, microsecond, timespec="auto"):
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    if timespec == "hours":
        return f"{hour:02d}"
    if timespec == "minutes":
        return f"{hour:02d}:{minute:02d}"
    if timespec == "seconds":
        return f"{hour:02d}:{minute:02d}:{second:02d}"
    if timespec == "milliseconds":
        return f"{hour:02d}:{minute:02d}:{second:02d}.{microsecond // 1000:03d}"
    if timespec == "microseconds":
        return f"{hour:02d}:{minute:02d}:{second:02d}.{microsecond:06d}"
    raise ValueError("Unknown timespec value")


def _format_offset(offset, sep=":"):
    if offset is None:
        return ""
    sign = "+"
    if offset._days < 0:
        sign, offset = "-", -offset
    minutes, seconds = divmod(offset._days * 86400 + offset._seconds, 60)
    text = f"{sign}{minutes // 60:02d}{sep}{minutes % 60:02d}"
    if seconds or offset._microseconds:
        text += f"{sep}{seconds:02d}"
        if offset._microseconds:
            text += f".{offset._microseconds:06d}"
    return text


def _strftime(moment, form, timetuple):
    # What time.strftime does not know: fractions, and what the object says of its zone.
    out = []
    n, end = 0, len(form)
    while n < end:
        c = form[n]
        n += 1
        if c != "%" or n == end:
            out.append(c)
            continue
        c = form[n]
        n += 1
        if c == "f":
            out.append(f"{getattr(moment, 'microsecond', 0):06d}")
        elif c == "z":
            out.append(_format_offset(moment.utcoffset(), "") if hasattr(moment, "utcoffset") else "")
        elif c == ":" and form[n:n + 1] == "z":
            n += 1
            out.append(_format_offset(moment.utcoffset()) if hasattr(moment, "utcoffset") else "")
        elif c == "Z":
            name = moment.tzname() if hasattr(moment, "tzname") else None
            out.append("" if name is None else name.replace("%", "%%"))
        elif c in "YG" and timetuple[0] < 1000:
            year = timetuple[0] if c == "Y" else date.isocalendar(moment)[0]
            out.append(f"{year:04d}")
        else:
            out.append("%" + c)
    return _time.strftime("".join(out), timetuple)


def _invalid(text):
    return ValueError(f"Invalid isoformat string: {text!r}")


def _digits(text):
    if not text.isascii() or not text.isdigit():
        raise ValueError
    return int(text)


def _parse_isodate(text):
    # The date at the beginning of a text, and how long it is.
    year = _digits(text[:4])
    if len(text) < 7:
        raise ValueError
    has_sep = text[4] == "-"
    n = 4 + has_sep
    if text[n:n + 1] == "W":
        n += 1
        week = _digits(text[n:n + 2])
        if len(text[n:n + 2]) != 2:
            raise ValueError
        n += 2
        day = 1
        if len(text) > n and (text[n] == "-") == has_sep and (text[n] == "-" or text[n].isdigit()):
            n += has_sep
            day = _digits(text[n:n + 1])
            n += 1
        return ("week", year, week, day), n
    month = text[n:n + 2]
    n += 2
    if (text[n:n + 1] == "-") != has_sep:
        raise ValueError
    n += has_sep
    day = text[n:n + 2]
    if len(month) != 2 or len(day) != 2:
        raise ValueError
    return ("day", year, _digits(month), _digits(day)), n + 2


def _date_of(parts):
    kind, *numbers = parts
    return _isoweek_to_gregorian(*numbers) if kind == "week" else tuple(numbers)


def _parse_clock(text):
    # hh[[:]mm[[:]ss[(.|,)f+]]]
    numbers = [0, 0, 0, 0]
    n = 0
    has_sep = None
    for place in range(3):
        part = text[n:n + 2]
        if len(part) != 2:
            raise ValueError
        numbers[place] = _digits(part)
        n += 2
        sign = text[n:n + 1]
        if not sign:
            return numbers
        if place == 2 or sign in ".,":
            break
        if has_sep is None:
            has_sep = sign == ":"
        if has_sep:
            if sign != ":":
                raise ValueError
            n += 1
    if place != 2 or text[n] not in ".,":
        raise ValueError
    fraction = text[n + 1:]
    if not fraction:
        raise ValueError
    _digits(fraction)
    numbers[3] = int((fraction + "00000")[:6])
    return numbers


def _parse_isotime(text):
    for n, c in enumerate(text):
        if c in "+-Z":
            break
    else:
        return *_parse_clock(text), None
    if n == 0:
        raise ValueError
    zone = text[n + 1:]
    clock = _parse_clock(text[:n])
    if text[n] == "Z":
        if zone:
            raise ValueError
        return *clock, timezone.utc
    hours, minutes, seconds, microseconds = _parse_clock(zone)
    if minutes > 59 or seconds > 59:
        raise ValueError
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
    return *clock, timezone(-offset if text[n] == "-" else offset)


def _divide_and_round(a, b):
    # a / b to the nearest int, halves to the even one.
    q, r = divmod(a, b)
    r *= 2
    if (r > b if b > 0 else r < b) or r == b and q % 2 == 1:
        q += 1
    return q


def _of_durations(name, duration=False):
    """A method that compares or combines two durations as their microseconds; is the result a duration, too?"""
    operate = getattr(_operator, name)

    def method(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        result = operate(self._micros(), other._micros())
        return timedelta._of(result) if duration else result

    method.__name__, method.__qualname__ = f"__{name}__", f"timedelta.__{name}__"
    return method


class timedelta:
    """A length of time, to the microsecond: timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks)."""

    __slots__ = "_days", "_seconds", "_microseconds", "_hashcode"

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        if (type(days) is type(seconds) is type(microseconds) is type(milliseconds) is type(minutes) is type(hours)
                is type(weeks) is int):
            seconds += ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60
            return cls._of(seconds * 1_000_000 + milliseconds * 1000 + microseconds)
        total = 0
        rest = 0.0
        for name, value, unit in (("days", days, 86400_000_000), ("seconds", seconds, 1_000_000),
                                  ("microseconds", microseconds, 1), ("milliseconds", milliseconds, 1000),
                                  ("minutes", minutes, 60_000_000), ("hours", hours, 3600_000_000),
                                  ("weeks", weeks, 604800_000_000)):
            if isinstance(value, int):
                total += int(value) * unit
            elif isinstance(value, float):
                fraction, whole = _math.modf(value)
                total += int(whole) * unit
                if fraction:
                    fraction, whole = _math.modf(fraction * unit)
                    total += int(whole)
                    rest += fraction
            else:
                raise TypeError(f"unsupported type for timedelta {name} component: {_type_name(value)}")
        if rest:
            whole = round(rest)
            if abs(whole - rest) == 0.5 and (total + whole) % 2:
                whole += 1 if rest > whole else -1
            total += whole
        return cls._of(total)

    @classmethod
    def _of(cls, total):
        seconds, microseconds = divmod(total, 1_000_000)
        days, seconds = divmod(seconds, 86400)
        if not -999999999 <= days <= 999999999:
            if not -2 ** 31 <= days < 2 ** 31:
                raise OverflowError("Python int too large to convert to C int")
            raise OverflowError(f"days={days}; must have magnitude <= 999999999")
        self = object.__new__(cls)
        self._days = days
        self._seconds = seconds
        self._microseconds = microseconds
        self._hashcode = -1
        return self

    def __repr__(self):
        parts = [f"{name}={value}" for name, value in (
            ("days", self._days), ("seconds", self._seconds), ("microseconds", self._microseconds)) if value]
        return f"{_shown_class(self)}({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f"{hours}:{minutes:02d}:{seconds:02d}"
        if self._days:
            text = f"{self._days} day{'' if abs(self._days) == 1 else 's'}, {text}"
        if self._microseconds:
            text += f".{self._microseconds:06d}"
        return text

    def total_seconds(self):
        return self._micros() / 10 ** 6

    def _micros(self):
        return (self._days * 86400 + self._seconds) * 1_000_000 + self._microseconds

    @property
    def days(self):
        return self._days

    @property
    def seconds(self):
        return self._seconds

    @property
    def microseconds(self):
        return self._microseconds

    __add__ = __radd__ = _of_durations("add", duration=True)
    __sub__ = _of_durations("sub", duration=True)

    def __rsub__(self, other):
        return -self + other

    def __neg__(self):
        return timedelta._of(-self._micros())

    def __pos__(self):
        return timedelta._of(self._micros())

    def __abs__(self):
        return -self if self._days < 0 else +self

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._micros() * int(other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta._of(_divide_and_round(self._micros() * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._micros() // other._micros()
        if isinstance(other, int):
            return timedelta._of(self._micros() // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._micros() / other._micros()
        if isinstance(other, int):
            if not other:
                raise ZeroDivisionError("division by zero")
            return timedelta._of(_divide_and_round(self._micros(), int(other)))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            if not a:
                raise ZeroDivisionError("division by zero")
            return timedelta._of(_divide_and_round(b * self._micros(), a))
        return NotImplemented

    __mod__ = _of_durations("mod", duration=True)

    def __divmod__(self, other):
        if isinstance(other, timedelta):
            q, r = divmod(self._micros(), other._micros())
            return q, timedelta._of(r)
        return NotImplemented

    __eq__, __le__, __lt__, __ge__, __gt__ = map(_of_durations, "eq le lt ge gt".split())

    def __hash__(self):
        if self._hashcode == -1:
            self._hashcode = hash((self._days, self._seconds, self._microseconds))
        return self._hashcode

    def __bool__(self):
        return self._days != 0 or self._seconds != 0 or self._microseconds != 0

    def __reduce__(self):
        return self.__class__, (self._days, self._seconds, self._microseconds)


def _shown_class(value):
    # The classes of this module are shown with it, those that are made of them without.
    cls = type(value)
    return f"datetime.{cls.__name__}" if cls.__module__ == "datetime" else cls.__qualname__


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)
_DAY = timedelta(1)


class IsoCalendarDate(tuple):
    """A day by the ISO week it lies in: a tuple of year, week and weekday, which are attributes too."""

    __slots__ = ()

    def __new__(cls, year, week, weekday, /):
        return super().__new__(cls, (year, week, weekday))

    @property
    def year(self):
        return self[0]

    @property
    def week(self):
        return self[1]

    @property
    def weekday(self):
        return self[2]

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


_MISSING = object()


def _require(name, position, value):
    if value is _MISSING:
        raise TypeError(f"function missing required argument '{name}' (pos {position})")


class date:
    """A day of the Gregorian calendar, taken back to the year 1: date(year, month, day)."""

    __slots__ = "_year", "_month", "_day", "_hashcode"

    def __new__(cls, year=_MISSING, month=_MISSING, day=_MISSING):
        if month is _MISSING and isinstance(year, bytes) and len(year) == 4 and 1 <= year[2] <= 12:
            return cls._from_bytes(year)
        _require("year", 1, year)
        _require("month", 2, month)
        _require("day", 3, day)
        self = object.__new__(cls)
        self._year, self._month, self._day = _check_date(year, month, day)
        self._hashcode = -1
        return self

    @classmethod
    def _from_bytes(cls, state):
        return cls(state[0] * 256 + state[1], state[2], state[3])

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        if timestamp is None:
            raise TypeError("'NoneType' object cannot be interpreted as an integer")
        y, m, d, *_ = _time.localtime(timestamp)
        return cls(y, m, d)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, ordinal, /):
        ordinal = _index(ordinal)
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        if ordinal > _MAXORDINAL:
            raise ValueError("year 10000 is out of range" if ordinal < _MAXORDINAL + 367 else "year is out of range")
        return cls(*_ord2ymd(ordinal))

    @classmethod
    def fromisoformat(cls, string, /):
        if not isinstance(string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            if len(string) not in (7, 8, 10):
                raise ValueError
            parts, end = _parse_isodate(string)
            if end != len(string):
                raise ValueError
            numbers = _date_of(parts)
        except ValueError:
            raise _invalid(string) from None
        return cls(*numbers)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        return cls(*_isoweek_to_gregorian(_index(year), _index(week), _index(day)))

    @classmethod
    def strptime(cls, string, format, /):
        import _strptime
        return _strptime.date_of(cls, string, format)

    def __repr__(self):
        return f"{_shown_class(self)}({self._year}, {self._month}, {self._day})"

    def ctime(self):
        return f"{_DAYS[self.weekday()]} {_MONTHS[self._month - 1]} {self._day:2d} 00:00:00 {self._year:04d}"

    def strftime(self, format):
        if not isinstance(format, str):
            raise TypeError(f"strftime() argument 1 must be str, not {_type_name(format)}")
        return _strftime(self, format, self.timetuple())

    def __format__(self, spec, /):
        if not isinstance(spec, str):
            raise TypeError(f"__format__() argument 1 must be str, not {_type_name(spec)}")
        return self.strftime(spec) if spec else str(self)

    def isoformat(self):
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}"

    def __str__(self):
        return self.isoformat()

    @property
    def year(self):
        return self._year

    @property
    def month(self):
        return self._month

    @property
    def day(self):
        return self._day

    def timetuple(self):
        return self._tuple(0, 0, 0, -1)

    def _tuple(self, hour, minute, second, dst):
        yday = _days_before_month(self._year, self._month) + self._day
        return _time.struct_time((self._year, self._month, self._day, hour, minute, second, self.weekday(), yday, dst))

    def toordinal(self):
        return _ymd2ord(self._year, self._month, self._day)

    def replace(self, year=None, month=None, day=None):
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day)

    __replace__ = replace

    def _ymd(self):
        return self._year, self._month, self._day

    def _comparable(self, other):
        return isinstance(other, date) and not isinstance(other, datetime)

    def __eq__(self, other):
        return self._ymd() == other._ymd() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._ymd() <= other._ymd() if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return self._ymd() < other._ymd() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._ymd() >= other._ymd() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._ymd() > other._ymd() if self._comparable(other) else NotImplemented

    def __hash__(self):
        if self._hashcode == -1:
            self._hashcode = hash(self._state())
        return self._hashcode

    def __add__(self, other):
        if isinstance(other, timedelta):
            n = self.toordinal() + other._days
            if 0 < n <= _MAXORDINAL:
                return type(self)(*_ord2ymd(n))
            raise OverflowError("date value out of range")
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other._days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        year = self._year
        monday = _isoweek1monday(year)
        today = _ymd2ord(self._year, self._month, self._day)
        week, day = divmod(today - monday, 7)
        if week < 0:
            year -= 1
            week, day = divmod(today - _isoweek1monday(year), 7)
        elif week >= 52 and today >= _isoweek1monday(year + 1):
            year += 1
            week = 0
        return IsoCalendarDate(year, week + 1, day + 1)

    def _state(self):
        return bytes([self._year // 256, self._year % 256, self._month, self._day])

    def __reduce__(self):
        return self.__class__, (self._state(),)


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


class tzinfo:
    """A time zone; a class of the program says in its methods what its offsets and names are."""

    __slots__ = ()

    def tzname(self, dt, /):
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def utcoffset(self, dt, /):
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt, /):
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt, /):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        dst = dt.dst()
        if dst is None:
            raise ValueError("fromutc: non-None dst() result required")
        delta = offset - dst
        if delta:
            dt += delta
            dst = dt.dst()
            if dst is None:
                raise ValueError("fromutc: tz.dst() gave inconsistent results; cannot convert")
        return dt + dst

    def __reduce__(self):
        get = getattr(self, "__getinitargs__", None)
        return self.__class__, get() if get is not None else (), self.__getstate__()


class time:
    """A time of day: time(hour, minute, second, microsecond, tzinfo), each of which may be left out."""

    __slots__ = "_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_hashcode", "_fold"

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, bytes) and len(hour) == 6 and hour[0] & 0x7F < 24:
            state, tz = hour, minute or None
            return cls(state[0] & 0x7F, state[1], state[2], int.from_bytes(state[3:]), tz, fold=state[0] >> 7)
        hour, minute, second, microsecond = _check_time(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        made = object.__new__(cls)
        made._hour, made._minute, made._second, made._microsecond = hour, minute, second, microsecond
        made._tzinfo, made._fold, made._hashcode = tzinfo, int(fold), -1
        return made

    @classmethod
    def strptime(cls, string, format, /):
        import _strptime
        return _strptime.time_of(cls, string, format)

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    def _compare(self, other, for_equality=False):
        mine, yours = self._tzinfo, other._tzinfo
        offsets = None, None
        if mine is not yours:
            offsets = self.utcoffset(), other.utcoffset()
        if offsets[0] == offsets[1]:
            a = self._hour, self._minute, self._second, self._microsecond
            b = other._hour, other._minute, other._second, other._microsecond
        elif None in offsets:
            if for_equality:
                return 2
            raise TypeError("can't compare offset-naive and offset-aware times")
        else:
            a, b = self._since_midnight(offsets[0]), other._since_midnight(offsets[1])
        return (a > b) - (a < b)

    def _since_midnight(self, offset):
        clock = timedelta(hours=self._hour, minutes=self._minute, seconds=self._second, microseconds=self._microsecond)
        return clock - offset if offset else clock

    def __eq__(self, other):
        return self._compare(other, True) == 0 if isinstance(other, time) else NotImplemented

    def __le__(self, other):
        return self._compare(other) <= 0 if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._compare(other) < 0 if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._compare(other) >= 0 if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._compare(other) > 0 if isinstance(other, time) else NotImplemented

    def __hash__(self):
        if self._hashcode == -1:
            me = self.replace(fold=0) if self._fold else self
            offset = me.utcoffset()
            self._hashcode = hash(me._state()) if not offset else hash(me._since_midnight(offset))
        return self._hashcode

    def __repr__(self):
        if self._microsecond:
            inside = f"{self._hour}, {self._minute}, {self._second}, {self._microsecond}"
        elif self._second:
            inside = f"{self._hour}, {self._minute}, {self._second}"
        else:
            inside = f"{self._hour}, {self._minute}"
        if self._tzinfo is not None:
            inside += f", tzinfo={self._tzinfo!r}"
        if self._fold:
            inside += ", fold=1"
        return f"{_shown_class(self)}({inside})"

    def isoformat(self, timespec="auto"):
        text = _format_time(self._hour, self._minute, self._second, self._microsecond, timespec)
        return text + _format_offset(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    @classmethod
    def fromisoformat(cls, string, /):
        if not isinstance(string, str):
            raise TypeError("fromisoformat: argument must be str")
        text = string.removeprefix("T")
        try:
            hour, minute, second, microsecond, tz = _parse_isotime(text)
            if hour == 24:
                if minute or second or microsecond:
                    raise ValueError("minute, second, and microsecond must be 0 when hour is 24")
                hour = 0
        except ValueError as error:
            if error.args:
                raise
            raise _invalid(string) from None
        return cls(hour, minute, second, microsecond, tz)

    def strftime(self, format):
        if not isinstance(format, str):
            raise TypeError(f"strftime() argument 1 must be str, not {_type_name(format)}")
        return _strftime(self, format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))

    def __format__(self, spec, /):
        if not isinstance(spec, str):
            raise TypeError(f"__format__() argument 1 must be str, not {_type_name(spec)}")
        return self.strftime(spec) if spec else str(self)

    def utcoffset(self):
        if self._tzinfo is None:
            return None
        offset = self._tzinfo.utcoffset(None)
        _check_offset("utcoffset", offset)
        return offset

    def tzname(self):
        return None if self._tzinfo is None else _named(self._tzinfo.tzname(None))

    def dst(self):
        if self._tzinfo is None:
            return None
        offset = self._tzinfo.dst(None)
        _check_offset("dst", offset)
        return offset

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(
            self._hour if hour is None else hour, self._minute if minute is None else minute,
            self._second if second is None else second, self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    __replace__ = replace

    def _state(self):
        return bytes([self._hour, self._minute, self._second]) + self._microsecond.to_bytes(3)

    def __reduce_ex__(self, protocol):
        state = self._state()
        if self._fold and protocol > 3:
            state = bytes([state[0] | 0x80]) + state[1:]
        return self.__class__, (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _named(name):
    if name is not None and not isinstance(name, str):
        raise TypeError(f"tzinfo.tzname() must return None or a string, not '{_type_name(name)}'")
    return name


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)


class datetime(date):
    """A moment: datetime(year, month, day, hour, minute, second, microsecond, tzinfo)."""

    __slots__ = "_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold"

    def __new__(cls, year=_MISSING, month=_MISSING, day=_MISSING, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *,
                fold=0):
        if isinstance(year, bytes) and len(year) == 10 and 1 <= year[2] & 0x7F <= 12:
            s, tz = year, None if month is _MISSING else month
            return cls(s[0] * 256 + s[1], s[2] & 0x7F, s[3], s[4], s[5], s[6], int.from_bytes(s[7:]), tz, fold=s[2] >> 7)
        _require("year", 1, year)
        _require("month", 2, month)
        _require("day", 3, day)
        year, month, day = _check_date(year, month, day)
        hour, minute, second, microsecond = _check_time(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        made = object.__new__(cls)
        made._year, made._month, made._day = year, month, day
        made._hour, made._minute, made._second, made._microsecond = hour, minute, second, microsecond
        made._tzinfo, made._fold, made._hashcode = tzinfo, int(fold), -1
        return made

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    @classmethod
    def _fromtimestamp(cls, t, utc, tz):
        if isinstance(t, float):
            if not _math.isfinite(t):
                if t != t:
                    raise ValueError("Invalid value NaN (not a number)")
                raise OverflowError("cannot convert float infinity to integer")
            fraction, whole = _math.modf(t)
            microsecond = round(fraction * 1e6)
            if microsecond >= 1000000:
                whole += 1
                microsecond -= 1000000
            elif microsecond < 0:
                whole -= 1
                microsecond += 1000000
            t = int(whole)
            if microsecond == 1000000:
                t, microsecond = t + 1, 0
        else:
            t, microsecond = _index(t), 0
        if not -2 ** 63 <= t < 2 ** 63:
            raise OverflowError("timestamp out of range for platform time_t")
        if not -62135596800 <= t <= 253402300799:
            year = 1970 + t // 31556952
            raise ValueError(f"year must be in 1..9999, not {year}")
        convert = _time.gmtime if utc else _time.localtime
        y, m, d, hour, minute, second, *_ = convert(t)
        made = cls(y, m, d, hour, minute, min(second, 59), microsecond, tz)
        return tz.fromutc(made) if tz is not None else made

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        _check_tzinfo(tz)
        return cls._fromtimestamp(timestamp, tz is not None, tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        import warnings
        warnings.warn("datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future version. Use "
                      "timezone-aware objects to represent datetimes in UTC: datetime.datetime.fromtimestamp(timestamp, "
                      "datetime.UTC).", DeprecationWarning, stacklevel=2)
        return cls._fromtimestamp(timestamp, True, None)

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        import warnings
        warnings.warn("datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use "
                      "timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).",
                      DeprecationWarning, stacklevel=2)
        return cls._fromtimestamp(_time.time(), True, None)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        if not isinstance(date, _date_class):
            raise TypeError(f"combine() argument 1 must be datetime.date, not {_type_name(date)}")
        if not isinstance(time, _time_class):
            raise TypeError(f"combine() argument 2 must be datetime.time, not {_type_name(time)}")
        if tzinfo is True:
            tzinfo = time.tzinfo
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, tzinfo,
                   fold=time.fold)

    @classmethod
    def fromisoformat(cls, string, /):
        if not isinstance(string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            parts, end = _parse_isodate(string)
            clock = 0, 0, 0, 0, None
            next_day = False
            if end < len(string):
                if end + 1 == len(string):
                    raise ValueError
                clock = _parse_isotime(string[end + 1:])
                if clock[0] == 24:
                    if any(clock[1:4]):
                        raise ValueError("minute, second, and microsecond must be 0 when hour is 24")
                    clock = 0, *clock[1:]
                    next_day = True
            numbers = _date_of(parts)
        except ValueError as error:
            if error.args and not str(error).startswith(("Invalid week", "year")):
                raise
            raise _invalid(string) from None
        made = cls(*numbers, *clock)
        return made + _DAY if next_day else made

    @classmethod
    def strptime(cls, string, format, /):
        import _strptime
        return _strptime.datetime_of(cls, string, format)

    def timetuple(self):
        dst = self.dst()
        return self._tuple(self._hour, self._minute, self._second, -1 if dst is None else int(bool(dst)))

    def utctimetuple(self):
        offset = self.utcoffset()
        me = self - offset if offset else self
        return me._tuple(me._hour, me._minute, me._second, 0)

    def _local_seconds(self):
        # Seconds since the epoch of a moment without zone, as the local clock has it.
        def local(u):
            return (datetime(*_time.localtime(u)[:6]) - _EPOCH) // timedelta(0, 1)

        t = (self.replace(tzinfo=None) - _EPOCH) // timedelta(0, 1)
        a = local(t) - t
        u1 = t - a
        t1 = local(u1)
        if t1 == t:
            u2 = u1 + (-86400, 86400)[self._fold]
            b = local(u2) - u2
            if a == b:
                return u1
        else:
            b = t1 - u1
        u2 = t - b
        if local(u2) == t:
            return u2
        if t1 == t:
            return u1
        return (max, min)[self._fold](u1, u2)

    def timestamp(self):
        if self._tzinfo is None:
            return self._local_seconds() + self._microsecond / 1e6
        return (self - _EPOCH.replace(tzinfo=timezone.utc)).total_seconds()

    def date(self):
        return _date_class(self._year, self._month, self._day)

    def time(self):
        return _time_class(self._hour, self._minute, self._second, self._microsecond, fold=self._fold)

    def timetz(self):
        return _time_class(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *,
                fold=None):
        return type(self)(
            self._year if year is None else year, self._month if month is None else month,
            self._day if day is None else day, self._hour if hour is None else hour,
            self._minute if minute is None else minute, self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond, self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold)

    __replace__ = replace

    def _local_timezone(self):
        if self._tzinfo is None:
            seconds = self._local_seconds()
        else:
            seconds = (self - _EPOCH.replace(tzinfo=timezone.utc)) // timedelta(seconds=1)
        local = _time.localtime(seconds)
        return timezone(timedelta(seconds=local.tm_gmtoff), local.tm_zone)

    def astimezone(self, tz=None):
        if tz is None:
            tz = self._local_timezone()
        elif not isinstance(tz, tzinfo):
            raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{_type_name(tz)}'")
        mine = self._tzinfo
        if mine is None:
            mine = self._local_timezone()
            offset = mine.utcoffset(self)
        elif tz is mine:
            return self
        else:
            offset = self.utcoffset()
            if offset is None:
                mine = self.replace(tzinfo=None)._local_timezone()
                offset = mine.utcoffset(self)
        return tz.fromutc((self - offset).replace(tzinfo=tz))

    def ctime(self):
        return (f"{_DAYS[self.weekday()]} {_MONTHS[self._month - 1]} {self._day:2d} "
                f"{self._hour:02d}:{self._minute:02d}:{self._second:02d} {self._year:04d}")

    def isoformat(self, sep="T", timespec="auto"):
        if not isinstance(sep, str) or len(sep) != 1:
            got = f"a string of length {len(sep)}" if isinstance(sep, str) else _type_name(sep)
            raise TypeError(f"isoformat() argument 1 must be a unicode character, not {got}")
        text = _format_time(self._hour, self._minute, self._second, self._microsecond, timespec)
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}{sep}{text}{_format_offset(self.utcoffset())}"

    def __repr__(self):
        parts = [self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond]
        if not parts[-1]:
            parts.pop()
            if not parts[-1]:
                parts.pop()
        inside = ", ".join(map(str, parts))
        if self._fold:
            inside += ", fold=1"
        if self._tzinfo is not None:
            inside += f", tzinfo={self._tzinfo!r}"
        return f"{_shown_class(self)}({inside})"

    def __str__(self):
        return self.isoformat(sep=" ")

    def utcoffset(self):
        if self._tzinfo is None:
            return None
        offset = self._tzinfo.utcoffset(self)
        _check_offset("utcoffset", offset)
        return offset

    def tzname(self):
        return None if self._tzinfo is None else _named(self._tzinfo.tzname(self))

    def dst(self):
        if self._tzinfo is None:
            return None
        offset = self._tzinfo.dst(self)
        _check_offset("dst", offset)
        return offset

    def _fields(self):
        return (self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond)

    def _compare(self, other, for_equality=False):
        if self._tzinfo is other._tzinfo:
            a, b = self._fields(), other._fields()
            return (a > b) - (a < b)
        mine, yours = self.utcoffset(), other.utcoffset()
        if for_equality:
            # A moment that may be two is equal to none in another zone.
            if mine != self.replace(fold=not self._fold).utcoffset():
                return 2
            if yours != other.replace(fold=not other._fold).utcoffset():
                return 2
        if mine == yours:
            a, b = self._fields(), other._fields()
            return (a > b) - (a < b)
        if mine is None or yours is None:
            if for_equality:
                return 2
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        difference = self - other
        if difference._days < 0:
            return -1
        return 1 if difference else 0

    def __eq__(self, other):
        return self._compare(other, True) == 0 if isinstance(other, datetime) else NotImplemented

    def __le__(self, other):
        return self._compare(other) <= 0 if isinstance(other, datetime) else NotImplemented

    def __lt__(self, other):
        return self._compare(other) < 0 if isinstance(other, datetime) else NotImplemented

    def __ge__(self, other):
        return self._compare(other) >= 0 if isinstance(other, datetime) else NotImplemented

    def __gt__(self, other):
        return self._compare(other) > 0 if isinstance(other, datetime) else NotImplemented

    def _micros(self):
        # Since the day before the first.
        seconds = (_ymd2ord(self._year, self._month, self._day) * 24 + self._hour) * 3600 + self._minute * 60 + self._second
        return seconds * 1_000_000 + self._microsecond

    def __add__(self, other):
        return self._moved(other._micros()) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def _moved(self, micros):
        seconds, microsecond = divmod(self._micros() + micros, 1_000_000)
        days, seconds = divmod(seconds, 86400)
        if not 0 < days <= _MAXORDINAL:
            raise OverflowError("date value out of range")
        minutes, second = divmod(seconds, 60)
        return type(self)(*_ord2ymd(days), *divmod(minutes, 60), second, microsecond, self._tzinfo)

    def __sub__(self, other):
        if not isinstance(other, datetime):
            if isinstance(other, timedelta):
                return self._moved(-other._micros())
            return NotImplemented
        difference = timedelta._of(self._micros() - other._micros())
        if self._tzinfo is other._tzinfo:
            return difference
        mine, yours = self.utcoffset(), other.utcoffset()
        if mine == yours:
            return difference
        if mine is None or yours is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return difference + yours - mine

    def __hash__(self):
        if self._hashcode == -1:
            me = self.replace(fold=0) if self._fold else self
            offset = me.utcoffset()
            self._hashcode = hash(me._state()) if offset is None else hash(me._micros() - offset._micros())
        return self._hashcode

    def _state(self):
        return bytes([self._year // 256, self._year % 256, self._month, self._day, self._hour, self._minute,
                      self._second]) + self._microsecond.to_bytes(3)

    def __reduce_ex__(self, protocol):
        state = self._state()
        if self._fold and protocol > 3:
            state = state[:2] + bytes([state[2] | 0x80]) + state[3:]
        return self.__class__, (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


_date_class, _time_class = date, time
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1)


class timezone(tzinfo):
    """A time zone that is always as far from UTC."""

    __slots__ = "_offset", "_name"

    def __new__(cls, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {_type_name(offset)}")
        if name is not None and not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {_type_name(name)}")
        if name is None and not offset:
            return cls.utc
        _check_offset_range(offset)
        return cls._create(offset, name)

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    @classmethod
    def _create(cls, offset, name=None):
        self = tzinfo.__new__(cls)
        self._offset = offset
        self._name = name
        return self

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __reduce__(self):
        return self.__class__, self.__getinitargs__(), None

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is self.utc:
            return "datetime.timezone.utc"
        if self._name is None:
            return f"datetime.timezone({self._offset!r})"
        return f"datetime.timezone({self._offset!r}, {self._name!r})"

    def __str__(self):
        return self.tzname(None)

    def _check(self, name, dt):
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError(f"{name}(dt) argument must be a datetime instance or None, not {_type_name(dt)}")

    def utcoffset(self, dt, /):
        self._check("utcoffset", dt)
        return self._offset

    def tzname(self, dt, /):
        self._check("tzname", dt)
        if self._name is not None:
            return self._name
        return "UTC" + _format_offset(self._offset) if self._offset else "UTC"

    def dst(self, dt, /):
        self._check("dst", dt)
        return None

    def fromutc(self, dt, /):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset


UTC = timezone.utc = timezone._create(timedelta(0))
timezone.min = timezone._create(-timedelta(hours=23, minutes=59))
timezone.max = timezone._create(timedelta(hours=23, minutes=59))

_install(timedelta(0), date(1, 1, 1), datetime(1, 1, 1), UTC)
for _class in (timedelta, date, time, datetime, timezone):
    _as_builtin(_class, _class is timezone)
del _class
