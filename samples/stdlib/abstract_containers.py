"""Containers that are made from the abstract classes, classes that are recognised by their methods, and the classes to be subclassed."""

import collections.abc as abc
import contextlib
from collections import ChainMap, Counter, UserDict, UserList, UserString


def told(function):
    try:
        print(function())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Letters(abc.MutableSet):
    def __init__(self, items=()):
        self.items = list(dict.fromkeys(items))

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __repr__(self):
        return f"Letters({''.join(self.items)})"

    def add(self, item):
        if item not in self.items:
            self.items.append(item)

    def discard(self, item):
        if item in self.items:
            self.items.remove(item)


print(Letters("ab") | "cd", "cd" | Letters("ab"), Letters("abc") & "bc", Letters("abc") - "a", "abc" - Letters("a"))
print(Letters("abc") ^ "cd", Letters("a") < Letters("ab"), Letters("ba") == Letters("ab"), Letters("ab") >= {"a"})
print(Letters("ab").isdisjoint("cd"), Letters("ab") > Letters("ab"), Letters("abc")._hash() == hash(frozenset("abc")))
told(lambda: Letters("a") < 5)
told(lambda: Letters("a") | 5)
told(lambda: Letters("a").remove("z"))
told(lambda: Letters().pop())
letters = Letters("abc")
letters |= "cd"
letters -= "a"
letters ^= "bx"
letters &= Letters("cdx")
print(letters, letters.pop(), letters)
letters ^= letters
print(len(letters))


class Shelf(abc.MutableMapping):
    def __init__(self):
        self.kept = {}

    def __getitem__(self, key):
        return self.kept[key]

    def __setitem__(self, key, value):
        self.kept[key] = value

    def __delitem__(self, key):
        del self.kept[key]

    def __iter__(self):
        return iter(self.kept)

    def __len__(self):
        return len(self.kept)

    def __repr__(self):
        return f"Shelf({self.kept})"


class Keyed:
    def keys(self):
        return ["k"]

    def __getitem__(self, key):
        return key * 2


shelf = Shelf()
shelf.update({"a": 1}, b=2)
shelf.update([("c", 3)])
shelf.update(Keyed())
print(shelf.keys(), shelf.items(), list(shelf.values()), "a" in shelf, 3 in shelf.values(), ("c", 3) in shelf.items())
print(shelf.keys() & {"b", "z"}, sorted(shelf.keys() | {"z"}), shelf.items() - {("a", 1)} == {("b", 2), ("c", 3), ("k", "kk")})
print(shelf.pop("a"), shelf.pop("a", None), shelf.setdefault("b", 9), shelf.setdefault("n"), shelf.popitem(), shelf == dict(shelf))
told(lambda: shelf.pop("missing"))
shelf.clear()
told(lambda: shelf.popitem())
told(lambda: reversed(shelf))


class Row(abc.MutableSequence):
    def __init__(self, items=()):
        self.items = list(items)

    def __getitem__(self, index):
        return self.items[index]

    def __setitem__(self, index, value):
        self.items[index] = value

    def __delitem__(self, index):
        del self.items[index]

    def __len__(self):
        return len(self.items)

    def insert(self, index, value):
        self.items.insert(index, value)


row = Row("abcab")
print(row.index("a", 1), row.index("b", -2), row.count("b"), "".join(reversed(row)), "c" in row)
told(lambda: row.index("c", 3))
told(lambda: row.index("a", 1, -2))
row.reverse()
row += row
row.remove("c")
print("".join(row), row.pop(), row.pop(0), len(row))
row.clear()
told(lambda: row.pop())


class Steps(abc.Generator):
    def __init__(self, *values):
        self.values = list(values)

    def send(self, value):
        return super().send(value) if not self.values else self.values.pop(0)

    def throw(self, typ, val=None, tb=None):
        return super().throw(typ, val, tb)


class Stubborn(Steps):
    def throw(self, typ, val=None, tb=None):
        return "still there"


print(list(Steps(1, 2)), Steps().close())
told(lambda: Steps().throw(ValueError("thrown")))
told(lambda: Stubborn().close())
told(lambda: abc.Sequence())
told(lambda: abc.Coroutine())


class Walks:
    def __iter__(self):
        yield 1


class Refuses(Walks):
    __iter__ = None


for abstract in abc.Iterable, abc.Iterator, abc.Collection, abc.Sized, abc.Hashable, abc.Reversible, abc.Callable:
    print(abstract.__name__, [isinstance(x, abstract) for x in (Walks(), Refuses(), [], {}, iter([]), len, frozenset())])
print(issubclass(range, abc.Sequence), issubclass(bytearray, abc.MutableSequence), isinstance({}.items(), abc.ItemsView))
print(isinstance(contextlib.suppress(), contextlib.AbstractContextManager), isinstance(3, contextlib.AbstractContextManager))

print(UserList([1, 2]) + [3], [0] + UserList([1]), UserList([3, 1]) * 2, UserList([1]) < UserList([2]), UserList("ab")[1:])
print(UserString("abc").upper(), UserString("a") + "b", "x" + UserString("a"), UserString("%s!") % "d", UserString("ab")[0])
print(type(UserString("a").center(5)).__name__, UserString("a,b").split(","), "b" in UserString("abc"), int(UserString("12")))
print(UserDict(a=1) | {"b": 2}, {"b": 2} | UserDict(b=3), UserDict.fromkeys("ab", 0), UserDict(a=1).copy() == {"a": 1})
told(lambda: UserList([1]) < 5)
told(lambda: UserList([1]) * "a")
told(lambda: UserList([1]) + 5)
told(lambda: UserDict(0))
told(lambda: UserDict()["missing"])
print(Counter("aab") <= Counter("aabb"), Counter("ab") < Counter("ab"), Counter("ab") == Counter("ba"), Counter("a") != Counter("b"))
print(Counter("aab") + Counter("b"), Counter("aab") - Counter("ab"), Counter("aab") | Counter("bb"), Counter("aab") & Counter("ab"))
told(lambda: Counter("a") < 3)
print(ChainMap({"a": 1}).new_child(b=2), ChainMap({"a": 1}).new_child({"c": 3}, d=4).parents)
