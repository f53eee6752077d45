"""A special method that is None is called all the same, but for those that say what a class cannot do."""


def told(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


class Sized:
    __len__ = None
    __eq__ = None
    __radd__ = None
    __iter__ = None


class Stored:
    def __setitem__(self, key, value):
        pass


def unpack():
    a, b = Sized()


def delete():
    del Stored()[0]


told(lambda: bool(Sized()))
told(lambda: Sized() == 1)
told(lambda: Sized() != 1)
told(lambda: 1 + Sized())
told(lambda: [*Sized()])
told(unpack)
told(delete)
told(lambda: (1).__add__())
told(lambda: (1).__add__(2, key=3))
told(lambda: [].__setitem__(0))
told(lambda: sum((), True))


class Real(float):
    def __init__(self, tag):
        self.tag = tag


class Plain(float):
    pass


told(lambda: Real(2.5).tag)
told(lambda: Plain(tag=1))
told(lambda: Plain(1, 2))


def too_many(a, *, b=1):
    pass


told(lambda: too_many(1, 2, a=3))
told(lambda: too_many(*5))
told(lambda: too_many(1, *5))
