"""Exceptions are objects with methods like others: their truth, a class that makes something else."""


class Falsy(Exception):
    def __bool__(self):
        return False


class Sized(ExceptionGroup):
    def __len__(self):
        return 0

    def derive(self, exceptions):
        return Sized(self.message, exceptions)


print(bool(Falsy()), bool(Exception()), bool(Sized("empty", [Falsy()])))
try:
    raise Sized("group", [Falsy(), KeyError(1)])
except* Falsy as e:
    print(not e, e.exceptions)
except* KeyError as e:
    print(not e, e.exceptions)


class MakesNothing(BaseException):
    @classmethod
    def __new__(*args):
        return None


for cause in (None, MakesNothing):
    try:
        if cause is None:
            raise MakesNothing
        raise ValueError from cause
    except TypeError as e:
        print(e)
print(dict(self=1, cls=2))
