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
