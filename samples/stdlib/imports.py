"""The forms of `import`."""

import sys
import collections as c
from functools import reduce as fold, partial
from itertools import *

print(sys.__name__, c.deque([1]), fold(lambda a, b: a + b, [1, 2]), list(islice(count(), 3)), partial.__name__)


def inside():
    import time

    return time.__name__


print(inside(), "time" in globals())
try:
    import no_such_module
except ModuleNotFoundError as error:
    print("ModuleNotFoundError:", error, error.name)
try:
    from collections import no_such_name
except ImportError as error:
    print("ImportError:", str(error).split(" (")[0])
