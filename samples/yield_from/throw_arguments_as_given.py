# What `throw` is given reaches the `throw` of an iterator as it is; only a generator makes an exception of a class.


class Steps:
    def __iter__(self):
        return self

    def __next__(self):
        return "step"

    def throw(self, *args):
        return "thrown", args


def through(steps):
    return (yield from steps)


for thrown in (ValueError, ValueError("made"), 42):
    steps = through(through(Steps()))
    print(next(steps), steps.throw(thrown))

# An adaptor has neither `throw` nor `send`.
for method, value in (("throw", KeyError), ("send", 1)):
    steps = through(map(str, [1, 2]))
    next(steps)
    try:
        getattr(steps, method)(value)
    except (KeyError, AttributeError) as error:
        print(repr(error))
