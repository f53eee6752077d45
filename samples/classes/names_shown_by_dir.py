"""dir() shows the attributes an object got by assignment, whatever the object is; how super objects are shown."""

import functools


def function():
    pass


class Error(Exception):
    pass


class Items(list):
    pass


def later(a, b):
    return a, b


static, class_method = staticmethod(later), classmethod(later)
subjects = [function, Error("x"), Items(), functools.partial(later), Error, static, class_method]
for subject in subjects:
    subject.added = 1
    print(type(subject).__name__, "added" in dir(subject), subject.__dict__.get("added"))


class Base:
    class Inner:
        def show(self):
            print(super())
            print(super(Base.Inner, self), super(Base.Inner), super(int))


Base.Inner().show()
print(super(bool, True))


def ended(value):
    if value == 2:
        raise StopIteration("the end")
    return value


def delegating():
    print((yield from map(ended, [1, 2])))
    print((yield from filter(ended, [1, 2])))
    print((yield from iter(lambda: ended(2), None)))


print(list(delegating()))
