"""What a frame object shows when its body is over: where it ended, and what its variables held."""
import contextlib
import sys


def shown(frame, start):
    return frame.f_lineno - start, dict(frame.f_locals), frame.f_back and frame.f_back.f_code.co_name


def returning():
    global frame
    frame = sys._getframe()
    value = [1]
    return value


def from_a_loop():
    global frame
    frame = sys._getframe()
    for number in range(3):
        if number == 2:
            return [number,
                    number]


def falling_off(flag):
    global frame
    frame = sys._getframe()
    if flag:
        other = 1
    else:
        other = 2


def branch_not_taken():
    global frame
    frame = sys._getframe()
    done = True
    if not done:
        done = None


def loop_ends():
    global frame
    frame = sys._getframe()
    for letter in "ab":
        last = letter


def while_ends():
    global frame
    frame = sys._getframe()
    left = 2
    while left:
        left -= 1


def out_of_finally():
    global frame
    frame = sys._getframe()
    try:
        return 5
    finally:
        way = "out"


def out_of_with():
    global frame
    frame = sys._getframe()
    with contextlib.nullcontext():
        inside = 1
        return 2


def raising():
    global frame
    frame = sys._getframe()
    raise ValueError


for function, *args in [
    [returning], [from_a_loop], [falling_off, True], [falling_off, False], [branch_not_taken], [loop_ends], [while_ends],
    [out_of_finally], [out_of_with], [raising],
]:
    try:
        function(*args)
    except ValueError as error:
        print(error.__traceback__.tb_next.tb_frame is frame)
    print(function.__name__, shown(frame, function.__code__.co_firstlineno))


def numbers(start):
    yield start
    end = start + 1
    return end


for function, end in [
    (numbers, list), (numbers, lambda it: it.close()), (numbers, lambda it: (next(it), it.close())),
    (numbers, lambda it: (next(it), it.throw(KeyError))), (numbers, lambda it: it.throw(KeyError)),
]:
    iterator = function(*[7] * function.__code__.co_argcount)
    frame = iterator.gi_frame
    try:
        end(iterator)
    except KeyError:
        pass
    print(function.__name__, shown(frame, function.__code__.co_firstlineno), iterator.gi_frame)

print("dropped")
for steps in range(2):
    iterator = numbers([])
    frame = iterator.gi_frame
    for _ in range(steps):
        next(iterator)
    del iterator
    print(frame.f_lineno - numbers.__code__.co_firstlineno, frame.f_locals, frame.f_generator)


class Body:
    frame = sys._getframe()
    first = 1
    second = 2


print(Body.frame.f_lineno - Body.__firstlineno__, "second" in Body.frame.f_locals)
names = {"sys": sys}
exec("frame = sys._getframe()\nfirst = 1\nsecond = 2\n", names)
print(names["frame"].f_lineno, names["frame"].f_locals is names)
for change in ["frame.f_lineno = 1", "frame.f_back = None", "frame.f_locals = {}"]:
    try:
        exec(change)
    except Exception as error:
        print(type(error).__name__, error)
print(frame.f_trace, frame.f_trace_lines, frame.f_trace_opcodes)
