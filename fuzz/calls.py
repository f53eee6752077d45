"""Calls of every function, class and method there is, with arguments that were not foreseen."""

import subprocess
from pathlib import Path

# Functions that end the process, wait, or reach beyond the directory the program runs in.
LEFT_OUT = {
    "exit", "quit", "_exit", "abort", "kill", "input", "breakpoint", "sleep", "help", "copyright", "credits", "license",
    "unlink", "remove", "rename", "replace_file", "rmdir", "removedirs", "fork", "execv", "system", "select", "accept",
    "connect", "recv", "recvfrom", "poll", "wait", "close", "closerange", "dup2", "open", "chdir", "sendall",
    "create_connection", "create_server", "getaddrinfo", "gethostbyname",
}
MODULES = ["bisect", "builtins", "collections", "contextlib", "copy", "dataclasses", "enum", "functools", "heapq", "inspect",
           "itertools", "keyword", "math", "operator", "os", "random", "reprlib", "string", "sys", "time", "types", "typing",
           "warnings", "weakref", "gc", "array", "struct", "re", "json", "asyncio", "contextvars", "traceback", "abc"]

LIST_NAMES = """
import builtins
for module in MODULES:
    try:
        loaded = __import__(module)
    except BaseException:
        continue
    for name in dir(loaded):
        value = getattr(loaded, name, None)
        if callable(value):
            print(module, name)
        if isinstance(value, type):
            for attribute in dir(value):
                print(module, name + "." + attribute)
for text in ["(i for i in ())", "print.__self__", "(lambda: 0)", "(lambda: 0).__code__", "{}.keys()", "{}.items()",
             "iter([])", "iter({})", "iter('')", "iter(range(2))", "iter(set())", "list[int]", "(int | str)", "int.__add__",
             "[].append", "int.real", "type.__dict__['__doc__']", "object().__init__"]:
    for attribute in dir(eval(text)):
        print("-", text + "." + attribute)
"""

OPERATORS = ["+", "-", "*", "/", "//", "%", "@", "&", "|", "^", "<<", ">>", "<", "<=", "==", "!=", "in", "not in", "is", "**"]

SHAPES = [
    "{a}[{b}]", "{a}[{b}:{c}:{d}]", "del_item({a}, {b})", "set_item({a}, {b}, {c})", "f'{{{a}!r:{{{b}}}}}'", "{a} % {b}",
    "[*{a}]", "{{**{a}}}", "whim(*{a}, **{b})", "isinstance({a}, {b})", "sorted({a}, key={b})", "max({a}, {b}, key={c})",
    "setattr({a}, {b}, {c})", "delattr({a}, {b})", "getattr({a}, {b})", "type({a})(*{b})", "type('T', ({a},), {{}})",
    "raise_({a}, {b})", "with_({a})", "match_({a}, {b})", "for_({a}, {b})", "unpack({a})", "hash({a})", "repr({a})",
    "{a} if {b} else {c}", "{a}({b})", "{a}({b}, {c})", "{a}(*{b}, x={c})", "assign_class({a}, {b})", "catch({a}, {b})",
    "drive({a}, {b})", "[x for x in {a} for y in {b}]", "augment({a}, {b})", "list(map({a}, {b}))", "{a}.__class__.__mro__",
    "exec({a}, {b})", "eval({a}, {b}, {c})", "compile({a}, {b}, {c})", "print({a}, {b}, sep={c}, end={d})",
    "list(zip({a}, {b}, strict={c}))", "str({a}, {b}, {c})", "int({a}, {b})", "pow({a}, {b}, {c})", "super({a}, {b}).x",
    "class_with_base({a}, {b})", "property({a}).__get__({b}, {c})", "__import__({a}, {b}, {c}, {d}, {e})",
]

SUPPORT = b'''
def del_item(a, b): del a[b]
def set_item(a, b, c): a[b] = c
def raise_(a, b): raise a from b
def with_(a):
    with a as b: return b
def match_(a, b):
    match a:
        case [x, *y]: return y
        case {"a": z, **w}: return w
        case Odd(x=1): return 1
        case b.x: return 2
def for_(a, b):
    n = 0
    for x in a:
        n += 1
        if n > 100: break
        if type(a) in (list, bytearray): a.append(1)
        elif type(a) is dict: a[n] = b
        elif type(a) is set: a.add(n)
def unpack(a):
    (p, *q), = a,
    return p, q
def assign_class(a, b): a.__class__ = b
def catch(a, b):
    try: raise a
    except b: return 1
def drive(a, b):
    for step in (a.send, a.throw, a.close):
        try: step(b)
        except Exception: pass
    return next(a)
def augment(a, b):
    a += b
    a *= 2
    a |= b
    return a
def class_with_base(a, b):
    class C(a, metaclass=b): pass
    return C()
'''


class Maker:
    name = "calls"

    def __init__(self, pyield):
        program = f"MODULES = {MODULES!r}\n{LIST_NAMES}"
        output = subprocess.run([pyield, "-c", program], capture_output=True, text=True).stdout
        lines = [line.split(" ", 1) for line in output.splitlines()]
        self.callables = [(module, name) for module, name in lines if name.split(".")[-1] not in LEFT_OUT]
        self.head = Path(__file__).with_name("hostile_values.py").read_bytes() + SUPPORT
        for module in sorted({module for module, _ in lines} - {"-"}):
            self.head += f"import {module}\n".encode()

    def make(self, random):
        def value():
            kind = random.random()
            if kind < 0.8:
                return f"H[{random.randrange(-120, 330)}]"
            if kind < 0.9:
                return "Odd()"
            return f"[H[{random.randrange(300)}], H[{random.randrange(300)}]]"

        def statement():
            kind = random.random()
            if kind < 0.35:
                names = {letter: value() for letter in "abcde"}
                return random.choice(SHAPES).format(**names)
            if kind < 0.45:
                return f"{value()} {random.choice(OPERATORS)} {value()}"
            module, name = random.choice(self.callables)
            callee = name if module == "-" else f"{module}.{name}"
            arguments = [value() for _ in range(random.choice([0, 1, 1, 2, 2, 2, 3, 3, 4, 5]))]
            return f"{callee}({', '.join(arguments)})"

        return "run", self.head, [f"t(lambda: {statement()})\n".encode() for _ in range(150)]
