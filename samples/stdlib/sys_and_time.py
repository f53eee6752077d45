"""What sys and time promise without saying anything that changes from run to run."""

import sys
import time

print(sys.argv[1:], len(sys.argv), sys.version_info >= (3, 11), sys.maxsize == 2**63 - 1 or sys.maxsize == 2**31 - 1, sys.byteorder)
start = time.monotonic()
time.sleep(0.01)
print(time.monotonic() - start >= 0.01, time.time() > 1.6e9, time.perf_counter() >= 0, type(time.time_ns()).__name__)
print("to the standard error", file=sys.stderr)
sys.stdout.write("written\n")
print(sys.getrecursionlimit() >= 100, "sys" in sys.modules, sys.exc_info())
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0].__name__, sys.exception())
try:
    sys.exit("a reason")
except SystemExit as stop:
    print("SystemExit:", stop.code)
for clock in time.CLOCK_REALTIME, time.CLOCK_MONOTONIC, time.CLOCK_PROCESS_CPUTIME_ID, time.CLOCK_THREAD_CPUTIME_ID:
    print(time.clock_gettime(clock) > 0, time.clock_gettime_ns(clock) > 0)
print(abs(time.clock_gettime(time.CLOCK_REALTIME) - time.time()) < 1)
try:
    time.clock_gettime(1000)
except OSError as error:
    print("no such clock", error.errno == 22 or error.errno == 28)
print(time.strptime("2024-03-01 10:20", "%Y-%m-%d %H:%M"))
print(time.strptime("Fri Mar  1 10:20:30 2024"), time.strptime("29 Feb", "%d %b")[:8])
zoned = time.strptime("10:20 -0130", "%H:%M %z")
print(zoned.tm_gmtoff, zoned.tm_zone, time.strptime("UTC", "%Z")[8], time.strptime("10", "%H").tm_gmtoff)
for wrong in ("x", "%Y"), ("2024 1", "%Y"), (1, "%Y"):
    try:
        time.strptime(*wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

# There is one empty tuple, and what is interned first is the one string of its text.
empty = tuple([])
print(empty is tuple({}), (lambda *args: args)() is empty, (1, 2)[2:] is empty)
text, again = "".join(["not yet ", "interned"]), "".join(["not yet ", "interned"])
print(sys.intern(text) is text, sys.intern(again) is text, sys.call_tracing(max, (1, 2)))
