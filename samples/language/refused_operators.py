"""A method that is None refuses an operation, even where another operand could do it."""


class Mute:
    __add__ = __radd__ = __iadd__ = __eq__ = __lt__ = __neg__ = __bool__ = None


class Kind:
    def __radd__(self, other):
        return "kind"

    def __gt__(self, other):
        return True


def complaint(function):
    try:
        print(function())
    except TypeError as error:
        print(error)


def augmented():
    mute = Mute()
    mute += 1


complaint(lambda: Mute() + Kind())
complaint(lambda: 1 + Mute())
complaint(augmented)
complaint(lambda: Mute() == 1)
complaint(lambda: Mute() < Kind())
complaint(lambda: -Mute())
complaint(lambda: not Mute())
complaint(lambda: bool(Mute()))


class Long:
    def __len__(self):
        return 2**70


try:
    bool(Long())
except OverflowError as error:
    print(error)
