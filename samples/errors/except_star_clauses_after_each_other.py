# What a clause of except* takes is handled until another clause takes something; the types of all clauses are looked at.
import sys
import traceback


def told(function):
    try:
        function()
    except BaseException as error:
        traceback.print_exception(error, file=sys.stdout)


def type_that_fails():
    try:
        raise ExceptionGroup("top", [ExceptionGroup("inner", [LookupError(9)]), OSError(10)])
    except* OSError:
        print("taken")
    except* 1 / 0:
        pass


def type_that_is_none_when_nothing_is_left():
    try:
        raise OSError(1)
    except* OSError:
        raise ValueError(2)
    except* 5:
        pass


def handled_between():
    try:
        raise ExceptionGroup("top", [KeyError(1), OSError(2), TypeError(3)])
    except* (print(repr(sys.exception())), KeyError)[1]:
        print(repr(sys.exception()))
    except* (print(repr(sys.exception())), OSError)[1]:
        print(repr(sys.exception()))
    except* (print(repr(sys.exception())), TypeError)[1]:
        print(repr(sys.exception()))
    finally:
        print(repr(sys.exception()))


def shared_cause():
    try:
        raise ExceptionGroup("top", [ExceptionGroup("inner", [LookupError(9)]), OSError(10)]) from KeyError(0)
    except* OSError:
        1 / 0


for function in (type_that_fails, type_that_is_none_when_nothing_is_left, handled_between, shared_cause):
    told(function)
shared_cause()
