"""Programs of statements: loops, guards, rooms, patterns, scopes, calls, all of them nested, with what happens told."""

from .author import Author

PREAMBLE = '''\
class Oops(Exception):
    pass


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x=0, y=0):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"Point({self.x!r}, {self.y!r})"


class Room:
    def __init__(self, name, keeps=()):
        self.name = name
        self.keeps = keeps

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, error, trace):
        print("leave", self.name, kind and kind.__name__)
        return kind is not None and issubclass(kind, self.keeps)


steps = 0


def tick():
    global steps
    steps += 1
    if steps > 400:
        raise SystemExit("too long")


'''

NAMES = ["a", "b", "c", "d"]
VALUES = ["0", "1", "2", "5", "-1", "'s'", "'text'", "[]", "[1, 2]", "(1, 2, 3)", "{'k': 1}", "None", "True", "2.5", "{1, 2}",
          "Point(1, 2)", "range(3)", "b'xy'", "{'x': 1, 'y': [1, 2]}", "[[1, 2], [3]]", "Point(y=[0])", "('a', {'k': 'v'})"]
ERRORS = ["Oops", "ValueError", "KeyError", "TypeError", "ZeroDivisionError", "LookupError", "StopIteration"]
CATCHES = ["Oops", "ValueError", "LookupError", "Exception", "(TypeError, KeyError)", "ArithmeticError", "BaseException", "NameError"]


class Statements(Author):
    def __init__(self, seed):
        super().__init__(seed)
        self.functions = []

    # Small expressions: mostly about numbers, sometimes about what is not one.

    def name(self):
        return self.one(NAMES)

    def atom(self):
        return self.weighted([(self.name, 50), (lambda: str(self.random.randint(-2, 6)), 30), (lambda: self.one(VALUES), 20)])()

    def value(self, depth=2):
        if depth == 0 or self.chance(40):
            return self.atom()
        a, b = self.value(depth - 1), self.value(depth - 1)
        return self.one([
            f"({a} {self.one(['+', '-', '*', '//', '%', '==', '<', '>', '!='])} {self.one([b, '2', '1'])})" if "*" not in a else a,
            f"({a} if {b} else {self.atom()})", f"({a} and {b})", f"({a} or {b})", f"(not {a})",
            f"[{a}, {b}]", f"({a}, {b})", f"{{'k': {a}, 'x': {b}}}", f"f'{{{self.name()}}}-{{{self.name()}!r:>4}}'",
            f"[x for x in {self.iterable()} if x]", f"{{x: {self.name()} for x in {self.iterable()}}}", f"Point({a}, {b})",
            f"sum(x for x in {self.iterable()})", f"({self.name()} := {a})", f"(lambda x={a}, *y: (x, y))({b})",
            f"len({a})", f"({a}).x", f"{self.name()}[{self.random.randint(0, 2)}]",
        ])

    def iterable(self):
        return self.weighted([(lambda: f"range({self.random.randint(0, 4)})", 40), (lambda: self.one(VALUES), 20), (self.name, 15),
                              (lambda: f"({self.atom()}, {self.atom()})", 15), (lambda: "zip('ab', (1, 2))", 5),
                              (lambda: f"enumerate({self.atom()})", 5)])()

    def test(self):
        return self.one([self.name(), f"{self.name()} == {self.atom()}", f"not {self.name()}", f"{self.name()} != 1", "True", "False",
                         f"{self.name()} in {self.iterable()}", f"isinstance({self.name()}, int)", f"{self.name()} is None",
                         f"1 < {self.name()} < 4", f"({self.name()} := {self.atom()})", f"{self.name()} and {self.name()}"])

    # Statements. `where` says what is allowed: "loop", "def", "except", "finally", "class".

    def block(self, size, where):
        self.depth += 1
        self.line("tick()") if "loop" in where and self.chance(70) else None
        for _ in range(self.random.randint(1, max(1, size))):
            self.statement(size - 1, where)
        self.depth -= 1

    def statement(self, size, where):
        choices = [(self.tell, 14), (self.assign, 16), (self.augment, 9), (self.leave, 10), (self.remove, 3), (self.use, 8), (self.assertion, 2)]
        if size > 0 and self.depth < 8:
            choices += [(self.guarded, 16), (self.condition, 10), (self.loop, 12), (self.room, 6), (self.match, 9),
                        (self.function, 7), (self.body, 2), (self.groups, 3)]
        self.weighted(choices)(size, where)

    def tell(self, size, where):
        self.line(f"print({self.number()}, {', '.join(self.some(1, 2, lambda: f'text({self.value(1)})'))})")

    def assign(self, size, where):
        shape = self.random.randrange(8)
        if shape < 4:
            self.line(f"{self.name()} = {self.value()}")
        elif shape == 4:
            self.line(f"{self.name()} = {self.name()} = {self.value()}")
        elif shape == 5:
            targets = self.one(["{}, {}", "{}, *{}", "*{}, {}", "({}, {}), {}", "[{}, *{}, {}]", "{}, {}, {}"])
            self.line(f"{targets.format(*[self.name() for _ in range(4)])} = {self.one([self.value(), self.iterable()])}")
        elif shape == 6:
            self.line(f"{self.name()}{self.one(['[0]', '[1:]', '[-1]', '.x', '[key]', '[::2]'])} = {self.value()}".replace("key", repr(self.one("kxz"))))
        else:
            self.line(f"{self.name()}: {self.one(['int', 'str', 'list[int]', 'Missing'])} = {self.value()}" if "global" not in where
                      else f"{self.name()} = {self.value()}")

    def augment(self, size, where):
        target = self.name() + self.one(["", "", "", "", "[0]", ".x", "[1:]"])
        op = self.one(["+", "-", "*", "//", "%", "|", "/", "&"])
        self.line(f"{target} {op}= {self.one(['1', '2', '[3]', repr('z'), '(4,)', self.name() if op != '*' else '2'])}")

    def leave(self, size, where):
        kinds = [f"raise {self.one(ERRORS)}({self.number()})"] * 2
        if "loop" in where:
            kinds += ["break", "continue", "break", "continue"]
        if "def" in where:
            kinds += [f"return {self.value(1)}", "return"]
        if "except" in where:
            kinds += ["raise", f"raise {self.one(ERRORS)}({self.number()}) from e", f"raise {self.one(ERRORS)} from None", "raise e"]
        self.line(f"if {self.test()}:")
        self.line(f"    {self.one(kinds)}")

    def remove(self, size, where):
        self.line(f"del {self.name()}{self.one(['', '', '[0]', '.x', '[1:]'])}")

    def assertion(self, size, where):
        self.line(f"assert {self.test()}, {self.one([repr('claim'), self.name(), '(1, 2)'])}")

    def use(self, size, where):
        """A call of one of the functions known here, with arguments of all kinds."""
        if not self.functions:
            return self.tell(size, where)
        name = self.one(self.functions)
        arguments = self.some(0, 3, lambda: self.one([self.atom(), self.atom(), f"*{self.iterable()}"]))
        arguments += self.some(0, 2, lambda: self.one([f"{self.one(['p', 'q', 'r', 's', 'zz'])}={self.atom()}", "**{'q': 7}",
                                                       f"**{self.name()}"]))
        # A keyword twice is an error of syntax.
        seen, kept = set(), []
        for argument in arguments:
            word = argument.split("=")[0] if "=" in argument and not argument.startswith("*") else argument
            if word not in seen or argument.startswith("*"):
                kept.append(argument)
            seen.add(word)
        self.line(f"print({self.number()}, text({name}({', '.join(kept)})))")

    def condition(self, size, where):
        self.line(f"if {self.test()}:")
        self.block(size, where)
        if self.chance(40):
            self.line(f"elif {self.test()}:")
            self.block(size, where)
        if self.chance(50):
            self.line("else:")
            self.block(size, where)

    def loop(self, size, where):
        if self.chance(70):
            target = self.weighted([(self.name(), 80), (f"{self.name()}, {self.name()}", 10), (f"{self.name()}, *{self.name()}", 5), (f"{self.name()}.x", 5)])
            self.line(f"for {target} in {self.iterable()}:")
            self.block(size, where | {"loop"})
        else:
            counter = f"n{self.number()}"
            self.line(f"{counter} = {self.random.randint(0, 3)}")
            self.line(f"while {counter}{self.one(['', ' and ' + self.test(), ' > 0'])}:")
            self.line(f"    {counter} -= 1")
            self.block(size, where | {"loop"})
        if self.chance(40):
            self.line("else:")
            self.block(size, where)

    def guarded(self, size, where):
        self.line("try:")
        self.block(size, where)
        catches = self.random.sample(CATCHES, self.random.randint(0, 2))
        for caught in catches:
            named = self.chance(70)
            self.line(f"except {caught}{' as e' if named else ''}:")
            self.line("    note(e)" if named else f"    print({self.number()}, 'caught')")
            self.block(size, where | ({"except"} if named else set()))
        if catches and self.chance(30):
            self.line("else:")
            self.block(size, where)
        if not catches or self.chance(40):
            self.line("finally:")
            self.line(f"    print({self.number()}, 'finally')")
            # Leaving a finally block early is a warning in 3.14.
            self.block(size, where - {"loop", "def"})

    def groups(self, size, where):
        """Groups are caught in parts; nothing leaves the parts early."""
        inner = where - {"loop", "def", "except"}
        self.line("try:")
        self.block(size, where)
        errors = ", ".join(self.some(1, 3, lambda: f"{self.one(ERRORS)}({self.number()})"))
        self.line(f"    raise ExceptionGroup('group {self.number()}', [{errors}])")
        for caught in self.random.sample(CATCHES[:6], self.random.randint(1, 2)):
            self.line(f"except* {caught} as e:")
            self.line("    show(e, e.exceptions)")
            self.block(size - 1, inner | {"group"})

    def room(self, size, where):
        rooms = []
        for _ in range(self.random.choice([1, 1, 2])):
            keeps = self.one(["", "", ", Exception", ", (Oops, ValueError)"])
            target = self.one(["", f" as {self.name()}", f" as {self.name()}.x" if self.chance(20) else ""])
            rooms.append(f"Room({self.number()}{keeps}){target}")
        if self.chance(5):
            rooms.append(self.name())
        text = ", ".join(rooms)
        self.line(f"with ({text}):" if self.chance(30) else f"with {text}:")
        self.block(size, where)

    def pattern(self, depth, names):
        """A pattern; `names` is what it may still bind."""
        def capture():
            return names.pop() if names else "_"
        shape = self.random.randrange(12) if depth else self.random.randrange(5)
        if shape == 0:
            return self.one(["0", "1", "-1", "2.5", "'s'", "None", "True", "b'xy'", "1 + 2j"])
        if shape == 1:
            return self.one(["int()", "str()", "list()", "dict()", "float()", "tuple()", "Point()", "bool()"])
        if shape == 2:
            return capture()
        if shape == 3:
            return self.one(["_", "1 | 2", "'s' | 'text' | None", "int() | float()"])
        if shape == 4:
            return f"int({capture()})"
        if shape in (5, 6):
            inner = [self.pattern(depth - 1, names) for _ in range(self.random.randint(0, 3))]
            if self.chance(40):
                inner.insert(self.random.randint(0, len(inner)), f"*{capture()}")
            return f"[{', '.join(inner)}]"
        if shape == 7:
            return f"({self.pattern(depth - 1, names)}, {self.pattern(depth - 1, names)})"
        if shape == 8:
            rest = f", **{names.pop()}" if names and self.chance(40) else ""
            return f"{{'{self.one('kx')}': {self.pattern(depth - 1, names)}{rest}}}"
        if shape == 9:
            return f"Point({self.pattern(depth - 1, names)}, {self.one(['', 'y='])}{self.pattern(depth - 1, names)})"
        if shape == 10:
            return f"Point({self.one('xyz')}={self.pattern(depth - 1, names)})"
        inner = self.pattern(depth - 1, names)
        return f"({inner}) as {names.pop()}" if names and inner != "_" and not inner.isidentifier() else inner

    def match(self, size, where):
        self.line(f"match {self.one([self.name(), self.one(VALUES), f'{self.name()}, {self.name()}', self.value()])}:")
        self.depth += 1
        for _ in range(self.random.randint(1, 4)):
            names = ["c", "b", "a"]
            pattern = self.pattern(2, names)
            # What matches everything may stand only at the end.
            refutable = not pattern.replace("(", "").replace(")", "").isidentifier()
            guard = f" if {self.test()}" if self.chance(25) or not refutable else ""
            self.line(f"case {pattern}{guard}:")
            self.line(f"    print({self.number()}, 'case')")
            self.block(size, where)
        if self.chance(40):
            self.line("case _:")
            self.block(size, where)
        self.depth -= 1

    def function(self, size, where):
        name = f"f{self.number()}"
        shape = self.one(["", "p", "p, q=2", "p, /, q=3", "*p, q", "p, *q, r=1, **s", "p=[], *, q=None", "p, q, /, *, r=4", "**s",
                          "p: int = 1, *q: str", "p, /, *, q, **r"])
        if self.chance(15):
            self.line(self.one(["@(lambda f: f)", "@staticmethod", "@lambda f: (print('decorated'), f)[1]"]))
        self.line(f"def {name}({shape}):")
        self.depth += 1
        inner = {"def"}
        declared = self.random.sample(NAMES, self.random.randint(0, 2))
        if declared and "def" in where and "global" not in where and self.chance(50):
            # Every function without declarations binds these two.
            self.line(f"nonlocal {', '.join(name for name in declared if name in ('a', 'b')) or 'a'}")
            inner.add("global")
        elif declared:
            self.line(f"global {', '.join(declared)}")
            inner.add("global")
        if "global" not in inner:
            for bound in self.random.sample(NAMES, self.random.randint(0, 3)):
                self.line(f"{bound} = {self.value(1)}")
        self.line("a = b = 0" if "global" not in inner else "tick()")
        self.line("tick()")
        for parameter in "".join(c if c.isalpha() else " " for c in shape).split():
            if parameter in ("p", "q", "r", "s") and self.chance(60):
                self.line(f"print({self.number()}, {parameter!r}, text({parameter}))")
        self.depth -= 1
        outer, self.functions = self.functions, list(self.functions)
        self.block(size, frozenset(inner))
        self.functions = outer
        self.depth += 1
        if self.chance(60):
            self.line(self.one([f"return {self.value(1)}", "return a, b", "return lambda: a", "return locals().keys() and a"]))
        if self.chance(12):
            self.line(f"yield {self.value(1)}")
        self.depth -= 1
        self.functions.append(name)
        self.line(f"print({self.number()}, text({name}({self.one(['', self.atom(), self.atom()])})))" if self.chance(40) else f"{name}.x = 1")

    def body(self, size, where):
        self.line(f"class C{self.number()}:")
        self.block(size, frozenset({"class"}))

    def write(self):
        self.lines += PREAMBLE.splitlines()
        for name in NAMES:
            self.line(f"{name} = {self.one(VALUES)}")
        for _ in range(self.random.randint(2, 4)):
            # What a part raises is told, so that the next one runs too.
            self.indented("try:", self.part)
            self.line("except Exception as e:")
            self.line("    note(e)")
        self.part()
        self.line("print('end', steps)")

    def part(self):
        self.depth -= 1
        before = self.depth
        if before < 0:
            # The last part stands free: what it raises ends the program.
            self.depth = 0
            for _ in range(2):
                self.statement(3, frozenset())
            self.depth = 0
            return
        self.block(4, frozenset())
        self.depth += 1
