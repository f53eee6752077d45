"""A profile function is told of the calls of builtin functions and methods by the program, and how they end; of classes it is not."""
import sys
log = []
def prof(frame, event, arg):
    name = getattr(arg, '__name__', None) if event.startswith('c_') else None
    log.append((event, frame.f_code.co_name, frame.f_lineno, name, type(arg).__name__ if event.startswith('c_') else None))
class C:
    def m(self): return len('abc')
    def __len__(self): return 3
    def __call__(self): return ord('a')
class L(list):
    def append(self, x): super().append(x)
def key(x): return -x
def gen():
    yield len([])
    yield max(1, 2)
def f():
    x = [3, 1]
    x.append(2)
    list.append(x, 4)
    len(x); len(C()); C().m(); C()()
    L().append(1)
    sorted(x, key=key)
    x.sort(key=key)
    list(x); str(1); int('3'); dict(a=1); tuple(gen())
    isinstance(x, list); print; getattr(x, 'append')(5)
    ' '.join(['a', 'b']); 'a'.upper().lower()
    list(map(key, x)); [abs(i) for i in x]
    max(x, key=len and key)
    try:
        int('x')
    except ValueError:
        pass
    try:
        [].pop()
    except IndexError:
        pass
    try:
        len(5)
    except TypeError:
        pass
    d = {}
    d.get(1, 2); d.setdefault('a', []).append(1); d.items()
    g = gen(); next(g); g.send(None); g.close()
    any(i for i in x); sum(x); min(*x); print(*[], end='')
    f'{x!r}'; repr(x); hash(1); id; abs(-1); round(1.5); pow(2, 3); divmod(7, 2)
    class K: pass
    x.__len__(); (1).__add__(2); object(); type(x); super
    import functools
    functools.reduce(max, x); functools.partial(key, 1)()
    enumerate(x); zip(x); range(3); set(x); reversed(x); iter(x); vars(C); callable(x)
    x[len(x) - 1]; x.extend(range(2)); x.pop(); x.index(1); x.insert(0, 1); x.count(1); x.reverse(); x.copy(); x.clear()
    d.update(a=1); d.pop('a'); d.keys(); d.values(); 's'.format(1); 's'.startswith('a'); 's'.split(); 's'.strip(); b'a'.hex()
    exec('len([1])'); eval('len([2])')
    sys.getrecursionlimit()
    str.upper('a'); dict.fromkeys([1]); int.from_bytes(b'a', 'big'); float.fromhex('1')
    object.__new__(C); isinstance(3, (int, str)); setattr(C, 'a', 1); hasattr(C, 'b'); delattr(C, 'a')
    raise_it()
def raise_it():
    try:
        next(iter([]))
    except StopIteration:
        return len('ab')
sys.setprofile(prof)
f()
len('x')
sys.setprofile(None)
for e in log: print(*e)

# A profiler made by hand.
from collections import Counter
counts, spent = Counter(), []
def count(frame, event, arg):
    if event == "c_call":
        counts[arg.__qualname__] += 1
        spent.append(arg)
    elif event in ("c_return", "c_exception"):
        assert spent.pop() == arg
def primes(limit):
    found = []
    for n in range(2, limit):
        if all(n % p for p in found) and not any([n % p == 0 for p in found]):
            found.append(n)
    return sorted(found, key=lambda p: -p)
def words(text):
    seen = {}
    for word in text.lower().split():
        seen.setdefault(word.strip(".,"), []).append(len(word))
    return max(seen, key=lambda word: sum(seen[word]))
sys.setprofile(count)
primes(40)
words("The cat, the dog. A cat and the end.")
class Stack(list):
    def push(self, item):
        super().append(item)
        return len(self)
stack = Stack()
[stack.push(n) for n in range(5)]
"%s" % stack.pop()
sys.setprofile(None)
print(sorted(counts.items()), len(spent))
