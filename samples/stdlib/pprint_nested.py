"""`pprint`: nested data in lines that are not too long."""

import pprint
from collections import *
from dataclasses import dataclass, field
import types, io
data = {"numbers": list(range(30)), "nested": {"a": {"b": {"c": ["deep", ("tuple",), {1, 2, 3}, frozenset([1])]}}}, "text": "the quick brown fox jumps over the lazy dog " * 4, "more": None, "bytes": b"bytes" * 20}
pprint.pprint(data)
pprint.pprint(data, width=40, compact=True)
pprint.pprint(data, indent=4, depth=2, sort_dicts=False)
pprint.pp({"z": 1, "a": 2})
pprint.pprint([1234567, 12345.678, {"big": 10**12}], underscore_numbers=True)
pprint.pprint("one line that is rather long\nand another one that is longer than the first, by some words\n" * 2, width=30)
pprint.pprint(["short", "the quick brown fox jumps over the lazy dog"], width=20)
for value in (OrderedDict((str(n), n) for n in range(15)), defaultdict(list, {str(n): [n] for n in range(15)}), Counter("the quick brown fox jumps over"), deque(range(40)), deque(range(40), 50), ChainMap({"a": list(range(20))}, {"b": list(range(20))}), UserDict({str(n): n for n in range(15)}), UserList(range(40)), types.SimpleNamespace(first=list(range(20)), second="x" * 60), types.MappingProxyType({str(n): n for n in range(15)}), bytearray(b"0123456789" * 10), set(range(40)), frozenset(range(40)), tuple(range(40)), ("x" * 90,)):
    pprint.pprint(value)
@dataclass
class Node:
    name: str
    children: list = field(default_factory=list)
    hidden: int = field(default=0, repr=False)
    parent: object = None
pprint.pprint(Node("root", [Node("child" * 5, list(range(20))), Node("b")]))
n = Node("self" * 20); n.parent = n; pprint.pprint(n)
loop = [1, 2]; loop.append(loop)
print(pprint.isrecursive(loop), pprint.isreadable(loop), pprint.isreadable([1, "a"]), pprint.isreadable([print]), pprint.saferepr(loop).split("id=")[0])
print(pprint.pformat({"b": [1], 1: 2, None: 3}), pprint.pformat([]), pprint.pformat({}), pprint.pformat(()), pprint.pformat(set()), pprint.pformat((1,)))
s = io.StringIO(); pprint.PrettyPrinter(width=10, stream=s).pprint([10, 20, 30]); print(repr(s.getvalue()))
class Mine(list): pass
class Loud(list):
    def __repr__(self): return "LOUD" * 30
pprint.pprint(Mine(range(30))); pprint.pprint(Loud(range(30)))
pprint.pprint([[[[[]]]], {"a": {"b": {}}}], depth=2)
for bad in (dict(indent=-1), dict(width=0), dict(depth=0)):
    try: pprint.PrettyPrinter(**bad)
    except ValueError as e: print(e)
