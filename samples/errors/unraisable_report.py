# The report of an exception that nobody can catch: lines of source without underlines, the class, a colon, the text.
import io
import re
import sys


class Dropped:
    def __init__(self, error):
        self.error = error

    def __del__(self):
        raise self.error


class Mute(Exception):
    def __str__(self):
        raise KeyError


def guarded():
    try:
        yield
    finally:
        raise ValueError("two\nlines")


async def returning():
    try:
        yield 1
    except GeneratorExit:
        pass


def report(make):
    kept, sys.stderr = sys.stderr, io.StringIO()
    try:
        make()
    finally:
        kept, sys.stderr = sys.stderr, kept
    # Where the oracle has no source to show, it shows none.
    lines = [line for line in kept.getvalue().splitlines() if not line.startswith("    ")]
    print(re.sub(r" at 0x\w+", "", re.sub('".*"', '"..."', "\n".join(lines))))


def suspended():
    generator = guarded()
    next(generator)


def asynchronous():
    generator = returning()
    try:
        generator.asend(None).send(None)
    except StopIteration as item:
        print(item)


for error in (KeyError(), KeyError(3), 1, Mute(), ExceptionGroup("group", [ValueError(1)])):
    report(lambda: Dropped(error))
report(suspended)
report(asynchronous)
