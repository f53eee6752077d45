"""`traceback` shows an exception that was caught as the interpreter shows one that was not."""

import sys
import traceback


def inner(x):
    return 1 / x


def outer(xs):
    return [inner(x)
            for x in xs]


try:
    outer([1, 0])
except ZeroDivisionError as error:
    traceback.print_exc(file=sys.stdout)
    print(traceback.format_exception_only(error))
    for entry in traceback.extract_tb(error.__traceback__):
        print(entry.lineno, entry.name, repr(entry.line), entry.colno, entry.end_colno)

try:
    try:
        {}["key"]
    except KeyError as error:
        raise ExceptionGroup("several", [ValueError(1), error]) from error
except ExceptionGroup as group:
    shown = traceback.TracebackException.from_exception(group)
    print("".join(shown.format(chain=False)))
    print(shown.exc_type_str, len(shown.exceptions), shown.__cause__)

sys.excepthook(ValueError, ValueError("by hand"), None)
