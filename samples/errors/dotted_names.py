"""Classes that come from C are named with their module in messages."""

import collections
import datetime
import functools
import itertools
import operator
import re
import types


def attempt(what, thunk):
    try:
        print(what, "gives", thunk())
    except Exception as error:
        print(what, type(error).__name__, error)


for thing in (
    list[int], types.SimpleNamespace(a=1), collections.deque(), collections.defaultdict(int), collections.OrderedDict(),
    itertools.chain([]), functools.partial(int), operator.itemgetter(0), re.compile("a"), datetime.date(2000, 1, 1),
    datetime.timedelta(1), functools.cmp_to_key(lambda a, b: 0)(1),
):
    print("---", type(thing))
    attempt("pow", lambda: thing ** 1)
    attempt("divmod", lambda: divmod(thing, 1.5j))
    attempt("next", lambda: next(thing) if not hasattr(thing, "__next__") else None)
    attempt("item", lambda: operator.setitem(thing, [], 1) if not hasattr(thing, "keys") else None)
    attempt("index", lambda: [1][thing])
    attempt("base", lambda: type("Derived", (thing,), {}) if not hasattr(thing, "__mro_entries__") else None)
    attempt("attribute", lambda: thing.no_such_name)
attempt("date", lambda: setattr(datetime.date, "name", 1))
attempt("deque", lambda: setattr(collections.deque(), "name", 1))
attempt("memoryview", lambda: memoryview(b"abc").index(1, None))
attempt("float", lambda: (2.5).__rpow__(None, 2.0))
attempt("no base", lambda: type("Derived", (object(),), {}))


class Named:
    __module__ = None
    __qualname__ = "Outer.Named"


print(Named)


class Short(list):
    def __len__(self):
        return NotImplemented


def shape(value):
    match value:
        case [_, _]:
            return "two"


attempt("match", lambda: shape(Short([1, 2])))


class Plain:
    x: int


class Meta(type):
    pass


class Module(types.ModuleType):
    pass


for target in (Meta, Module, collections.deque):
    attempt("class", lambda: setattr(Plain(), "__class__", target))
