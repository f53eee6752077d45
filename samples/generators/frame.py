# The frame of a suspended generator: where it stands, and what its variables hold.
import sys


def countdown(n):
    while n:
        above = sys._getframe().f_back
        yield f"{n}, resumed by {above.f_code.co_name}"
        n -= 1


def show(frame):
    print("line", frame.f_lineno, {name: value for name, value in frame.f_locals.items() if name == "n"}, frame.f_back)


steps = countdown(2)
frame = steps.gi_frame
print(frame.f_code.co_name, frame.f_globals is globals())
show(frame)
print(next(steps))
show(frame)
try:
    frame.clear()
except RuntimeError as error:
    print(error)
print(list(steps), steps.gi_frame)
