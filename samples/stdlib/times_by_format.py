# oracle: 3.13
"""Times as text with the C library's flags, widths and modifiers, and how far the numbers of a time may go."""

import datetime
import time

moment = (2024, 3, 5, 7, 8, 9, 1, 65, 0)
for form in (
    "%-d.%-m.%y %-H:%M", "%_d|%_m|%0e|%-e|%k|%-k|%l|%-l|%-j|%_j", "%5d|%-5d|%_5d|%05d|%3y|%12Y|%_12Y|%-12Y|%5C",
    "%^a %^A %^b %#B %#h %#p %p %P %#P %^P", "%10a|%010a|%-10a|%12D|%012F|%12T|%30c|%^30c|%10p|%4%|%3n|%3t|%14s|%014s",
    "%Ey|%EY|%EC|%Ec|%Ex|%EX|%Od|%OH|%OS|%Oy|%Om", "%Ed|%OY|%5Ea|%Q|%12Q|%012Q|%^f|%E|%O|%", "%-", "%5",
    "%z|%5z|%-z|%_z|%Z|%#Z|%6Z", "%G %V %u %U %W %w %s", "ä%-dé\ud800%%",
):
    print(repr(time.strftime(form, moment)))
for year in -12345, -5, 0, 5, 99, 100, 9999, 12345:
    print(year, time.strftime("%Y|%5Y|%_5Y|%-5Y|%C|%5C|%y|%-y|%_y|%G|%g|%D|%12F", (year, 1, 1, 0, 0, 0, 0, 1, 0)))
print(time.strftime("[%Z] [%z] [%s]", moment[:8] + (-1,)), time.strftime("[%Z] [%z]", time.gmtime(0)))
print(datetime.datetime(2024, 3, 5, 7, 8, 9).strftime("%-d %B, %-I%P"), f"{datetime.date(2024, 3, 5):%-d.%-m.}")


def ask(function, *args):
    try:
        print(repr(function(*args)))
    except (OverflowError, ValueError, TypeError, OSError) as error:
        print(type(error).__name__, error)


for place, values in enumerate([
    (2**31 - 1, 2**31, -(2**31) + 1900, -(2**31) + 1899, -(2**31) - 1, "x"), (-1, 0, 12, 13), (0, 31, 32), (-1, 24), (60,), (61, 62),
    (-9, -8, -3, -2, -1, 6, 7, 8), (-1, 0, 366, 367),
]):
    for value in values:
        numbers = (*moment[:place], value, *moment[place + 1:])
        print(place, value, end=" ")
        ask(time.asctime, numbers)
for function in time.asctime, time.mktime:
    ask(function, (1,))
    ask(function, [2000, 1, 1, 0, 0, 0, 0, 1, 0])
for year in 2**31 - 1, -(2**31) + 1900, -(2**31):
    ask(time.mktime, (year, 1, 1, 0, 0, 0, 0, 0, 0))
ask(time.mktime, (2**31 - 1, 2**31 - 1, 1, 0, 0, 0, 0, 0, 0))
ask(time.mktime, (2000, 1, 1, 0, 0, 0, 0, 0, 1))
for seconds in 1e200, -1e200, float("inf"), float("nan"), 2**63, 2**62, 67768036191676800, -67768040609740800, -67768040609740801:
    print(seconds, end=" ")
    ask(time.gmtime, seconds)
ask(time.sleep, 1e20)
ask(time.sleep, 2**70)
ask(time.clock_settime, time.CLOCK_MONOTONIC, 1.0)
ask(time.clock_settime, time.CLOCK_REALTIME, -1)
ask(time.clock_settime, time.CLOCK_REALTIME, "x")
print(abs(time.clock_gettime(time.CLOCK_TAI) - time.time()) < 60)
