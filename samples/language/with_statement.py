"""`with` enters and exits, whatever happens in between."""


class Managed:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, error, traceback):
        print("exit", self.name, kind and kind.__name__, error, traceback is not None)
        return self.swallow


with Managed("a") as a, Managed("b") as b:
    print("inside", a, b)
with Managed("c", swallow=True):
    raise ValueError("swallowed")
try:
    with Managed("d"):
        with (
            Managed("e"),
            Managed("f"),
        ):
            1 / 0
except ZeroDivisionError as error:
    print("passed on:", error)


def early():
    for number in range(3):
        with Managed(f"g{number}"):
            if number == 0:
                continue
            return "returned from inside"


print(early())


class NotOne:
    pass


for thing in (5, NotOne()):
    try:
        with thing:
            pass
    except TypeError as error:
        print("TypeError:", error)
