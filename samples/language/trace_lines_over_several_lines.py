"""Which lines a trace function is told of where an expression takes several: at the top of a module, and in a function."""

import sys

CASES = """
r = (a +
     b +
     3)
---
r = (a
     < b
     < 3)
---
r = (a and
     b and
     3)
---
if (a and
    not z and
    3):
    r = 1
---
while (z <
       2):
    z += 1
else:
    r = z
---
r = f(
    a,
    b,
    3,
)
---
r = {
    'k': a,
    'm': f(2),
    'n': 3,
}
---
r = (1 if
     f(0) else
     f(2))
---
r = f(1).__add__(
    f(2)).__add__(
    f(3))
---
r = [f(1),
     f(2)][
     0]
---
@deco(
    1)
def h(
    a=f(1),
    b=f(2),
):
    return a
h()
---
r = [
    u
    for x in (1, 2)
    for u in [x + 1]
]
---
r = [u for x in (1, 2) for u in (x + 1,) if u for v in [u] if
     v > 2]
---
for x in [a]:
    r = x
---
r = a if z == \\
    'text' else b
---
x = y = (
    a
)
---
L = [1, 2, 3]
L[
    0
] += f(
    2)
---
match f(1):
    case 0:
        r = 0
    case 1 | 2 if (
        a
        and b):
        r = 1
""".strip().split("\n---\n")


def lines_of(text):
    told = []

    def tracer(frame, event, argument):
        if frame.f_code.co_filename != "<case>":
            return None
        name = "" if frame.f_code.co_name in ("<module>", "fn") else frame.f_code.co_name + ":"
        told.append(f"{name}{'' if event == 'line' else event[0]}{frame.f_lineno}")
        return tracer

    names = {"f": lambda *args: args[0], "deco": lambda n: lambda function: function, "a": 1, "b": 2, "z": 0}
    code = compile(text, "<case>", "exec")
    sys.settrace(tracer)
    exec(code, names)
    sys.settrace(None)
    return " ".join(told)


for text in CASES:
    print(text)
    print("   ", lines_of(text + "\n"))
    inside = "".join(f"    {line}\n" for line in text.splitlines())
    print("   ", lines_of(f"def fn(a, b, z):\n{inside}\nfn(a, b, z)\n"))
