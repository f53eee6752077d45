"""Days, times of day, moments and zones: what they are, how they are written and read, and what cannot be."""

from datetime import *
import datetime as M
import datetime as dt
def t(s):
    try: print(s, '->', repr(eval(s)))
    except Exception as e: print(s, '->', type(e).__name__, e)
for s in '''date(2020,13,1)
date(2020,2,30)
date(0,1,1)
date(10000,1,1)
date('a',1,1)
date(2020,1)
date(2020,1,1.5)
time(25)
time(1,60)
time(1,1,60)
time(1,1,1,1000000)
time(1,1,1,1,5)
time(fold=2)
datetime(2020,1,1,24)
datetime(2020,1,1,tzinfo=3)
timedelta(days=10**10)
timedelta(1,2,3,4,5,6,7)
timedelta('a')
timedelta(days=1.5, seconds=-1)
timedelta(microseconds=0.5), timedelta(microseconds=1.5), timedelta(microseconds=-0.5)
str(timedelta(-1)), str(timedelta(1,1,1)), str(timedelta(2)), str(timedelta(0,3600*25))
timedelta(1)*2.5, timedelta(1)/2, timedelta(1)/timedelta(0,5), timedelta(1)//3, timedelta(1)//timedelta(0,7), timedelta(1)%timedelta(0,7), divmod(timedelta(1),timedelta(0,7)), -timedelta(1,1), abs(timedelta(-1,5)), 3*timedelta(1)
timedelta(1)/0
timedelta(1)+1
timedelta(1) < 1
timedelta(1) == 1
bool(timedelta()), hash(timedelta(1))==hash(timedelta(1)), timedelta.max, timedelta.min, timedelta.resolution, timedelta(1.5).total_seconds()
date(2020,2,29)+timedelta(366), date(2020,1,1)-date(2019,1,1), date(2020,1,1)-timedelta(1), date.max+timedelta(1)
date.max+timedelta(1)
date(2020,1,1)+1
date(2020,1,1) < 1
date(2020,1,1) == datetime(2020,1,1)
date(2020,1,1) < datetime(2020,1,1)
date(2020,1,1).isocalendar(), date(2020,1,1).weekday(), date(2020,1,1).isoweekday(), date(2020,1,1).toordinal(), date.fromordinal(1), date.fromordinal(737425)
date.fromordinal(0)
date(2020,1,1).replace(month=5), date(2020,1,1).replace(day=40)
date(2020,1,1).timetuple(), datetime(2020,7,8,9,10,11).timetuple(), datetime(2020,7,8).utctimetuple()
date(2020,1,1).ctime(), datetime(2020,1,1,1,2,3).ctime(), str(date(2020,1,1)), str(datetime(2020,1,1)), str(datetime(2020,1,1,1,2,3,4)), str(time(1,2)), str(time(1,2,3,4))
date(2020,1,1).strftime('%Y-%m-%d %j %a %A %b %B %y %U %W %w %% %G %V %u %d/%m'), datetime(2020,1,1,13,2,3,4).strftime('%H:%M:%S.%f %I %p %z|%Z|%c|%x|%X|%D|%F|%T|%e|%h|%n'), time(1,2,3).strftime('%H %Y %f')
format(date(2020,1,1),'%d'), format(date(2020,1,1),''), f"{datetime(2020,1,1):%H:%M}"
date.fromisoformat('2020-01-02'), date.fromisoformat('20200102'), date.fromisoformat('2020-W01-3'), date.fromisoformat('2020W01'), date.fromisoformat('2020W013')
date.fromisoformat('2020-1-2')
date.fromisoformat('x')
date.fromisoformat(5)
datetime.fromisoformat('2020-01-02T03:04:05.678+05:30'), datetime.fromisoformat('20200102T030405Z'), datetime.fromisoformat('2020-01-02 03'), datetime.fromisoformat('2020-01-02T03:04:05,123456789'), datetime.fromisoformat('2020-01-02'), datetime.fromisoformat('2020-01-02T24:00')
datetime.fromisoformat('2020-01-02T25:00')
datetime.fromisoformat('2020-01-02T03:04:05.')
datetime.fromisoformat('2020-01-02T03:04+25:00')
datetime.fromisoformat('2020-13-02T03:04')
time.fromisoformat('03:04:05.6789'), time.fromisoformat('T030405'), time.fromisoformat('03'), time.fromisoformat('03:04-01:30'), time.fromisoformat('24:00')
time.fromisoformat('3:4')
time.fromisoformat('03:04:61')
date.fromisocalendar(2020,53,7), date.fromisocalendar(2021,1,1)
date.fromisocalendar(2021,53,1)
date.fromisocalendar(2021,1,8)
datetime(2020,1,1,tzinfo=timezone.utc), datetime(2020,1,1,tzinfo=timezone(timedelta(hours=-5,minutes=-30),'X')), timezone.utc, timezone(timedelta(0)), timezone(timedelta(hours=1)), str(timezone(timedelta(hours=-1, seconds=-5))), timezone(timedelta(0)) is timezone.utc, timezone.min, timezone.max, UTC
timezone(timedelta(days=1))
timezone(5)
timezone(timedelta(1),5)
datetime(2020,1,1,tzinfo=timezone.utc).astimezone(timezone(timedelta(hours=2))), datetime(2020,1,1,12,tzinfo=timezone(timedelta(hours=2)))-datetime(2020,1,1,12,tzinfo=timezone.utc), datetime(2020,1,1,12,tzinfo=timezone(timedelta(hours=2)))==datetime(2020,1,1,10,tzinfo=timezone.utc), hash(datetime(2020,1,1,12,tzinfo=timezone(timedelta(hours=2))))==hash(datetime(2020,1,1,10,tzinfo=timezone.utc))
datetime(2020,1,1)-datetime(2020,1,1,tzinfo=timezone.utc)
datetime(2020,1,1)<datetime(2020,1,1,tzinfo=timezone.utc)
datetime(2020,1,1)==datetime(2020,1,1,tzinfo=timezone.utc)
datetime(2020,1,1).isoformat('x'), datetime(2020,1,1).isoformat(sep=' ', timespec='hours'), datetime(2020,1,1,1,2,3,4000).isoformat(timespec='milliseconds'), datetime(2020,1,1,tzinfo=timezone.utc).isoformat(timespec='auto'), time(1,2,3,4).isoformat('minutes'), time(1,tzinfo=UTC).isoformat()
datetime(2020,1,1).isoformat(timespec='bogus')
datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(1.5, UTC), datetime.fromtimestamp(-1.000001, UTC), datetime.fromtimestamp(1e9+0.1234565, UTC), date.fromtimestamp(86400*3)
datetime.fromtimestamp(1e20, UTC)
datetime(2020,1,1,tzinfo=UTC).timestamp(), datetime(1970,1,1,0,0,1,500000,tzinfo=UTC).timestamp()
datetime.combine(date(2020,1,1),time(1,2,3)), datetime.combine(date(2020,1,1),time(1,2,3),UTC), datetime(2020,1,1,1).date(), datetime(2020,1,1,1,tzinfo=UTC).time(), datetime(2020,1,1,1,tzinfo=UTC).timetz()
datetime.combine(1,2)
datetime(2020,1,1)+timedelta(hours=25), timedelta(1)+datetime(2020,1,1), datetime.max, datetime.min, date.min, date.max, time.min, time.max, date.resolution
datetime.max+timedelta(1)
datetime.strptime('2020-03-04 05:06:07.89 +0530','%Y-%m-%d %H:%M:%S.%f %z'), datetime.strptime('Jan 5 99 pm 03','%b %d %y %p %I'), datetime.strptime('2020 100','%Y %j'), datetime.strptime('Monday 2020 1','%A %Y %W'), datetime.strptime('2020-W05-1','%G-W%V-%u'), datetime.strptime('12/31/20','%x'), datetime.strptime('UTC','%Z')
datetime.strptime('2020','%Y-%m')
datetime.strptime('2020-01-01x','%Y-%m-%d')
datetime.strptime('2020-02-30','%Y-%m-%d')
datetime.strptime('a','%Q')
datetime.strptime('a','%')
time(1,2)<time(2,1), time(1,2)==time(1,2), time(0) and 1, hash(time(1))==hash(time(1,0)), time(1).replace(minute=5), time(1,tzinfo=UTC).utcoffset(), time(1).tzname(), time(1)<5
repr(time(1,2,3,4,UTC,fold=1)), repr(datetime(2020,1,1,1,1,1,1,UTC,fold=1)), repr(date(2020,1,1)), repr(timedelta(1,2,3)), repr(timedelta()), repr(timedelta(microseconds=5)), repr(time(1)), repr(time(1,2)), repr(timezone(timedelta(1,-1),'q'))
date(2020,1,1).__reduce__(), time(1,2).__reduce__(), timedelta(1).__reduce__(), timezone.utc.__reduce__(), timezone(timedelta(hours=1)).__reduce__(), datetime(2020,1,1).__reduce__()
tzinfo().utcoffset(None)
tzinfo().tzname(None)
datetime(2020,1,1).utcoffset(), datetime(2020,1,1).dst(), datetime(2020,1,1).tzname(), timezone.utc.utcoffset(None), timezone.utc.dst(None), timezone.utc.tzname(None), UTC.fromutc(datetime(2020,1,1,tzinfo=UTC))
UTC.fromutc(datetime(2020,1,1))
UTC.utcoffset(5)
date(2020,1,1).year, datetime(2020,1,1).hour, datetime(2020,1,1).fold
date(2020,1,1).isocalendar().week, tuple(date(2021,1,3).isocalendar()), date(2021,1,3).isocalendar() == (2020,53,7)
M.MINYEAR, M.MAXYEAR, sorted(M.__all__), date.__mro__, datetime.__mro__, date.__module__
date.__new__(date,2020,1,1)
datetime(2020,1,1) in {datetime(2020,1,1):1}, date(2020,1,1) in {date(2020,1,1)}
datetime(2020,5,17,12,30).astimezone(UTC)'''.split('\n'): t(s)
import copy
class TZ(tzinfo):
    def __init__(self,o,d): self.o,self.d=o,d
    def utcoffset(self,dt): return timedelta(hours=self.o)
    def dst(self,dt): return timedelta(hours=self.d)
    def tzname(self,dt): return 'TZ%d'%self.o
    def __repr__(self): return 'TZ()'
d=datetime(2020,1,1,tzinfo=TZ(3,1)); print(d, d.dst(), d.tzname(), d.astimezone(UTC), d.strftime('%Z %z'), d.timetuple().tm_isdst, datetime(2020,1,1,tzinfo=UTC).astimezone(TZ(3,1)), repr(d), d.utctimetuple()[3])
class Bad(tzinfo):
    def utcoffset(self,dt): return 5
    def tzname(self,dt): return 5
    def dst(self,dt): return timedelta(days=2)
b=datetime(2020,1,1,tzinfo=Bad())
for f in (b.utcoffset,b.tzname,b.dst):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(copy.copy(d)==d, copy.deepcopy(date(2020,1,1)))
class D(date):
    pass
class DT(datetime): pass
print(repr(D(2020,1,1)), D.today().__class__.__name__, type(D(2020,1,1)+timedelta(1)).__name__, type(DT(2020,1,1)+timedelta(1)).__name__, type(D(2020,1,1).replace(day=2)).__name__, DT.fromisoformat('2020-01-01'), type(DT.now()).__name__)


class Stamp(dt.datetime):
    pass


class Span(dt.timedelta):
    pass


moment, span = dt.datetime(2024, 1, 2, 3, 4, 5), dt.timedelta(days=1, hours=2)
stamp = Stamp(2024, 1, 2)
print(repr(stamp), repr(stamp + span), stamp == dt.datetime(2024, 1, 2), dt.datetime(2024, 1, 2) == stamp, stamp < moment, stamp - moment)
print({stamp: "there"}[dt.datetime(2024, 1, 2)], Span(1) == dt.timedelta(1), Span(1) + Span(1), type(Stamp.now()), type(dt.datetime.now()))
print(dt.timedelta(7) / -2, dt.timedelta(microseconds=7) / -2, dt.timedelta(microseconds=7) / 2, dt.timedelta(microseconds=5) / 2, span / span)
print(dt.datetime(True, 1, 1, fold=True).fold, dt.datetime.fromtimestamp(5, dt.timezone.utc), dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc))
for what in (
    lambda: moment + dt.datetime.max, lambda: moment + dt.timedelta(9999999), lambda: span * 10 ** 12, lambda: moment - dt.date(2024, 1, 1),
    lambda: moment < dt.date(2024, 1, 1), lambda: moment == dt.date(2024, 1, 1), lambda: dt.date(2024, 1, 1) == moment,
    lambda: dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc) < moment, lambda: dt.timedelta("a"), lambda: moment.isoformat(" ", "minutes"),
    lambda: span * 1.5, lambda: dt.date.fromisoformat("20240101"), lambda: dt.datetime.fromtimestamp(-1.5),
    lambda: dt.datetime.fromtimestamp(0.9999999), lambda: dt.date(2024, 1, 1) - dt.timedelta(hours=1),
    lambda: dt.date(2024, 1, 1) + dt.timedelta(hours=25), lambda: dt.date.min - dt.timedelta(1), lambda: moment.replace(month=2, tzinfo=dt.timezone.utc),
    lambda: dt.datetime.fromisoformat("2024-01-02T03:04:05.000006"), lambda: moment.__add__(3), lambda: moment.toordinal(),
):
    try:
        print(repr(what()))
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
