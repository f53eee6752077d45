"""What is said when the arguments do not fit the parameters."""


def two(a, b):
    pass


def positional(a, /, b):
    pass


def keywords(*, key, other):
    pass


def defaults(a, b=1):
    pass


class Thing:
    def method(self, x):
        pass


five = 5
calls = [
    lambda: two(),
    lambda: two(1),
    lambda: two(1, 2, 3),
    lambda: two(1, 2, c=3),
    lambda: two(1, a=2),
    lambda: two(1, **{"a": 2}),
    lambda: positional(a=1, b=2),
    lambda: keywords(),
    lambda: keywords(key=1),
    lambda: keywords(1, key=2, other=3),
    lambda: defaults(),
    lambda: defaults(1, 2, 3),
    lambda: Thing().method(),
    lambda: Thing().method(1, 2),
    lambda: Thing(1),
    lambda: two(*5),
    lambda: two(**{1: 2}),
    lambda: two(**[]),
    lambda: len(),
    lambda: len(1, 2),
    lambda: five(),
]
for call in calls:
    try:
        call()
        print("no error")
    except TypeError as error:
        print("TypeError:", error)
