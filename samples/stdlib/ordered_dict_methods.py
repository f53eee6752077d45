"""What OrderedDict does otherwise than dict."""

import copy
from collections import OrderedDict


class Watched(OrderedDict):
    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)


ordered = OrderedDict(a=1, b=2)
print(ordered.pop(key="a"), ordered.pop("z", default=None), ordered.pop(key="y", default=3))
print(ordered.setdefault(key="c", default=5), ordered.setdefault("b", 7), ordered)
try:
    ordered.pop("z")
except KeyError as error:
    print(repr(error))

watched = Watched()
print(watched.setdefault("a"), watched.setdefault("a", 2), watched)

ordered.note = "kept"
for made in copy.copy(ordered), copy.deepcopy(ordered):
    print(made, made.note, made is ordered)
print(hasattr(ordered.copy(), "note"))
