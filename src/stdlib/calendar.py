"""Calendars, as data, text and HTML."""

__all__ = [
    "IllegalMonthError", "IllegalWeekdayError", "setfirstweekday", "firstweekday", "isleap", "leapdays", "weekday",
    "monthrange", "monthcalendar", "prmonth", "month", "prcal", "calendar", "timegm", "month_name", "month_abbr",
    "standalone_month_name", "standalone_month_abbr", "day_name", "day_abbr", "Calendar", "TextCalendar", "HTMLCalendar",
    "LocaleTextCalendar", "LocaleHTMLCalendar", "weekheader", "Day", "Month", "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY",
    "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY",
    "FRIDAY", "SATURDAY", "SUNDAY",
]

import datetime
import enum
import warnings
from itertools import batched

error = ValueError


class IllegalMonthError(ValueError, IndexError):
    """There is no month of this number."""

    def __init__(self, month):
        self.month = month

    def __str__(self):
        return f"bad month number {self.month!r}; must be 1-12"


class IllegalWeekdayError(ValueError):
    """There is no weekday of this number."""

    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return f"bad weekday number {self.weekday!r}; must be 0 (Monday) to 6 (Sunday)"


_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

Month = enum.IntEnum("Month", [name.upper() for name in _MONTHS], module=__name__)
Day = enum.IntEnum("Day", [name.upper() for name in _DAYS], start=0, module=__name__)
for _named in Month, Day:
    enum.global_enum(_named)

mdays = [0, 31, 28, *(30 + (number in (3, 5, 7, 8, 10, 12)) for number in range(3, 13))]


def __getattr__(name):
    if name not in ("January", "February"):
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    message = f"The '{name}' attribute is deprecated, use '{name.upper()}' instead"
    warnings.warn(message, DeprecationWarning, stacklevel=2)
    return Month[name.upper()]


class _Names:
    """Names as `strftime` has them at the moment of asking."""

    def __init__(self, format, dates):
        self._format = format
        self._dates = dates

    def _name(self, date):
        return date.strftime(self._format) if date else ""

    def __getitem__(self, place):
        found = self._dates[place]
        return [self._name(date) for date in found] if isinstance(place, slice) else self._name(found)

    def __len__(self):
        return len(self._dates)


_FIRSTS = [None, *(datetime.date(2001, number, 1) for number in range(1, 13))]
_WEEK = [datetime.date(2001, 1, 1 + number) for number in range(7)]

day_name = _Names("%A", _WEEK)
day_abbr = _Names("%a", _WEEK)
month_name = standalone_month_name = _Names("%B", _FIRSTS)
month_abbr = standalone_month_abbr = _Names("%b", _FIRSTS)


def isleap(year):
    """Does this year have a 29th of February?"""
    return year % (400 if year % 100 == 0 else 4) == 0


def leapdays(y1, y2):
    """How many leap years there are from y1 up to y2."""
    leaps = [(year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400 for year in (y1, y2)]
    return leaps[1] - leaps[0]


def weekday(year, month, day):
    """The day of the week of a date."""
    if year < datetime.MINYEAR or datetime.MAXYEAR < year:
        # The calendar comes again after 400 years.
        year = year % 400 + 2000
    return Day(datetime.date(year, month, day).weekday())


def _length(year, month):
    return mdays[month] + (month == 2 and isleap(year))


def _check_month(month):
    if month < 1 or month > 12:
        raise IllegalMonthError(month)


def monthrange(year, month):
    """The day of the week on which a month begins, and how many days it has."""
    _check_month(month)
    return weekday(year, month, 1), _length(year, month)


def _beside(year, month, step):
    """The month before or after one."""
    year, month = divmod(year * 12 + month - 1 + step, 12)
    return year, month + 1


class Calendar:
    """The days of months and years, in weeks that begin on some day."""

    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def getfirstweekday(self):
        return self._first % 7

    def setfirstweekday(self, firstweekday):
        self._first = firstweekday

    firstweekday = property(getfirstweekday, setfirstweekday)

    def iterweekdays(self):
        """The days of the week, from the first one on."""
        for day in range(7):
            yield (day + self.firstweekday) % 7

    def itermonthdates(self, year, month):
        """The dates of a month, and those that make its weeks whole."""
        for date in self.itermonthdays3(year, month):
            yield datetime.date(*date)

    def itermonthdays(self, year, month):
        """The days of a month, and 0 for what makes its weeks whole."""
        first, count = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        yield from [0] * before
        yield from range(1, count + 1)
        yield from [0] * (-(before + count) % 7)

    def itermonthdays2(self, year, month):
        """The same with the day of the week."""
        for place, day in enumerate(self.itermonthdays(year, month), self.firstweekday):
            yield day, place % 7

    def itermonthdays3(self, year, month):
        """Year, month and day of each date of the weeks of a month."""
        first, count = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        after = -(before + count) % 7
        last_year, last_month = _beside(year, month, -1)
        end = _length(last_year, last_month)
        for day in range(end - before + 1, end + 1):
            yield last_year, last_month, day
        for day in range(1, count + 1):
            yield year, month, day
        next_year, next_month = _beside(year, month, 1)
        for day in range(1, after + 1):
            yield next_year, next_month, day

    def itermonthdays4(self, year, month):
        """The same with the day of the week."""
        for place, date in enumerate(self.itermonthdays3(year, month)):
            yield *date, (self.firstweekday + place) % 7

    def monthdatescalendar(self, year, month):
        """The weeks of a month, of dates."""
        return [list(week) for week in batched(self.itermonthdates(year, month), 7)]

    def monthdays2calendar(self, year, month):
        """The weeks of a month, of days and days of the week."""
        return [list(week) for week in batched(self.itermonthdays2(year, month), 7)]

    def monthdayscalendar(self, year, month):
        """The weeks of a month, of days."""
        return [list(week) for week in batched(self.itermonthdays(year, month), 7)]

    def _rows(self, weeks_of, year, width):
        return [list(row) for row in batched((weeks_of(year, month) for month in Month), width)]

    def yeardatescalendar(self, year, width=3):
        """Rows of months, of dates."""
        return self._rows(self.monthdatescalendar, year, width)

    def yeardays2calendar(self, year, width=3):
        """Rows of months, of days and days of the week."""
        return self._rows(self.monthdays2calendar, year, width)

    def yeardayscalendar(self, year, width=3):
        """Rows of months, of days."""
        return self._rows(self.monthdayscalendar, year, width)


class TextCalendar(Calendar):
    """Calendars as text."""

    def formatday(self, day, weekday, width):
        """A day."""
        return (f"{day:2d}" if day else "").center(width)

    def formatweek(self, theweek, width):
        """A week as a line."""
        return " ".join(self.formatday(day, weekday, width) for day, weekday in theweek)

    def prweek(self, theweek, width):
        """Print a week."""
        print(self.formatweek(theweek, width), end="")

    def formatweekday(self, day, width):
        """The name of a day of the week."""
        return (day_name if width >= 9 else day_abbr)[day][:width].center(width)

    def formatweekheader(self, width):
        """The names of the days of the week."""
        return " ".join(self.formatweekday(day, width) for day in self.iterweekdays())

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        """The name of a month."""
        _check_month(themonth)
        name = standalone_month_name[themonth]
        return (f"{name} {theyear!r}" if withyear else name).center(width)

    def formatmonth(self, theyear, themonth, w=0, l=0):
        """A month."""
        w, l = max(2, w), max(1, l)
        lines = [self.formatmonthname(theyear, themonth, 7 * (w + 1) - 1), self.formatweekheader(w)]
        lines += (self.formatweek(week, w) for week in self.monthdays2calendar(theyear, themonth))
        return "".join(line.rstrip() + "\n" * l for line in lines)

    def prmonth(self, theyear, themonth, w=0, l=0):
        """Print a month."""
        print(self.formatmonth(theyear, themonth, w, l), end="")

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        """A year."""
        w, l, c = max(2, w), max(1, l), max(2, c)
        width = (w + 1) * 7 - 1
        text = [repr(theyear).center(width * m + c * (m - 1)).rstrip(), "\n" * l]
        header = self.formatweekheader(w)

        def row(cells):
            text.append(formatstring(cells, width, c).rstrip())
            text.append("\n" * l)

        for number, weeks_of_months in enumerate(self.yeardays2calendar(theyear, m)):
            months = range(m * number + 1, min(m * (number + 1), 12) + 1)
            text.append("\n" * l)
            row([self.formatmonthname(theyear, month, width, False) for month in months])
            row([header] * len(months))
            for line in range(max(map(len, weeks_of_months))):
                row([self.formatweek(weeks[line], w) if line < len(weeks) else "" for weeks in weeks_of_months])
        return "".join(text)

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        """Print a year."""
        print(self.formatyear(theyear, w, l, c, m), end="")


class HTMLCalendar(Calendar):
    """Calendars as HTML."""

    cssclasses = [name[:3].lower() for name in _DAYS]
    cssclasses_weekday_head, cssclass_noday = cssclasses, "noday"
    cssclass_month = cssclass_month_head = "month"
    cssclass_year = cssclass_year_head = "year"

    def formatday(self, day, weekday):
        """A day as a cell."""
        if day == 0:
            return f'<td class="{self.cssclass_noday}">&nbsp;</td>'
        return f'<td class="{self.cssclasses[weekday]}">{day}</td>'

    def formatweek(self, theweek):
        """A week as a row."""
        return f"<tr>{''.join(self.formatday(day, weekday) for day, weekday in theweek)}</tr>"

    def formatweekday(self, day):
        """The name of a day of the week as the head of a column."""
        return f'<th class="{self.cssclasses_weekday_head[day]}">{day_abbr[day]}</th>'

    def formatweekheader(self):
        """The names of the days of the week as a row."""
        return f"<tr>{''.join(map(self.formatweekday, self.iterweekdays()))}</tr>"

    def formatmonthname(self, theyear, themonth, withyear=True):
        """The name of a month as a row."""
        _check_month(themonth)
        name = standalone_month_name[themonth]
        if withyear:
            name = f"{name} {theyear}"
        return f'<tr><th colspan="7" class="{self.cssclass_month_head}">{name}</th></tr>'

    def formatmonth(self, theyear, themonth, withyear=True):
        """A month as a table."""
        rows = [
            f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_month}">',
            self.formatmonthname(theyear, themonth, withyear=withyear),
            self.formatweekheader(),
            *map(self.formatweek, self.monthdays2calendar(theyear, themonth)),
            "</table>",
        ]
        return "\n".join(rows) + "\n"

    def formatyear(self, theyear, width=3):
        """A year as a table of tables."""
        width = max(width, 1)
        parts = [
            f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_year}">',
            f'\n<tr><th colspan="{width}" class="{self.cssclass_year_head}">{theyear}</th></tr>',
        ]
        for months in batched(Month, width):
            cells = (f"<td>{self.formatmonth(theyear, month, withyear=False)}</td>" for month in months)
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
        return "".join(parts)

    def formatyearpage(self, theyear, width=3, css="calendar.css", encoding=None):
        """A year as a page."""
        if encoding is None:
            encoding = "utf-8"
        style = "" if css is None else f'<link rel="stylesheet" type="text/css" href="{css}" />\n'
        page = (
            f'<?xml version="1.0" encoding="{encoding}"?>\n'
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
            f'<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset={encoding}" />\n{style}'
            f"<title>Calendar for {theyear}</title>\n</head>\n<body>\n{self.formatyear(theyear, width)}</body>\n</html>\n"
        )
        return page.encode(encoding, "xmlcharrefreplace")


class _Local:
    """A calendar in the language of a locale; there is only C's."""

    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
        self.locale = locale


class LocaleTextCalendar(_Local, TextCalendar):
    """Calendars as text, in the language of a locale."""


class LocaleHTMLCalendar(_Local, HTMLCalendar):
    """Calendars as HTML, in the language of a locale."""


c = TextCalendar()


def firstweekday():
    """The day on which the module's weeks begin."""
    return c.getfirstweekday()


def setfirstweekday(firstweekday):
    """Let the module's weeks begin on this day."""
    if not 0 <= firstweekday <= 6:
        raise IllegalWeekdayError(firstweekday)
    c.firstweekday = firstweekday


monthcalendar, weekheader = c.monthdayscalendar, c.formatweekheader
week, month, calendar = c.formatweek, c.formatmonth, c.formatyear
prweek, prmonth, prcal = c.prweek, c.prmonth, c.pryear


def formatstring(cols, colwidth=7 * 3 - 1, spacing=6):
    """Columns beside each other."""
    return (" " * spacing).join(column.center(colwidth) for column in cols)


def format(cols, colwidth=7 * 3 - 1, spacing=6):
    """Print columns beside each other."""
    print(formatstring(cols, colwidth, spacing))


EPOCH = 1970


def timegm(tuple):
    """The seconds since 1970 of a time in UTC."""
    year, month, day, *clock = tuple[:6]
    total = datetime.date(year, month, 1).toordinal() - datetime.date(EPOCH, 1, 1).toordinal() + day - 1
    for part, size in zip(clock, (24, 60, 60)):
        total = total * size + part
    return total
