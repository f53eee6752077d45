"""A class that becomes a descriptor class while its objects are attributes of other classes already."""


class Late:
    pass


class Holder:
    attribute = Late()
    other = Late()

    def __init__(self):
        self.attribute = "own"


def read(holder):
    return holder.attribute


def read_other(holder):
    return type(holder.other).__name__


holder = Holder()
print([read(holder) for _ in range(3)], [read_other(holder) for _ in range(3)])

Late.__get__ = lambda self, instance, owner: 3.5
print([read(holder) for _ in range(3)], [read_other(holder) for _ in range(3)])

Late.__set__ = lambda self, instance, value: print("set", value)
print([read(holder) for _ in range(3)])
holder.attribute = 1

del Late.__get__
print([read(holder) for _ in range(3)], [read_other(holder) for _ in range(3)])
del Late.__set__
holder.attribute = 2
print([read(holder) for _ in range(3)])
