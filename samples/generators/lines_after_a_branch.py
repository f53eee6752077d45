"""Where a body stands while an exception that was handled goes: at the last that was carried out, which may be a test."""

import sys


class Watched(Exception):
    def __del__(self):
        frame = sys._getframe(1)
        print(f"{frame.f_code.co_name}: goes at line {frame.f_lineno - frame.f_code.co_firstlineno}")


def after_a_test(fails=False):
    try:
        raise Watched
    except Watched as error:
        print("handles", type(error).__name__)
        if fails:
            raise ValueError
    print("over")


def after_the_second_test(fails=False):
    try:
        raise Watched
    except Watched as error:
        if fails:
            raise ValueError
        elif error is None:
            raise KeyError
    print("over")


def at_the_end_of_finally(fails=False):
    try:
        raise Watched
    except Watched as error:
        try:
            print("handles", type(error).__name__)
        finally:
            if fails:
                raise error
    print("over")


def after_a_case(word="none"):
    try:
        raise Watched
    except Watched:
        match word:
            case "other":
                raise ValueError
    print("over")


def in_a_generator(fails=False):
    try:
        yield 1
    except Watched:
        sent = yield 2
        if sent:
            raise ValueError
    yield 3


after_a_test()
after_the_second_test()
at_the_end_of_finally()
after_a_case()
generator = in_a_generator()
print(next(generator), generator.throw(Watched()), next(generator))


# What `match` looks at goes where its last case has looked, or where the body of a case begins.
class Subject:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        frame = sys._getframe(1)
        print(f"subject {self.number} goes at line {frame.f_lineno - frame.f_code.co_firstlineno}")


def matching(number, wanted=None):
    match Subject(number):
        case Subject(number=1):
            print("one")
        case Subject(number=2) if wanted:
            print("two")
        case Subject(number=3) if wanted:
            print("three")
        case _:
            print("any")


for number in range(1, 5):
    matching(number)
