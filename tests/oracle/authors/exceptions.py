"""Programs that end badly: exceptions chained, grouped and noted, from expressions on several lines, uncaught at last."""

from .author import Author

PREAMBLE = '''\
class Custom(Exception):
    pass


class Worded(ValueError):
    def __init__(self, text, code=3):
        super().__init__(text, code)
        self.code = code

    def __str__(self):
        return f"worded {self.args[0]} ({self.code})"


class Broken(Exception):
    def __str__(self):
        raise RuntimeError("no words")


class Suppress:
    def __init__(self, *kinds):
        self.kinds = kinds

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is not None and issubclass(kind, self.kinds)


class Thing:
    size = 3
    colour = "red"

    def __init__(self, value=0):
        self.value = value

    def method(self, first, second=2, *, third=3):
        return first // self.value

    def __getitem__(self, key):
        return [1, 2][key]

    def __add__(self, other):
        return self.value + other.value

    @property
    def bad(self):
        return self.valeu


def divide(left, right=0):
    return left / right


def pick(items, place):
    return items[place]


def keyword(*, colour, size=1):
    return colour * size


thing = Thing()
zero = 0
data = {"a": [1, 2, 3], "b": {"c": None}}
words = ["one", "two"]
long_name_of_a_list = [10, 20, 30]
'''

# What raises, in many shapes; {} is a harmless expression.
FAILING = [
    "1 / zero", "{} + (1 / zero)", "({} * 2) // zero", "data['a'][7]", "data['b']['c']['d']", "data['x']", "words[{}][9]", "words.apend({})", "thing.valu",
    "thing.colr", "thing.bad", "thing.method()", "thing.method({}, 2, 3)", "thing.method(1)", "thing.method({}, thrd=1)", "divide({})", "divide(divide(1, 1), zero)",
    "pick(words, {})", "pick(data['a'], len(words) + {})", "keyword({})", "keyword(color=1)", "keyword()", "int('x' + str({}))", "'a' + {}", "{} + 'a'", "len({})",
    "word", "lenght(words)", "long_name_of_list", "thing[{}]", "thing['k']", "thing + {}", "thing - 1", "-words", "words < {}", "[x / zero for x in ({},)]",
    "sum(1 / x for x in (1, zero))", "(lambda v: v.nothing)({})", "f'{{1 / zero}} and {{thing}}'", "f'{{thing:>5}}'", "max([])", "next(iter([]))", "{{[]: 1}}",
    "int([{}])", "''.join([{}])", "a_name_never_bound", "None.strip()", "(None)({})", "'x'({})", "words[1:2:0]", "range(0, 1, 0)", "[1, 2].index({} + 50)",
    "dict([{}])", "'%d' % 'x'", "'{{}} {{}}'.format({})", "open('/nowhere/at/all')", "__import__('nowhere')", "float('x{}')", "chr(-1)", "divmod({}, zero)",
    "sorted([1, 'a'])", "[*{}]", "print(**{{1: 2}})", "print(*{})", "divide(*words)", "divide(**{{'lft': 1}})", "isinstance(1, 1)", "super()", "b'a' + 'a'", "bytes([300])",
    "(not thing.colour).x", "thing.method(1, 2).x.y", "data['a'][0].real.imagg", "zero ** -1", "words['a']", "[][0]", "{{}}['k']", "()[zero]", "lambda_", "iter(5)", "abs('x')",
    "getattr(thing, 'sise')", "type('T', (int, str), {{}})", "object().x", "Custom.nope", "Thing.methd", "Thing.method()", "round('x')", "words @ words", "~1.5", "thing()", "thing.size()",
    "eval('1 +')", "eval('zero / 0')", "exec('x = (1,\\n 2')", "compile('a b', 'text', 'exec')", "(1).__add__()", "str.upper(1)", "[].append()", "'abc'.split(sep=1)", "sum(['a', 'b'])",
]
RAISED = ["Custom('{0}')", "Custom", "ValueError('{0}', {0})", "Worded('{0}')", "Broken({0})", "KeyError('{0}')", "KeyError(({0},))", "OSError(2, 'gone', 'file{0}')", "Custom()",
          "Custom('line one\\nline two')", "AssertionError", "StopIteration({0})", "RuntimeError('\\u00e9 {0}')", "NameError('name')", "AttributeError('no', name='colr', obj=thing)",
          "ImportError('no', name='jsn')", "SyntaxError('bad', ('file', 1, 2, 'text here', 1, 5))", "UnicodeDecodeError('utf-8', b'a\\xff', 1, 2, 'why')", "Exception(None)", "Custom('')", "SystemError('{0}')"]
CATCHES = ["ArithmeticError", "LookupError", "Exception", "Exception", "(TypeError, ValueError)", "NameError", "Custom", "AttributeError", "BaseException"]


class Exceptions(Author):
    def __init__(self, seed):
        super().__init__(seed)
        self.functions = []

    def harmless(self):
        return self.one(["0", "1", "2", "zero", "thing.size", "len(words)", "'q'", "None", "words", "(1, 2)", "data['a']"])

    def failing(self):
        return self.one(FAILING).format(self.harmless()).replace("\\n", "\\n")

    def spread(self):
        """Something that fails, perhaps over several lines; the lines after the first bring their own indentation."""
        inner = self.failing()
        pad = "\n" + "    " * self.depth
        shape = self.random.randrange(11)
        if shape == 0:
            return f"({pad}    {self.harmless()},{pad}    {inner},{pad})"
        if shape == 1:
            return f"[{self.harmless()},{pad} {inner}]"
        if shape == 2:
            return f"print({pad}    {inner},{pad}    sep='',{pad})"
        if shape == 3:
            return f"({inner}{pad} + {self.harmless()})"
        if shape == 4:
            return f"{{'k': {inner},{pad} **{{}}}}"
        if shape == 5:
            return f"str({inner}){self.one(['.upper()', '[0]', ' + str(1)', ''])}"
        if shape == 6:
            return f"({self.harmless()} if zero else {inner})"
        if shape == 7:
            return f"zero or {inner}"
        if shape == 8:
            return f"divide({pad}    {self.harmless()},{pad}    {self.harmless()}{pad})"
        return inner

    def fail(self, where):
        shape = self.random.randrange(20)
        if shape < 8:
            self.line(f"{self.one(['', 'x = ', 'x, y = ', 'words[5] = ', 'thing.none.x = ', 'x += ', 'data[thing] = '])}{self.spread()}")
        elif shape < 11 and "def" in where:
            self.line(f"return {self.spread()}")
        elif shape < 14:
            number = self.number()
            raised = self.one(RAISED).format(number)
            cause = self.one(["", "", "", " from None", f" from {self.one(RAISED).format(number)}"] + ([" from e"] if "except" in where else []))
            self.line(f"raise {raised}{cause}")
        elif shape == 14 and "except" in where:
            self.line("raise")
        elif shape == 15:
            self.line(self.one(["assert zero", f"assert zero, {self.harmless()}", "assert not (words and\n" + "    " * self.depth + "    data)", "assert zero == 1 == 2, 'text'"]))
        elif shape == 16:
            self.line(self.one(["del missing", "del data['zz']", "del thing.nothing", "import nowhere.at.all", "from sys import nothing_here", "from sys import pth", "del words[9]",
                                "global_one += 1", "words[0], words[1], words[2] = 1, 2", "[x, *y] = ()", "x, y = 1, 2, 3", "x, y = 5", "(x, y), z = 1, 2", "for x in 5: pass",
                                "for x, y in [(1, 2, 3)]: pass", "with thing: pass", "with 5 as x, thing: pass", "raise 5", "raise Thing", "raise Custom from 5", "import math.nope",
                                "match thing:\n" + "    " * self.depth + "    case Thing(1): pass", "class K(int, Thing, metaclass=5): pass", "class K(Thing, Thing): pass", "class K(zero): pass",
                                "@divide\n" + "    " * self.depth + "def decorated(): pass"]))
        elif shape == 17:
            self.group(where)
        elif shape == 18 and self.functions:
            self.line(f"{self.one(self.functions)}({self.one(['', '1', '1, 2', 'n=3'])})")
        else:
            self.line(self.one([f"{self.spread()}", f"if {self.failing()}: pass", f"while {self.failing()}: pass", f"for _ in [1]: {self.failing()}", f"(lambda: {self.failing()})()",
                                f"[{self.failing()} for _ in words]", self.failing(), f"x = [\n{'    ' * self.depth}    {self.failing()}\n{'    ' * self.depth}    for _ in words\n{'    ' * self.depth}]"]))

    def group(self, where):
        def build(depth):
            if depth and self.chance(35):
                inner = ", ".join(build(depth - 1) for _ in range(self.random.randint(1, 2)))
                return f"ExceptionGroup('g{self.number()}', [{inner}])"
            raised = self.one(RAISED).format(self.number())
            return raised if raised.endswith(")") else raised + "()"
        inner = ", ".join(build(2) for _ in range(self.random.randint(1, 3)))
        self.line(f"raise {self.one(['ExceptionGroup', 'ExceptionGroup', 'BaseExceptionGroup'])}('top {self.number()}', [{inner}])")

    def block(self, size, where):
        self.depth += 1
        for _ in range(self.random.randint(0, 2)):
            self.step(size - 1, where)
        if self.chance(75):
            self.fail(where)
        else:
            self.line(f"x = {self.harmless()}")
        self.depth -= 1

    def step(self, size, where):
        if size <= 0:
            return self.line(f"print({self.number()}, x)" if self.chance(30) else f"x = {self.harmless()}")
        self.weighted([(self.guarded, 50), (self.starred, 15), (self.noted, 15), (self.room, 6), (self.loop, 10)])(size, where)

    def guarded(self, size, where):
        self.line("try:")
        self.block(size, where)
        catches = self.random.sample(CATCHES, self.random.randint(0, 2))
        for caught in catches:
            self.line(f"except {caught} as e:")
            self.line("    note(e)")
            self.block(size - 1, where | {"except"})
        if not catches or self.chance(30):
            self.line("finally:")
            self.block(size - 1, where - {"def"})

    def starred(self, size, where):
        self.line("try:")
        self.depth += 1
        self.group(where) if self.chance(80) else self.fail(where)
        self.depth -= 1
        for caught in self.random.sample([c for c in CATCHES if "Base" not in c], self.random.randint(1, 2)):
            self.line(f"except* {caught} as e:")
            self.line("    show(e, e.exceptions)")
            if self.chance(40):
                self.line(f"    raise {self.one(['', 'e', 'Custom(1)', 'Custom(2) from None', 'e.exceptions[0]'])}".rstrip())

    def noted(self, size, where):
        self.line("try:")
        self.block(size, where)
        self.line(f"except {self.one(['Exception', 'BaseException'])} as e:")
        for _ in range(self.random.randint(1, 2)):
            self.line(f"    e.add_note({self.one([repr('note'), repr('two') + ' + chr(10) + ' + repr('lines'), repr(''), 'str(e)[:20]' if self.chance(30) else repr('more')])})")
        self.line(f"    {self.one(['raise', 'raise', 'raise e', 'raise Custom(1) from e', 'e.__notes__ = 5; raise' if self.chance(20) else 'raise'])}")

    def room(self, size, where):
        self.line(f"with Suppress({self.one(['KeyError', 'ZeroDivisionError', 'NameError, TypeError'])}):")
        self.block(size, where)

    def loop(self, size, where):
        self.line(f"for x in {self.one(['words', 'range(2)', 'data'])}:")
        self.block(size, where)

    def function(self):
        name = f"f{self.number()}"
        self.line(f"def {name}({self.one(['', 'n=1', 'n', '*n', 'x=0, /'])}):")
        self.line("    x = None")
        if self.functions and self.chance(60):
            self.line("    if zero < 1:")
            self.line(f"        {self.one(['', 'return ', 'x = '])}{self.one(self.functions)}({self.one(['', '', '1'])})")
        self.block(2, frozenset({"def"}))
        self.line("")
        self.functions.append(name)

    def recursion(self):
        """Calls of itself, so often that a traceback folds them."""
        name = f"down{self.number()}"
        self.line(f"def {name}(n):")
        self.line("    if n == 0:")
        self.line(f"        {self.failing()}")
        self.line(f"    {self.one(['return ', '', 'return 1 + '])}{name}(n - 1)")
        self.line("")
        self.functions.append(f"(lambda *n: {name}({self.random.randint(1, 9)}))")

    def last(self):
        """The uncaught end."""
        shape = self.random.randrange(6)
        if shape < 3 and self.functions:
            self.line(f"{self.one(['', 'x = ', 'print(1, ', '[' ])}{self.functions[-1]}({self.one(['', '', '1'])})".replace("print(1, ", "str(").replace("[", ""))
            if self.lines[-1].startswith("str("):
                self.lines[-1] += ")"
        elif shape == 3:
            self.step(3, frozenset())
        self.fail(frozenset())

    def write(self):
        self.lines += PREAMBLE.splitlines()
        self.line("x = 0")
        for _ in range(self.random.randint(1, 4)):
            self.recursion() if self.chance(12) else self.function()
        for function in self.functions[:-1]:
            self.line("try:")
            self.line(f"    {function}()")
            self.line("except BaseException as error:")
            self.line("    note(error)")
        self.last()
