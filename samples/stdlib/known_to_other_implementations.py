# Corners of the library that the tests of other implementations look into.
import bisect
import copy
import csv
import enum
import functools
import inspect
import io
import itertools
import operator
import pickle
import random
import struct
import sys
import typing
from array import array
from dataclasses import dataclass


def attempt(function):
    try:
        print(repr(function()))
    except BaseException as error:
        print(type(error).__name__, error)


# functools
K = functools.cmp_to_key(lambda a, b: a - b)
print(type(K), type(K(1)), K(1) < K(2), K(1) != K(1), K(obj=3).obj, sorted([3, 1, 2], key=K))
for wrong in (lambda: K(1) < 1, lambda: K(1) == 1, lambda: hash(K(1)), lambda: 1 < K(1)):
    attempt(wrong)


def function(a, b, c=3):
    return b, c


class Methods:
    positional = functools.partialmethod(function, 1)
    named = functools.partialmethod(function, c=9)


print(type(Methods().positional), Methods().positional.func.__func__ is function, Methods().positional(), Methods().named(4))
for method in (Methods.positional, Methods().positional, Methods().named):
    print(inspect.signature(method))

# itertools
first = itertools.tee([1, 2, 3])[0]
next(first)
again = type(first)(first)
print(list(again), list(first), list(type(first)("ab")))
attempt(lambda: type(first)(1))

# bisect


class Items:
    def __getitem__(self, n):
        return n


class Sized:
    def __len__(self):
        return 1


for search in (bisect.bisect, bisect.insort):
    for wrong in (Items(), Sized(), 10):
        attempt(lambda: search(wrong, 1))

# random
print(random.BPF, random.TWOPI, random.NV_MAGICCONST, random.LOG4, random.SG_MAGICCONST, random.RECIP_BPF)
source = random.Random(5)
source.random()
twins = copy.copy(source), copy.deepcopy(source), pickle.loads(pickle.dumps(source))
print(len({each.random() for each in (source, *twins)}))
print(source.__reduce__()[:2])

# csv
print(list(csv.reader(['1,"b",,2'], quoting=csv.QUOTE_NONNUMERIC)), list(csv.reader(["a  b"], delimiter=" ", skipinitialspace=True)))
print(list(csv.reader(io.StringIO("\\\na,b\\\nc,d\\\n\r\n", newline=""), quoting=csv.QUOTE_NONE, escapechar="\\")))
attempt(lambda: csv.reader([], quoting=None))

# arrays
view = memoryview(array("i", [1, 2, 3]))
view[0:2] = array("i", [9, 8])
print(view.tolist())
memory = array("b", b" " * 8)
struct.pack_into("<5s", memory, 2, b"abc")
print(memory.tobytes())

# operator, sys
print(len(operator.__all__), all(hasattr(operator, name) for name in operator.__all__))
print(sys.breakpointhook is sys.__breakpointhook__)
sys.breakpointhook = lambda *args, **kwargs: print("stopped", args, kwargs)
breakpoint(1, a=2)
del sys.breakpointhook
attempt(breakpoint)

# typing
for name in ("ClassVar", "List", "Callable", "Literal", "Iterable"):
    special = getattr(typing, name)
    print(special.__name__, special.__qualname__, special.__module__)
print(typing.List[int].__name__, typing.Callable[[int], str].__qualname__, typing.Literal[1].__name__, typing.Pattern[str])


class Two[T, **P]:
    pass


print(Two[int, [float, str]], Two[int, (float, str)], pickle.loads(pickle.dumps(Two[int, [float, str]])))


@dataclass
class Late:
    other: "Late"


print(typing.get_type_hints(Late.__init__)["other"] is Late, Late.__init__.__globals__ is globals())
for made in (io.StringIO(), io.BytesIO()):
    attempt(lambda: made + 1)
    attempt(lambda: made.nothing)


# enum


class Flags(enum.Flag):
    A = 1
    NOTHING = None


for combined in (
    lambda: Flags.A & Flags.NOTHING, lambda: Flags.NOTHING | Flags.A, lambda: Flags.A ^ Flags.NOTHING, lambda: ~Flags.NOTHING,
    lambda: Flags.A | 1, lambda: Flags.A | Flags.A,
):
    attempt(combined)
for special in (typing.Literal, typing.Required, typing.ReadOnly, typing.ClassVar):
    attempt(lambda: special[()])
    attempt(lambda: special[1, 2])
