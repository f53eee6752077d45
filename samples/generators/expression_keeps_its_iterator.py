# The iterator of a generator expression stays with the traceback of what ended it, as its variables do.
import linecache
import sys
import traceback


def numbers():
    try:
        yield from (1, 2, 3)
    finally:
        print("   closing")


def attempt(generator, error):
    try:
        print(next(generator), generator.throw(error))
    except BaseException as caught:
        print("caught", repr(caught))
    print("dropped")


attempt((number for number in numbers()), KeyError)
attempt((number / 0 for number in numbers()), KeyError)
attempt((number for number in numbers()), GeneratorExit)

# Code made from a text has lines in its traceback if somebody has told linecache.
text = "def f():\n    return 1 / 0\nf()\n"
linecache.cache["told.py"] = len(text), None, text.splitlines(True), "told.py"
try:
    exec(compile(text, "told.py", "exec"))
except ZeroDivisionError as error:
    traceback.print_exception(error, file=sys.stdout)
print(set([1]).intersection(iter([1.0])), list(type("L", (list,), {"__len__": lambda self: print("len") or 2})("ab")))
array = bytearray(b"abc")


class Bound:
    def __index__(self):
        print("   index")
        return 1


array[Bound():] = b"xy"
array[:Bound()] = [104]
print(array)


class Failing:
    def __aiter__(self):
        return self

    async def __anext__(self):
        raise KeyError

    def __del__(self):
        print("   dropped")


async def main():
    try:
        async for item in (number async for number in Failing()):
            pass
    except KeyError as error:
        print(list(error.__traceback__.tb_next.tb_frame.f_locals))
        print("caught")
    print("left")


try:
    main().send(None)
except StopIteration:
    pass


def frame_of_the_expression():
    expression = (expression.gi_frame for _ in iter([1]))
    [frame] = expression
    return frame


print("one that is over keeps it for whoever has its frame")
print(list(frame_of_the_expression().f_locals))
