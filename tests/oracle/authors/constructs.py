"""Programs of whole constructs, each with a twist: decorators, descriptors, metaclasses, scopes, stars, groups, rooms, generators, patterns."""

from .author import Author

PREAMBLE = '''\
import functools


def said(value, *more):
    print("   said", text(value), *map(text, more))
    return value


class Tracer:
    """Says which special method was asked, and answers as its table says."""

    def __init__(self, name="t", **answers):
        self.name = name
        self.answers = answers

    def __repr__(self):
        return f"<{self.name}>"

    def answer(self, method, *args):
        print("   ", self.name, method, *map(text, args))
        if method == "getitem" and isinstance(args[0], int) and args[0] > 2:
            # Whoever goes through it comes to an end.
            raise IndexError(args[0])
        answer = self.answers.get(method, NotImplemented)
        if isinstance(answer, type) and issubclass(answer, BaseException):
            raise answer(method)
        return self if answer == "self" else answer

    def __add__(self, other): return self.answer("add", other)
    def __radd__(self, other): return self.answer("radd", other)
    def __iadd__(self, other): return self.answer("iadd", other)
    def __mul__(self, other): return self.answer("mul", other)
    def __imul__(self, other): return self.answer("imul", other)
    def __or__(self, other): return self.answer("union", other)
    def __ior__(self, other): return self.answer("iunion", other)
    def __ror__(self, other): return self.answer("runion", other)
    def __ipow__(self, other): return self.answer("ipow", other)
    def __getitem__(self, key): return self.answer("getitem", key)
    def __setitem__(self, key, value): self.answer("setitem", key, value)
    def __delitem__(self, key): self.answer("delitem", key)
    def __contains__(self, item): return self.answer("contains", item)
    def __call__(self, *args, **kwargs): return self.answer("call", args, kwargs)
    def __enter__(self): return self.answer("enter")
    def __exit__(self, kind, error, trace): return self.answer("exit", kind and kind.__name__)
    def __lt__(self, other): return self.answer("lt", other)
    def __ge__(self, other): return self.answer("ge", other)


class Descriptor:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        print("   named", name, owner.__name__)
        if self.kind == "refuses":
            raise ValueError(name)
        self.name = name


class Reads(Descriptor):
    def __get__(self, instance, owner):
        print("   get", self.name, instance is None, owner.__name__)
        if self.kind == "fails":
            raise AttributeError("get fails")
        return self.kind


class Writes(Reads):
    def __set__(self, instance, value):
        print("   set", self.name, text(value))
        if self.kind == "fails":
            raise TypeError("set fails")
        instance.__dict__[self.name] = value


class OnlyWrites(Descriptor):
    def __set__(self, instance, value):
        print("   only set", self.name, text(value))


def decorate(*args, **kwargs):
    print("   decorate", args, kwargs)
    def inner(function):
        print("   inner", getattr(function, "__name__", function))
        @functools.wraps(function)
        def wrapper(*a, **k):
            print("   wrapper", len(a), sorted(k))
            return function(*a, **k)
        return wrapper
    return inner


class Namespace(dict):
    def __setitem__(self, key, value):
        if not key.startswith("__"):
            print("   bind", key)
        super().__setitem__(key, value)

    def __missing__(self, key):
        if key.startswith("magic"):
            return key.upper()
        raise KeyError(key)


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kwargs):
        print("   prepare", name, sorted(kwargs))
        return Namespace()

    def __new__(mcs, name, bases, namespace, **kwargs):
        return super().__new__(mcs, name, bases, dict(namespace))

    def __init__(cls, name, bases, namespace, **kwargs):
        print("   init class", name)
        super().__init__(name, bases, namespace)

    def __getitem__(cls, key):
        return cls.__name__, key

    def __iter__(cls):
        yield from (cls.__name__, 1)

    def __contains__(cls, item):
        return item == 1


class Group(ExceptionGroup):
    def derive(self, errors):
        return Group(self.message + "'", errors)


def generator(steps=3):
    try:
        for step in range(steps):
            try:
                got = yield step
                print("   got", text(got))
            except ValueError as error:
                print("   inside", error)
    finally:
        print("   closing")
    return "done"


class Eq:
    def __init__(self, value, answer=None):
        self.value = value
        self.answer = answer

    def __hash__(self):
        return 1

    def __eq__(self, other):
        print("   eq", self.value)
        if isinstance(self.answer, str):
            raise KeyError(self.answer)
        return self.value == getattr(other, "value", other) if self.answer is None else self.answer

    def __repr__(self):
        return f"Eq({self.value})"


items = [1, 2, 3]
pairs = {"a": 1, "b": 2}
flag = 0
'''

VALUES = ["1", "0", "'s'", "None", "[1, 2]", "(1, 2)", "{'a': 1}", "2.5", "items", "pairs", "Tracer()", "range(3)", "{1, 2}", "''", "Tracer(add=5)"]
ITERABLES = ["items", "pairs", "'ab'", "(1, 2)", "range(3)", "[]", "(x for x in items)", "generator()", "{3}", "5", "None", "zip(items, 'abc')", "Tracer()", "iter(items)"]
ANSWERS = ["5", "'self'", "NotImplemented", "None", "KeyError", "TypeError", "[1]", "True", "(1, 2)"]
ERRORS = ["ValueError", "KeyError", "TypeError", "OSError", "LookupError", "RuntimeError", "StopIteration", "Exception"]

# What the compiler rejects, or what shows where a name is looked up.
MISTAKES = ['nonlocal q', 'return 1', 'def f():\\n  global x\\n  x = 1\\nf()', 'def f(a):\\n  global a', 'def f():\\n  x = 1\\n  global x', 'class C:\\n  nonlocal x', 'break', 'x = 1\\ndel (x, y)', '[i := 0 for i in x]', 'f(**k, *a)', 'def f(a, a): pass', '(a, b) += 1', 'x: int: str', 'yield', 'await x', 'a b', 'print 1', 'with open(x) as 5: pass']


class Constructs(Author):
    def value(self):
        return self.one(VALUES)

    def tracer(self, *methods):
        answers = ", ".join(f"{method}={self.one(ANSWERS)}" for method in methods if self.chance(75))
        return f"Tracer({self.one([repr('t'), repr('u')])}{', ' if answers else ''}{answers})"

    def guard(self, *lines, after=True):
        """These lines in a `try`; what they raise is told."""
        self.line("try:")
        for line in lines:
            self.line("    " + line)
        self.line("except Exception as error:")
        self.line("    note(error)")

    # The constructs.

    def stars(self):
        iterable = lambda: self.one(ITERABLES)
        shape = self.random.randrange(9)
        if shape == 0:
            self.guard(f"{self.one(['a, *b', '*a, b', 'a, *b, c', '[a, *b]', '(a, b), *c', 'a, b', '*a,', 'a, (b, *c)', 'a, b, *c, d'])} = {iterable()}", "show(a, b)")
        elif shape == 1:
            parts = [self.one([f"*{iterable()}", self.value()]) for _ in range(self.random.randint(1, 3))]
            self.guard(f"show({self.one(['[{}]', '({},)', '{{{}}}', 'items[0:({},)[0]]', 'list(({},))'])})".replace("{{", "{").replace("}}", "}").replace("{}", ", ".join(parts)))
        elif shape == 2:
            parts = [self.one([f"*{iterable()}", self.value()]) for _ in range(self.random.randint(0, 2))]
            parts += [self.one(["**pairs", "**{}", "k=1", "**{'k': 2}", "**Tracer()", "**{1: 2}", "**None", "a=3"]) for _ in range(self.random.randint(0, 2))]
            if parts.count("k=1") < 2 and parts.count("a=3") < 2:
                self.guard(f"show((lambda *a, **k: (a, k))({', '.join(parts)}))")
        elif shape == 3:
            self.guard(f"show({{**{self.one(['pairs', '{}', 'Tracer()', 'items', 'None', 'dict(z=1)'])}, 'k': {self.value()}, **{self.one(['pairs', '{1: 2}', '5'])}}})")
        elif shape == 4:
            self.guard("def spread():", f"    return *{iterable()}, {self.value()}", "show(spread())")
        elif shape == 5:
            self.guard(f"for a, *b in {self.one(['[(1, 2, 3), [4]]', 'zip(items, items)', '[items, pairs]', '[5]', '[()]'])}:", "    show(a, b)")
        elif shape == 6:
            self.guard(f"show({self.tracer('getitem')}[{self.one(['*items', '1, *items', '*()', '1:2, *items', '::', '...', '1:2:3, 4', '*pairs, 0'])}])")
        elif shape == 7:
            self.guard(f"print(*{iterable()}, sep={self.one([repr('-'), 'None', '5', repr('')])})")
        else:
            self.guard(f"a = *{iterable()}, *{iterable()}", "show(a)")

    def augmented(self):
        op, method = self.one([("+=", "add"), ("*=", "mul"), ("|=", "union"), ("**=", "pow"), ("-=", "sub"), ("@=", "matmul"), ("//=", "floordiv"), ("%=", "mod"), ("<<=", "lshift")])
        left = self.one([self.tracer("i" + method, method, "getitem") if method in ("add", "mul", "union", "pow") else self.value(), self.value(), "[1]", "(1,)", "'a'", "{1}", "{'a': 1}", "True", "bytearray(b'x')", "3"])
        right = self.one([self.value(), "[3]", "'b'", self.tracer("r" + method) if method in ("add", "union") else "2", "2"]) if op not in ("*=", "**=", "<<=") else self.one(["2", "'x'", "None", "0", "-1", "1.5"])
        place = self.one(["a", "a", "a[0]", "a.x", "a['k'][0]", "a[1:]", "a[0], b"][:6])
        self.guard(f"a = {left}", f"{'b = a; ' if place == 'a' else ''}{place} {op} {right}", "show(a)" if place != "a" else "show(a, a is b)")
        if self.chance(30):
            self.guard(f"a = ([1], {left})", f"a[{self.one('01')}] {op} {right}")
            self.guard("show(a)")

    def descriptor(self):
        kind = self.one(["Reads", "Writes", "OnlyWrites", "Writes", "property", "classmethod", "staticmethod", "functools.cached_property"])
        flavour = self.one(["'plain'", "'fails'", "'refuses'", "'kept'", "None"]) if kind in ("Reads", "Writes", "OnlyWrites") else self.one(["lambda *a: a and len(a)", "lambda self: self.nothing", "5", "len", "said"])
        self.line("try:")
        self.line("    class Holder:")
        self.line(f"        field = {kind}({flavour})")
        if self.chance(30):
            self.line(f"        def __getattr__(self, name): return said('dynamic ' + name)")
        if self.chance(20):
            self.line(f"        __slots__ = {self.one(['()', '(repr(0),)', repr(('x', '__dict__')), repr(('field',))])}")
        self.line("    class Below(Holder):")
        self.line(f"        {self.one(['pass', 'other = Holder.__dict__[' + repr('field') + ']', 'field = 3', 'field = property(lambda self: super().field)'])}")
        self.line("except Exception as error:")
        self.line("    note(error)")
        self.line("    class Holder: pass")
        self.line("    Below = Holder")
        for _ in range(self.random.randint(2, 4)):
            holder = self.one(["Holder()", "Below()", "holder", "holder"])
            self.guard("holder = Below()", self.one([f"show({holder}.field)", f"{holder}.field = {self.value()}", f"del {holder}.field", "show(Holder.field)", "show(Below.field is Holder.field)", f"show({holder}.other)",
                       f"{holder}.field = 1; show(holder.__dict__)", "Holder.field = 7; show(Holder().field)", f"show(hasattr({holder}, 'field'))", f"show(getattr({holder}, 'field', 'absent'))", f"show({holder}.field())",
                       "show(type(Holder.__dict__['field']).__name__)", f"show(object.__getattribute__({holder}, 'field'))", f"show(vars({holder}))", f"{holder}.field += 1"]))

    def metaclass(self):
        name = f"K{self.number()}"
        base = self.one(["", "int, ", "Exception, ", "Plain, ", "Strict, ", "int, str, ", "Plain, object, ", "object, Plain, ", "bool, ", "5, ", "*(), "])
        meta = self.one(["metaclass=Meta", "metaclass=Meta", "metaclass=Meta, level=3", "", "metaclass=type", "metaclass=lambda *a, **k: (a[0], sorted(k))", "metaclass=Tracer()", "level=2", "metaclass=int"])
        self.guard("class Plain: pass", "class Strict:", "    def __init_subclass__(cls, level=1, **rest):", "        print('   below', cls.__name__, level)", "        super().__init_subclass__(**rest)")
        body = [self.one(["x = 1", "y = magic_word", "y = unknown", "x = y = flag", "def method(self): return __class__.__name__", "def __len__(cls): return 3", "z = [x for x in items]", "w = [magic_a for _ in items]",
                          "class Inner: deep = 1", "__private = 5", "def get(self): return self.__private", "del flag", "flag = flag + 1", "__slots__ = ('s',)", "__slots__ = ('s', 's')", "__slots__ = 'x y'", "__qualname__ = 'Other'",
                          "__module__ = None", "__hash__ = None", "global gg; gg = 4", "locals()['made'] = 3", "__class_getitem__ = lambda *a: len(a)", "__doc__ = 5", "print('   body', __qualname__)", "__init__ = None", "__new__ = 5", "__eq__ = None",
                          "__match_args__ = ['x']", "__bool__ = lambda self: 2", "__iter__ = lambda self: iter(items)", "__classcell__ = 3", "__call__ = print", "__getattr__ = lambda self, name: name"]) for _ in range(self.random.randint(1, 4))]
        head = (base + meta).strip().removesuffix(",")
        self.guard(f"class {name}{f'({head})' if head else ''}:", *["    " + line for line in body], f"show({name})" if self.chance(20) else "pass")
        for _ in range(self.random.randint(1, 3)):
            self.guard(self.one([f"show({name}.x)", f"show({name}.y)", f"show(isinstance({name}, Meta))", f"show({name}().method())", f"show({name}[1])", f"show(list({name}))", f"show(1 in {name})", f"show({name}().get())",
                                 f"show(sorted(k for k in vars({name}) if k[0] != '_'))", f"show({name}.__mro__)", f"show({name}.__qualname__, {name}.__name__)", f"show({name}.Inner.deep, {name}.Inner.__qualname__)", f"show(len({name}()))",
                                 f"show({name}._{name}__private)", f"class Sub({name}): pass", f"show({name}() == 1)", f"show(bool({name}()))", f"show({name}(5))", f"show({name}.z, {name}.w)", f"show(type({name}).__name__)",
                                 f"show({name} | int)", f"{name}.fresh = 1; show({name}.fresh)", f"show(type({name}.__doc__) in (str, int, type(None)))", f"class Sub({name}, level=7): pass", f"show(issubclass({name}, {name}), {name}.__base__)", f"show(hash({name}()) is None)"]))

    def decorators(self):
        name = f"d{self.number()}"
        stack = [self.one(["@decorate()", "@decorate(1, k=2)", "@functools.lru_cache", "@functools.lru_cache(maxsize=1)", "@(lambda f: said(f) and f)", "@staticmethod", "@items.append", "@functools.partial(decorate(3))", "@Tracer(call=5)",
                           "@said", "@functools.wraps(decorate)", "@property", "@pairs.get", "@decorate", "@functools.singledispatch", "@None", "@classmethod"]) for _ in range(self.random.randint(1, 3))]
        parameters = self.one(["", "a", "a=1", "*a", "a, b=2, *, c=3", "a, /, b", "**k"])
        body = self.one(["return 1", "return locals()", f"yield {self.value()}", "raise ValueError(1)", "pass"])
        self.guard(*stack, f"def {name}({parameters}):", f"    {body}", f"show(getattr({name}, '__name__', 'unnamed'))" if self.chance(60) else "pass",
                   f"show({name}({self.one(['', '1', '1, 2', 'a=5', 'b=1', '*items', '**pairs'])}))")
        self.guard("del items[3:]")

    def scopes(self):
        self.guard(*self.one([
            ["total = [y := 1, y ** 2, (z := y + 1)]", "show(total, y, z)"], ["show([(last := x) for x in items], last)"], ["def f():", f"    show({self.one(['late', 'flag'])})", f"    {self.one(['late', 'flag'])} = 1", "f()"],
            ["makers = [lambda: x for x in items]", "show([make() for make in makers])"], ["makers = [lambda x=x: x for x in items]", "show([make() for make in makers])"],
            ["class Scope:", "    limit = 2", f"    inner = [x for x in items if x < {self.one(['limit', 'flag', '3'])}]", "show(Scope.inner)"], ["class Scope:", "    pool = items", "    inner = [x for x in pool]", "    nested = [[y for y in items] for x in pool]", "show(Scope.nested)"],
            ["def outer():", "    x = 1", "    def inner():", f"        {self.one(['nonlocal x', 'global x', 'pass'])}", "        x = 2", "    inner()", "    return x", "show(outer())", f"show({self.one(['x', 'flag'])})"],
            ["def outer():", "    def inner(): return x", f"    {self.one(['x = 5', 'pass', 'del x; x = 5'])}", "    return inner()", "show(outer())"], ["exec('made = 1; show(made)')", "show(made)"], ["def f():", "    exec('inside = 1')", "    return inside", "show(f())"],
            ["for x in items:", "    pass", "else:", "    show(x)", "del x", "show(x)"], ["def f(a, b=said('default')):", "    a = b", "    del b", "    return locals()", "show(f(1))"],
            ["show(eval('[x + y for y in items]', {'x': 1, 'items': items}))"], ["show(eval('missing_name'))"], ["show({k: v for k, v in pairs.items()}, {k for k in pairs})"], ["g = (said(x) for x in items)", "show(next(g))", "items.append(9)", "show(list(g))", "items.pop()"],
            ["try:", "    1 / 0", "except ZeroDivisionError as e:", "    pass", "show(e)"], ["def f():", "    try:", "        return said(1)", "    finally:", f"        {self.one(['said(2)', 'raise KeyError(3)', 'pass'])}", "show(f())"],
            ["def count(start):", "    def step(by=1):", "        nonlocal start", "        start += by", "        return start", "    return step", "c = count(5)", f"show(c(), c(2), c({self.value()}), c.__closure__[0].cell_contents)"],
            ["import sys", "def f(): return sorted(sys._getframe().f_locals), sys._getframe(1).f_code.co_name", "show(f())"], ["x = 'global'", "class A:", "    x = 'class'", "    def f(self): return x", "    g = [x, (lambda: x)(), [x for _ in '1'][0]]", "show(A().f(), A.g)"],
            [f"exec(compile({self.one(MISTAKES)!r}, 'text', 'exec'))"],
        ]))

    def groups(self):
        def build(depth):
            if depth and self.chance(45):
                return f"{self.one(['ExceptionGroup', 'Group', 'BaseExceptionGroup'])}('g{self.number()}', [{', '.join(build(depth - 1) for _ in range(self.random.randint(1, 2)))}])"
            return f"{self.one(ERRORS)}({self.number()})"
        top = f"{self.one(['ExceptionGroup', 'Group', 'Group'])}('top', [{', '.join(build(2) for _ in range(self.random.randint(1, 3)))}])"
        if self.chance(40):
            sought = self.one([*ERRORS[:5], "(ValueError, KeyError)", "lambda e: isinstance(e, KeyError)", "5", "ExceptionGroup", "lambda e: 1 / 0", "()"])
            return self.guard(f"group = {top}", f"show(group.{self.one(['split', 'subgroup'])}({sought}))", f"show(group.{self.one(['exceptions', 'message', 'args', 'derive([KeyError(1)])'])})")
        self.line("try:")
        self.line("    try:")
        self.line(f"        raise {self.one([top, top, top, self.one(ERRORS) + '(1)'])}{self.one(['', '', ' from KeyError(0)', ' from None'])}")
        for caught in self.random.sample([*ERRORS[:6], "(TypeError, OSError)", "Exception", "items"], self.random.randint(1, 3)):
            self.line(f"    except* {caught}{self.one([' as e', ' as e', ''])}:")
            self.line("        " + self.one(["show(e.exceptions)", "raise", "raise RuntimeError(5)", "raise e", "raise TypeError(6) from e", "print('   part')", "said(1) / 0", "raise e.exceptions[0]", "raise Group('new', [OSError(7)])"]))
        if self.chance(25):
            self.line("    else:")
            self.line("        print('   else')")
        if self.chance(25):
            self.line("    finally:")
            self.line(f"        {self.one([repr('x'), 'said(3)', 'raise LookupError(8)'])}")
        self.line("except BaseException as error:")
        self.line("    import traceback")
        self.line("    print(''.join(traceback.format_exception(error)) if flag == 0 else '')")

    def rooms(self):
        rooms = ", ".join(f"{self.one([self.tracer('enter', 'exit'), self.tracer('enter', 'exit'), self.value(), 'generator()'])}{self.one([' as a', ' as (a, *b)', '', ' as items[0]', ' as holder.x'])}" for _ in range(self.random.randint(1, 2)))
        body = self.one(["show(a)", "raise KeyError(1)", "1 / 0", "pass", "raise ValueError(2) from TypeError(3)", "said(items)", "a.x = 1", "return_ = 5"])
        self.guard(f"with {rooms}:" if self.chance(70) else f"with ({rooms}):", f"    {body}", "show('after')")
        self.guard("items[:] = [1, 2, 3]")

    def generators(self):
        self.guard(f"g = {self.one(['generator()', 'generator(1)', 'generator(0)', '(x for x in items)', '(said(x) / flag for x in items)', 'iter(generator())', '(yield_ for yield_ in generator(2))', 'map(said, items)', 'filter(None, [0, 1])'])}")
        for _ in range(self.random.randint(2, 4)):
            self.guard(self.one(["show(next(g))", "show(g.send(5))", "show(g.send(None))", "show(g.throw(ValueError(1)))", "show(g.throw(KeyError))", "show(g.close())", "show(list(g))", "show(next(g, 'end'))", "a, *b = g; show(a, b)",
                                 "show(g.gi_running, g.gi_frame is None, g.gi_suspended)", "show(g.throw(5))", "show(g.throw(ValueError, ValueError(2)))", "def d(): show((yield from g))\nshow(list(d()))".split("\n")[0] + "; show(1)", "del g; show(1); g = generator()",
                                 "for x in g: break", "show(2 in g)", "show(sum(g))", "show(g.throw(StopIteration(3)))", "show(g.throw(GeneratorExit))", "show(max(g, default=0))", "show(dict.fromkeys(g))", "show(g.__name__, g.__qualname__)"]))
        if self.chance(40):
            self.guard("def chain():", f"    got = yield from {self.one(['generator(2)', 'items', '5', 'Tracer()', '(x for x in items)', 'said(iter(items))', 'chain_', 'generator(0)'])}", "    print('   result', got)", f"    {self.one(['return got', 'yield got', 'raise StopIteration(got)', 'yield from items'])}",
                       "c = chain()", f"show(next(c), {self.one(['next(c)', 'c.send(7)', 'c.throw(ValueError(4))', 'c.close()', 'list(c)', 'c.throw(KeyError(5))'])})", "show(list(c))")

    def keyed(self):
        """Sets and dicts whose members answer when they are compared."""
        member = lambda: self.one(["Eq(1)", "Eq(2)", "Eq(1, True)", "Eq(3, False)", "1", "'a'", "Eq(4, 'odd')", "(1, Eq(1))", "True", "1.0", "Eq(1)"])
        members = lambda: ", ".join(member() for _ in range(self.random.randint(1, 3)))
        kind = self.random.randrange(4)
        if kind == 0:
            op = self.one(["|", "&", "-", "^", "<=", "<", "==", ">", "!=", ">="])
            self.guard(f"show({{{members()}}} {op} {self.one([f'{{{members()}}}', f'frozenset([{members()}])', f'[{members()}]', 'pairs.keys()'])})")
        elif kind == 1:
            method = self.one(["union", "intersection", "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint", "update", "discard", "remove", "add", "pop", "difference_update", "intersection_update", "symmetric_difference_update"])
            argument = member() if method in ("discard", "remove", "add") else "" if method == "pop" else self.one([f"[{members()}]", f"{{{members()}}}", "5", "None", f"iter([{members()}])", "{}"])
            self.guard(f"s = {{{members()}}}", f"show(s.{method}({argument}))", "show(len(s))")
        elif kind == 2:
            entries = ", ".join(f"{member()}: {self.value()}" for _ in range(self.random.randint(1, 3)))
            self.guard(f"d = {{{entries}}}", self.one([f"show(d[{member()}])", f"d[{member()}] = 5", f"del d[{member()}]", f"show(d.get({member()}, 'no'))", f"show(d.pop({member()}))", f"show(d.setdefault({member()}, 4))", f"show(d | {{{member()}: 3}})", f"d |= {self.one([f'[({member()}, 1)]', f'{{{member()}: 2}}', '5', '[1]', '[(1, 2, 3)]'])}",
                       f"d.update({self.one([f'[({member()}, 1)]', 'a=1', '5', '[1]', repr('ab'), '[(1,)]', 'pairs, b=5'])})", f"show({member()} in d)", f"show(d == {{{member()}: 1}})", f"show(d.keys() & {{{members()}}})", f"show(d.items() - [({member()}, 1)])", f"show(dict.fromkeys([{members()}], 0))",
                       "show(d.popitem(), len(d))", "show(list(reversed(d)), d.keys() <= d.keys())", f"show(sorted([{members()}]))", f"show(({member()}, 1) in d.items(), 1 in d.values())"]), "show(d)")
        else:
            self.guard(f"l = [{members()}]", self.one([f"show(l.index({member()}))", f"l.remove({member()})", f"show(l.count({member()}))", f"show({member()} in l)", f"show(l == [{members()}])", f"show(l < [{members()}])", f"show((l, 1) == ([{members()}], 1))", f"show(tuple(l).index({member()}, 1))",
                       f"show(max(l, key=lambda e: {self.one(['1', 'e.value', 'str(e)', 'None'])}))", f"l.sort(key={self.one(['str', 'lambda e: e.value', 'None', 'lambda e: 1', '5'])}, reverse={self.one(['True', 'False', '1', repr('x')])})", "show(l * 2, l + [1])"]), "show(l)")

    def sliced(self):
        bound = lambda: self.one(["", "", "0", "1", "-1", "2", "5", "None", "'a'", "1.5", "True", "10**30", "-10**30", "Bound()", "Bad()"])
        self.guard("class Bound:", "    def __index__(self): return said(1)", "class Bad:", "    def __index__(self): return 'x'")
        self.guard(f"a = {self.one(['[1, 2, 3, 4, 5]', 'bytearray(b' + repr('abcde') + ')', repr('abcde'), '(1, 2, 3)', 'range(10)', 'b' + repr('abc'), 'memoryview(b' + repr('abcd') + ')', 'memoryview(bytearray(b' + repr('abcd') + '))'])}",
                   self.one(["show(a[{0}:{1}:{2}])", "show(a[{0}:{1}])", "a[{0}:{1}] = {3}", "a[{0}:{1}:{2}] = {3}", "del a[{0}:{1}:{2}]", "a[{0}:{1}] += {3}", "show(a[{4}])", "a[{4}] = {3}", "del a[{4}]", "show(slice({5}, {5}).indices(5))", "show(a[{0}:{1}][::-1])"]).format(
                       bound(), bound(), self.one(["", "1", "-1", "2", "0", "-2", "None", "'s'"]), self.one(["[7, 8]", "b'xy'", "'xy'", "()", "5", "range(2)", "iter([9])", "[300]", "a", "None", "(x for x in (1, 2))", "['a']", "b'z'", "Bound()"]), bound() or "0", bound() or "None"),
                   "show(list(a))")

    def patterns(self):
        self.guard("class Point:", f"    __match_args__ = {self.one(['(repr(1),)', repr(('x', 'y')), repr(['x']), '5', repr(('x',)), repr(('x', 'x')), repr(('missing',)), '(1,)'])}", "    x = 1", "    y = 2",
                   f"    {self.one(['pass', '@property', 'def __eq__(self, other): return said(True)'])}".replace("@property", "z = property(lambda self: self.nothing)"), "class Below(Point, dict): pass", "class Odd(type):", "    def __instancecheck__(cls, other): return said(other) and True", "class Any(metaclass=Odd): x = 3")
        subject = self.one(["Point()", "Below(k=1)", "items", "pairs", "(1, [2, 3])", "'text'", "{'k': {'deep': 1}, 'n': None}", "5", "2.5", "None", "b'ab'", "range(3)", "Tracer()", "Eq(1)", "[Point(), 1]", "{1: 2, None: 3}", "bytearray(b'x')", "(1, 2, 3, 4)", "True", "Namespace(a=1)"])
        self.line("try:")
        self.line(f"    match {subject}:")
        for _ in range(self.random.randint(2, 5)):
            pattern = self.one(["Point(1)", "Point(a, b)", "Point(x=1, y=a)", "Point(z=a)", "Point(1, x=2)", "Below()", "Any(x=a)", "int(a)", "str(a)", "[a, *b]", "[_, [*a]]", "{'k': a}", "{'k': {'deep': a}, **b}", "{**a}", "{'a': 1 | 2 as a}", "(1 | 2) as a", "None", "True", "1", "-2.5 | 5",
                                "'text'", "b'ab'", "[1, 2, 3]", "[Point(x=a), *_]", "[*_, a]", "dict(a)", "list([a, b, c])", "{1: a, None: b}", "float() | int(a=5)", "tuple((a, b, *c))", "[]", "{}", "int(real=a)", "bool(a)", "object(a)", "items(a)", "pairs.missing", "flag.real", "int(1, 2)", "[Point() | int(), _]", "bytes(a)", "(a,)", "Eq.value", "flag.imag"])
            guard = f" if {self.one(['a', 'said(0)', 'flag', 'a == 1', '1 / flag', 'not b'])}" if self.chance(25) else ""
            self.line(f"        case {pattern}{guard}:")
            self.line(f"            print({self.number()}, 'case')")
            self.line("            " + self.one(["pass", "show(a)", "show(b)"]))
        if self.chance(40):
            self.line("        case a:")
            self.line("            show(a)")
        self.line("except Exception as error:")
        self.line("    note(error)")

    def arguments(self):
        """Calls that fit the parameters, or nearly."""
        parameters = self.one(["a", "a, b=2", "a, /, b, *, c", "*a, b", "a, b=1, *c, d=2, **e", "**a", "a, /", "*, a, b=1", "a, b, c, d", "a, /, **a_", "a=1, /, b=2, *, c=3, d", "self, a", "a, *b", "a: int, b: 'str' = 's'", "a, b, /, c, *, d, e"])
        arguments = [self.value() for _ in range(self.random.randint(0, 4))]
        words = [f"{word}={self.value()}" for word in self.random.sample(["a", "b", "c", "d", "e", "x", "aa", "self"], self.random.randint(0, 3))]
        call = ", ".join(arguments + words)
        self.guard(self.one([f"def f({parameters}): return sorted(locals().items(), key=lambda i: i[0])", f"f = lambda {parameters}: 'called'" if ":" not in parameters else f"def f({parameters}): return 1", f"class f:\n        def __init__(self, {parameters.removeprefix('self, ')}): self.kept = 1"]), f"show(f({call}))")

    def arithmetic(self):
        a, b = (self.one(["0", "1", "-1", "7", "-7", "2**64", "True", "0.5", "-2.5", "1e308", "float('inf')", "float('nan')", "1j", "2-3j", "10**25", "'5'", "None", "3", "2"]) for _ in range(2))
        self.guard(f"show({self.one(['{0} + {1}', '{0} - {1}', '{0} * {1}', '{0} / {1}', '{0} // {1}', '{0} % {1}', 'divmod({0}, {1})', '{0} < {1}', '{0} == {1}', '{0} & {1}', '{0} ^ {1}', 'pow({0}, 3, {1})', 'round({0}, {1})', 'round({0})', '({0}).as_integer_ratio()', '({0}).conjugate()', 'int({0})', 'float({0})', 'complex({0}, {1})', 'abs({0})', '-({0})', '~{0}', 'min({0}, {1})', 'sum([{0}, {1}], {1})', '({0}).is_integer()', '({0}).real, ({0}).imag', 'hash({0}) == hash({1})', 'bool({0})', 'str({0}), repr({1})', 'range({0}, {1})', '{0} << 3, {0} >> 1', '({0}) ** 2, ({0}) ** 0', '({0}) ** -1', '({0}) ** 0.5', 'int.to_bytes({0}, 2, ' + repr('big') + ')', 'float.hex({0})', '({0}).bit_length()', 'isinstance({0}, (int, float))', 'int.__add__({0}, {1})', 'float.__rsub__({0}, {1})', 'math.floor({0}), math.ceil({0}), math.trunc({0})', 'math.gcd({0}, {1})', 'math.copysign({0}, {1})', 'math.isclose({0}, {1})', 'math.fmod({0}, {1})', 'math.comb({0}, {1})', 'math.isqrt({0})', 'math.log({0}, {1})', 'math.hypot({0}, {1})'])})".replace("{0}", a).replace("{1}", b))

    def annotated(self):
        self.guard(*self.one([
            ["def f(a: said(1), *b: 'text', c: missing = 2) -> said(3): pass", f"show(f.__annotations__{self.one(['', '[' + repr('a') + ']', '.keys()'])})"], ["class A:", "    x: said(int) = 1", "    y: 'Later'", f"    {self.one(['z: missing', 'z: int', '__private: str'])}", "show(A.__annotations__)"],
            ["x: int", "show(x)"], ["x: int = 5", "show(x, __annotations__)"], ["(x): str = 'a'", "items[0]: int = 1", "show(items, x)"], ["type Alias[T] = list[T]", f"show({self.one(['Alias', 'Alias.__value__', 'Alias[int]', 'Alias.__type_params__', 'Alias.__name__'])})"],
            ["def f[T: int, *U, **P](x: T) -> T: return x", f"show({self.one(['f.__type_params__', 'f(1)', 'f.__annotations__', 'f.__type_params__[0].__bound__', 'f[int]'])})"], ["class G[T]:", "    x: T", f"show({self.one(['G[int]', 'G.__type_params__', 'G[int]()', 'G.__orig_bases__', 'G[int, str]', 'G[int].__args__', 'G.__mro__'])})"],
            [f"show({self.one(['int | str', 'int | None', 'list[int] | None', 'int | 5', '(int | str) == (str | int)', 'isinstance(1, int | str)', 'isinstance(1, list[int])', 'list[int]', 'dict[str, list[int]].__args__', 'list[int]()', 'int[str]', 'tuple[()]', 'tuple[int, ...]', 'list[int] == list[int]', 'list[int].__origin__', 'type(list[int]).__name__', 'list[int].append', 'issubclass(bool, int | str)', 'hash(int | str) == hash(str | int)', repr('x') + ' | int', 'None | int', 'None | None'])})"],
        ]))

    def write(self):
        self.lines += ["import math", *PREAMBLE.splitlines()]
        constructs = [self.stars, self.augmented, self.descriptor, self.metaclass, self.decorators, self.scopes, self.groups, self.rooms, self.generators, self.keyed, self.keyed, self.sliced, self.sliced, self.patterns, self.arguments,
                      self.arguments, self.arithmetic, self.arithmetic, self.annotated]
        for _ in range(self.random.randint(9, 15)):
            self.one(constructs)()
