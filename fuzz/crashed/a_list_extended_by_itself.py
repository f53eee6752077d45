
import bisect, builtins, collections, contextlib, copy, functools, heapq, itertools, sys
try: import gc
except ImportError: gc = None
turn = 0
limit = 20
def change(*ignored):
    global turn, x, c, it, g
    turn += 1
    if turn > limit:
        return turn
    if turn % 2 == 0:
        del c[0]
        c.extend(c)
    return turn
def changing(i):
    change()
    return i
class Other:
    a = 1
class Base: a = 3
class Key(Base):
    def __init__(self, n=0): self.n = n; self.a = 1
    def __eq__(self, other): change(); return self.n == getattr(other, "n", None)
    def __hash__(self): change(); return self.n % 2
    def __lt__(self, other): return change() or turn % 3 == 0
    def __repr__(self): change(); return "K"
    def __del__(self): change()
    def __bool__(self): change(); return True
    def __format__(self, spec): change(); return "k"
    def __divmod__(self, other): return change()
    def __getattr__(self, name): change(); raise AttributeError(name)
class Index:
    def __index__(self): change(); return 2
    def __round__(self): return change()
class Text(str):
    def __str__(self): change(); return "t"
    def __len__(self): change(); return 1
class Changing:
    def __iter__(self):
        for i in range(6):
            change()
            yield i
    def __len__(self): change(); return 3
    def __length_hint__(self): change(); return 3
    def keys(self): change(); return [1, 2]
    def __getitem__(self, key): change(); return key
class Manager:
    def __enter__(self): change()
    def __exit__(self, *args): change(); return turn % 2
class Meta(type):
    def __instancecheck__(cls, x): return change()
    def __prepare__(name, bases): change(); return {}
    def mro(cls): change(); return super().mro()
class Error(Exception):
    def __str__(self): change(); return "e"
def heap(c):
    heapq.heapify(c)
    while c: heapq.heappop(c)
def f(*args, a=1, **rest): change(); return a
def h(): return turn
def generator():
    try:
        for i in c:
            try: yield i
            finally: change()
    except ValueError: yield 5
def threading(): return copy.copy(g)
x = Key(1)
e = Error(1)
g = generator()
try:
 c = [3, 1, 2] * 5
 it = iter(c)
 type('D', (Key,), {'b': Key(2)})
except Exception as e: pass
try:
 c = {Key(i % 3): i for i in range(9)}
 it = iter(c)
 list(g)
except Exception as e: pass
