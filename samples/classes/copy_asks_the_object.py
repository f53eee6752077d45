"""Copying asks the object itself what its class is to be given, so that `__getattr__` may answer."""

import copy


class Answers:
    def __getattr__(self, name):
        print("  asked for", name)
        if name == "__getnewargs_ex__":
            return lambda: ((), {})
        raise AttributeError(name)


class Shouts:
    def __getattr__(self, name):
        return name.upper()


made = Answers()
made.kept = 1
print(copy.copy(made).kept)
try:
    copy.copy(Shouts())
except TypeError as error:
    print(error)
try:
    Shouts().__reduce_ex__(2)
except TypeError as error:
    print(error)
