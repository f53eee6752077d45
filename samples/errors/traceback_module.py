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

# Messages of several lines in groups; entries made by hand; what is private is meant in a method of the same object.
inner = ValueError("B\n\n2\n")
inner.add_note("\nC\n\n3")
print(traceback.format_exception_only(ExceptionGroup("A\n\n1\n", [inner, IndexError("D")]), show_group=True))
entry = traceback.FrameSummary("no such file", 1, "name")
print(repr(entry.line), entry.locals, traceback.FrameSummary("f", None, "n").line, traceback.FrameSummary("f", 1, "n", locals={}).locals)


class Code:
    co_filename, co_name = "no such file", "f"
    co_positions = lambda self: iter([(6, 6, 0, 0)] * 9)


class Frame:
    f_code, f_globals, f_locals = Code(), {}, {"a": 1}


class Entry:
    tb_frame, tb_lineno, tb_lasti, tb_next = Frame(), 6, 0, None


print(traceback.TracebackException(ValueError, ValueError("v"), Entry(), capture_locals=True).stack.format())


class Private:
    _hidden = 1

    def method(self):
        self.hidden


for look in lambda: Private().method(), lambda: Private().hidden:
    try:
        look()
    except AttributeError as error:
        print(traceback.format_exception(error)[-1])
