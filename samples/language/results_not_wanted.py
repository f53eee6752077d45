"""Expressions as statements: what they give is dropped at once, whatever made it."""


class Plain:
    pass


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def numbers():
    yield 1


def nothing():
    for _ in range(3):
        Plain()
        Loud("one")
        numbers()
        numbers
        [].append
        next(numbers())
        Plain().__class__
    print("done")


nothing()
Plain()
Loud("two")
print("end")
