# oracle: 3.13
# Of a traceback that is printed at the end no more entries are shown than `sys.tracebacklimit` says: the inner ones.
import sys


def inner():
    raise ValueError("inner")


def outer():
    inner()


def show(limit):
    sys.tracebacklimit = limit
    try:
        outer()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


for limit in (10, 2, 1, 0, -1):
    show(limit)
sys.tracebacklimit = 1
outer()
