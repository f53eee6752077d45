"""Calendars as data, text and HTML."""
import calendar as c
print(c.month(2024,2), c.calendar(2023), sep='\n')
print(c.TextCalendar(6).formatyear(2021, w=3, l=2, c=4, m=4))
print(c.HTMLCalendar().formatmonth(2024,2)); print(c.HTMLCalendar(3).formatyear(2020,5)); print(c.HTMLCalendar().formatyearpage(1999))
print(c.monthrange(2024,2), c.weekday(2024,2,29), c.isleap(1900), c.leapdays(1900,2024), list(c.month_name), list(c.day_abbr), c.day_name[1:3])
print(list(c.Calendar(6).itermonthdates(1999,12))[:3], c.Calendar().monthdays2calendar(2000,1), list(c.Calendar(2).itermonthdays4(2000,12))[-4:])
print(c.monthcalendar(2024,5), c.timegm((2024,2,29,1,2,3)), repr(c.MONDAY), repr(c.Month.MAY), c.weekheader(3), c.January, c.FEBRUARY)
for f in [lambda: c.monthrange(2020,13), lambda: c.setfirstweekday(7), lambda: c.month(2000,0)]:
    try: f()
    except Exception as e: print(type(e), e, type(e).__mro__[1:3])
print(c.Calendar().yeardayscalendar(2024,4)[0][1], list(c.Calendar(8).iterweekdays()), c.Calendar(5).firstweekday)
