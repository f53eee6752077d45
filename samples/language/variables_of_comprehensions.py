# The names of a function's variables, those of its comprehensions among them, in the order in which code is written for
# them; `locals()` shows them in the same order.
BODIES = """
a = [x for x in y]
---
z = 1; a = [x + w for x in y for w in x]; b = {k: v for k, v in y}
---
b = [[c for c in d] for d in [e for e in y]]
---
b = [lambda: q for q in y]
---
x = 1; g = lambda: x; a = [x for x in y]
---
for i in [x for x in y]: k = i
---
a: int; b: int = (c := 1)
---
z = [i for i in a if (j := i)]; a = 1
---
z = lambda p=[w for w in y]: 3
---
[a for b in [c for c in y]]; a = b = c = 1
---
a = [x for x in y for z in [w for w in x]]
---
def inner(p=(q := 1)): pass
class K(B): pass
B = 1
---
match y:
    case [aa, *bb] if (cc := aa): dd = 1
    case {'k': ee, **ff} as gg: pass
---
try: a = 1
except E as e: b = e
finally: c = 2
---
if 0:
    dead = 1
return 1
after = 2
---
a = 1
l1 = [locals() for a in [2]]
l2 = [locals() for b in [2]]
c = 3
l3 = [locals() for b in [5] for c in [7]]
print([list(one[0]) for one in (l1, l2, l3)], list(locals()))
---
x = 5
def g(): return x
r = [locals() for x in [1]]
d = [locals() for z in [1]]
print([list(k) for k in r], [list(k) for k in d])
---
a: int
import sys
f = sys._getframe()
f.f_locals['a'] = 3; f.f_locals['new'] = 4
print(list(f.f_locals))
"""
for body in BODIES.strip("\n").split("\n---\n"):
    namespace = {}
    exec("def f(par=1):\n" + "".join([f"    {line}\n" for line in body.split("\n")]), namespace)
    code = namespace["f"].__code__
    print(code.co_varnames, code.co_cellvars, code.co_nlocals)
    if "print" in body:
        namespace["f"]()
print(compile("a = [x for x in y]", "f", "exec").co_varnames)


# Code objects are equal when what they run is.
def made(text):
    return [const for const in compile(text, "f", "exec").co_consts if hasattr(const, "co_code")][0]


text = "def f(a, b=2):\n    'doc'\n    return a + 1.0"
one, two = made(text), made(text)
print(one == two, hash(one) == hash(two), one is two, one == made("\n" + text), one == made(text.replace("1.0", "2.0")))
print(one.replace() == one, one.replace(co_name="g") == one)


# Constants may be replaced.
def spoken():
    "said"
    return "one", 2.5, lambda: "inner"


changed = {"one": "two", 2.5: 3.5, "said": "unsaid"}
consts = tuple([changed.get(const, const) for const in spoken.__code__.co_consts])
print(type(spoken)(spoken.__code__.replace(co_consts=consts), globals())()[:1])


# A table of places, in the format of CPython.
def places(code):
    line, table, found = code.co_firstlineno, iter(code.co_linetable), []

    def number():
        byte = next(table)
        value, shift = byte & 63, 0
        while byte & 64:
            byte = next(table)
            shift += 6
            value |= (byte & 63) << shift
        return value

    for first in table:
        form, units = first >> 3 & 15, (first & 7) + 1
        if form == 15:
            place = None, None, None, None
        elif form == 14:
            step = number()
            line += -(step >> 1) if step & 1 else step >> 1
            last = line + number()
            place = line, last, number() - 1, number() - 1
        elif form == 13:
            step = number()
            line += -(step >> 1) if step & 1 else step >> 1
            place = line, line, None, None
        elif form >= 10:
            line += form - 10
            place = line, line, next(table), next(table)
        else:
            second = next(table)
            column = form << 3 | second >> 4
            place = line, line, column, column + (second & 15)
        found += [place] * units
    return found


print(places(places.__code__) == list(places.__code__.co_positions()))
