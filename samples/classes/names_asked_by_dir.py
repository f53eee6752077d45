"""`dir` asks an object for `__dict__` and `__class__` as for any attributes."""


def shown(object):
    try:
        names = dir(object)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return [name for name in names if not name.startswith("__")], len(names) > 5


class Other:
    other = 1


class Disguised:
    own = 1

    @property
    def __class__(self):
        return Other


print(shown(Disguised()), object.__dir__(Disguised())[:2])


class Answering:
    __slots__ = ("place",)

    def __init__(self, answers):
        self.place = answers

    def __getattr__(self, name):
        print("  asked for", name)
        if name in self.place:
            return self.place[name]
        raise AttributeError(name)


print(shown(Answering({})))
print(shown(Answering({"__dict__": {"a": 1, "b": 2}})))
print(shown(Answering({"__dict__": {"a": 1, 3: 4}})))
print(shown(Answering({"__dict__": 5})))


class Intercepting:
    own = 1
    answer = None

    def __getattribute__(self, name):
        print("  asked for", name)
        answer = type(self).answer
        if isinstance(answer, type) and issubclass(answer, Exception):
            raise answer
        return object.__getattribute__(self, name) if answer is None else answer


print(shown(Intercepting()))
for Intercepting.answer in (AttributeError, KeyError, 5, {"x": 1}):
    print(shown(Intercepting()))


class LikeAClass:
    k = 1
    __bases__ = (Other, 3)


class Member:
    __class__ = LikeAClass()


print(shown(Member()))


class Asked(type):
    def __getattribute__(cls, name):
        print("  the class is asked for", name)
        return type.__getattribute__(cls, name)


class Metered(metaclass=Asked):
    x = 1


print(shown(Metered()))
print(shown(Metered))


class Listing:
    __dir__ = staticmethod(lambda: "zy")


print(dir(Listing()))
for Listing.__dir__ in (None, ["b", "a"].copy):
    try:
        print(dir(Listing()))
    except TypeError as error:
        print(error)
