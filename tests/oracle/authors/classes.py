"""Programs of classes: inheritance, special methods of all kinds, descriptors, slots, metaclasses, and what is done with them."""

from .author import Author

PREAMBLE = '''\
import dataclasses
import functools


def told(method):
    """Says that a method was called before it runs."""
    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        print("  ", method.__qualname__, *map(type_name, args), *kwargs)
        return method(self, *args, **kwargs)
    return wrapper


def type_name(value):
    return type(value).__name__


class Field:
    def __init__(self, default=None):
        self.default = default
        self.name = "?"

    def __set_name__(self, owner, name):
        print("  set name", owner.__name__, name)
        self.name = name

    def __get__(self, instance, owner=None):
        return self if instance is None else instance.__dict__.get("_" + self.name, self.default)


class Kept(Field):
    def __set__(self, instance, value):
        print("  set", self.name, type_name(value))
        if value is None:
            raise ValueError(self.name)
        instance.__dict__["_" + self.name] = value

    def __delete__(self, instance):
        print("  delete", self.name)
        del instance.__dict__["_" + self.name]


class Meta(type):
    def __new__(meta, name, bases, namespace, **keywords):
        print("  new class", name, sorted(keywords))
        return super().__new__(meta, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **keywords):
        super().__init__(name, bases, namespace)
        cls.made = len(namespace) > 2

    def __prepare__(name, bases, **keywords):
        return {"prepared": name}

    def __len__(cls):
        return 7

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return "meta " + name


class Deep(Meta):
    def __call__(cls, *args):
        print("  call", cls.__name__, len(args))
        return super().__call__(*args)

    def __instancecheck__(cls, instance):
        return isinstance(instance, int)


class Strict:
    def __init_subclass__(cls, /, level=0, **rest):
        print("  subclass", cls.__name__, level)
        super().__init_subclass__(**rest)
        cls.level = level


'''

BUILTINS = ["int", "str", "list", "dict", "tuple", "float", "set", "Exception", "bytes", "frozenset", "object", "type", "bool", "complex"]
RESULTS = ["1", "0", "'r'", "None", "NotImplemented", "self", "[1, 2]", "True", "(self.tag, other)", "2.5", "other", "-1", "()", "type(self).__name__"]
BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "<<": "lshift", ">>": "rshift",
          "&": "and", "|": "or", "^": "xor", "@": "matmul"}
COMPARISON = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
UNARY = {"-": "neg", "+": "pos", "~": "invert"}
# The special methods without an operand of their own: parameters and what they may give back.
SPECIAL = {
    "__len__": ("", ["3", "0", "-1", "'x'", "True", "self.tag", "2.0"]),
    "__bool__": ("", ["True", "False", "1", "None"]),
    "__hash__": ("", ["7", "hash(self.tag)", "'x'", "-1", "2**70"]),
    "__repr__": ("", ["f'<{self.tag}>'", "'r'", "5", "None", "super().__repr__()[:3]"]),
    "__str__": ("", ["f'str {self.tag}'", "'s'", "b'x'", "repr(self)[:20]"]),
    "__format__": (", spec", ["f'[{spec}]'", "5", "format(self.tag, spec)"]),
    "__int__": ("", ["4", "'4'", "4.0", "True"]),
    "__float__": ("", ["1.5", "1", "'x'"]),
    "__complex__": ("", ["1j", "1"]),
    "__index__": ("", ["1", "0", "'x'", "True", "2"]),
    "__abs__": ("", ["9", "self", "None"]),
    "__round__": (", digits=None", ["('rounded', digits)", "3"]),
    "__iter__": ("", ["iter([1, 2])", "(yield 5)", "self", "[1]", "iter('ab')"]),
    "__next__": ("", ["next(iter(()))", "(self.__dict__.setdefault('left', [1, 2]) or next(iter(()))).pop()"]),
    "__reversed__": ("", ["iter('ba')", "[3]"]),
    "__contains__": (", item", ["item == 1", "'yes'", "None", "NotImplemented"]),
    "__getitem__": (", key", ["(key, 'got')[key in (0, 1, 2, 'a') or 5 - 5 * (key == 3)]", "[10, 20, 30][key]", "{'a': 1}[key]"]),
    "__setitem__": (", key, value", ["print('   setitem', type_name(key))"]),
    "__delitem__": (", key", ["print('   delitem', type_name(key))"]),
    "__missing__": (", key", ["('missing', key)", "1 / 0"]),
    "__call__": (", *args, **kwargs", ["(args, sorted(kwargs))", "self", "args[0]"]),
    "__getattr__": (", name", ["name.upper()", "object.__getattribute__(self, 'tag')", "{}[name]"]),
    "__setattr__": (", name, value", ["super().__setattr__(name, value)", "object.__setattr__(self, name, (value,))"]),
    "__delattr__": (", name", ["super().__delattr__(name)", "None"]),
    "__enter__": ("", ["self", "'entered'"]),
    "__exit__": (", kind, error, trace", ["True", "False", "kind is KeyError", "None"]),
    "__divmod__": (", other", ["(1, 2)", "NotImplemented"]),
    "__rdivmod__": (", other", ["(3, 4)", "NotImplemented"]),
    "__dir__": ("", ["['b', 'a']", "('x',)", "5"]),
    "__instancecheck__": (", other", ["True"]),
    "__length_hint__": ("", ["3", "-1", "'x'", "NotImplemented"]),
    "__sizeof__": ("", ["10"]),
    "__bytes__": ("", ["b'by'", "'no'"]),
    "__trunc__": ("", ["6"]),
    "__ceil__": ("", ["8"]),
    "__copy__": ("", ["self.tag"]),
    "__fspath__": ("", ["'path'"]),
}
USES = [
    "len({})", "bool({})", "(lambda h: h if -100 < h < 100 else 'large')(hash({}))", "repr({})", "str({})", "format({}, '>5')", "f'{{{}!r:>8}}{{{}}}'", "int({})", "float({})", "complex({})",
    "abs({})", "round({})", "round({}, 2)", "list({})", "next({})", "list(reversed({}))", "1 in {}", "{}[0]", "{}['a']", "{}[1:2]", "{}()", "{}(1, k=2)",
    "{}.tag", "{}.missing", "{}.plain", "{}.method()", "{}.method(1, 2)", "{}.shared()", "{}.still(3)", "{}.area", "{}.kept", "{}.field", "[10, 20, 30][{}]",
    "range({})", "divmod({}, 2)", "divmod(7, {})", "pow({}, 2, 5)", "'%s %r' % ({}, 1)", "isinstance({}, int)", "tuple({})", "{{{}: 1}}", "{{{}, 1}}", "sorted([{}, {}])",
    "max({}, {})", "'ab' * {}", "bytes({})", "dir({})[:2]", "vars({})", "sum([{}, 1])", "dict({})", "set({})", "'{{0}} {{0!r}} {{0.tag}}'.format({})", "not {}",
    "{} if {} else 0", "[*{}]", "(lambda *a, **k: (a, k))(*{})", "(lambda *a, **k: (a, k))(**{})", "enumerate({}).__next__()", "any([{}])", "callable({})",
    "getattr({}, 'nope', 'default')", "hasattr({}, 'plain')", "type({}).__name__", "type({}).__mro__[:3]", "super(type({}), {}).__repr__()", "{} == {}", "{} is {}", "chr({})",
    "hex({})", "'x'.join({})", "print({}, end='!\\n')", "list(zip({}, 'ab'))", "list(map(str, {}))", "min({}, default=4)", "iter({})", "ascii({})", "{}.__class__", "{}.__dict__",
    "{}.__module__", "slice({}).indices(5)", "'abc'.startswith({})", "type({})()", "{}.__slots__", "id({}) == id({})", "list(iter({}, 1))[:2] if callable({}) and False else 0",
    "__import__('copy').copy({})", "__import__('operator').index({})", "__import__('math').floor({})", "memoryview({})", "[].index({})", "[{}].count({})", "{}.__len__()",
    "isinstance(1, {})", "issubclass(int, {})", "__import__('operator').length_hint({})", "'abc'[{}]", "frozenset([{}])", "{{**{}}}", "print(*{})",
]


class Classes(Author):
    def __init__(self, seed):
        super().__init__(seed)
        self.classes = []
        self.instances = []

    def method(self, name, parameters, result, decorator=True):
        if decorator and self.chance(40):
            self.line("@told")
        self.line(f"def {name}(self{parameters}):")
        self.depth += 1
        if self.chance(8):
            self.line(f"raise {self.one(['KeyError', 'TypeError', 'ValueError', 'AttributeError', 'IndexError'])}({name!r})")
        elif self.chance(8) and not name.startswith("__init"):
            arguments = ", ".join(f"*{word[1:]}" if word.startswith("*") and not word.startswith("**") else word.split("=")[0]
                                  for word in parameters.removeprefix(", ").split(", ") if word)
            self.line(f"return super().{name}({arguments})")
        else:
            self.line(f"return {result}")
        self.depth -= 1

    def special(self):
        name, (parameters, results) = self.one(list(SPECIAL.items()))
        # Iteration has to end.
        ends = name in ("__getitem__", "__next__")
        self.method(name, parameters, self.one(results if ends or self.chance(85) else RESULTS[:5]))

    def operator(self):
        kind = self.random.randrange(10)
        if kind < 4:
            name = self.one(["", "", "r", "r", "i"]) + self.one(list(BINARY.values()))
        elif kind < 8:
            name = self.one(list(COMPARISON.values()))
        else:
            return self.method(f"__{self.one(list(UNARY.values()))}__", "", self.one(RESULTS).replace("other", "1"))
        self.method(f"__{name}__", ", other", self.one(RESULTS))

    def attribute(self):
        shape = self.random.randrange(11)
        if shape == 0:
            self.line(f"plain = {self.one(RESULTS[:4])}")
        elif shape == 1:
            self.method("method", self.one(["", ", x", ", x=1", ", *args"]), self.one(["self.tag", "'m'", "super().method()"]))
        elif shape == 2:
            self.line("@classmethod")
            self.line("def shared(cls):")
            self.line("    return cls.__name__, 'shared'")
        elif shape == 3:
            self.line("@staticmethod")
            self.line("def still(x):")
            self.line("    return ('still', x)")
        elif shape in (4, 5):
            self.line("@property")
            self.line("def area(self):")
            self.line(f"    {self.one(['return (self.tag, 2)', 'return self.nothing', 'raise ValueError(1)', 'return super().area'])}")
            if self.chance(60):
                self.line("@area.setter")
                self.line("def area(self, value):")
                self.line("    print('   area set', type_name(value))")
            if self.chance(30):
                self.line("@area.deleter")
                self.line("def area(self):")
                self.line("    print('   area deleted')")
        elif shape == 6:
            self.line(f"{self.one(['kept', 'field'])} = {self.one(['Field', 'Kept'])}({self.one(['', '1', repr('d')])})")
        elif shape == 7:
            self.line(f"{self.one(['__hash__ = None', '__iter__ = None', '__contains__ = None', '__len__ = None', '__eq__ = None', '__radd__ = None'])}")
        elif shape == 8:
            self.line(f"{self.one(['method', 'area', 'plain'])}: {self.one(['int', 'str', 'Unknown'])} = 3")
        elif shape == 9:
            self.line("__match_args__ = " + self.one(["(repr(1),)", "('tag',)", "('tag', 'plain')", "['tag']", "()"]))
        else:
            self.line("@functools.cached_property")
            self.line("def lazy(self):")
            self.line("    return [self.tag]")

    def constructor(self, bases):
        native = [base for base in bases if base in BUILTINS]
        shape = self.random.randrange(4)
        if shape == 0:
            self.line("def __init__(self, tag='t', *args):")
            if self.chance(40):
                self.line("    super().__init__()")
            self.line("    self.tag = tag")
        elif shape == 1 and (not native or self.chance(50)):
            self.line("def __new__(cls, *args):")
            self.line(f"    print('  new', cls.__name__)")
            self.line(f"    self = super().__new__(cls{self.one(['', '', ', *args'])})")
            self.line("    return self" if self.chance(85) else "    return 5")
        elif shape == 2:
            self.line("tag = 'class tag'")
        else:
            self.line("def __init__(self, tag='t'):")
            self.line("    self.tag = self.plain = tag")

    def klass(self):
        name = f"C{len(self.classes)}"
        bases = self.random.sample(self.classes, min(len(self.classes), self.random.choice([0, 1, 1, 2])))
        if self.chance(25):
            bases.append(self.one(BUILTINS))
        keywords = []
        if self.chance(12):
            bases.insert(0, "Strict")
            keywords += self.one([[], ["level=3"], ["level=1", "other=2"]])
        if self.chance(12):
            keywords.append(f"metaclass={self.one(['Meta', 'Deep', 'Meta', 'type'])}")
        head = ", ".join(bases + keywords)
        self.line("try:")
        self.depth += 1
        if self.chance(10):
            self.data_class(name, bases)
        else:
            self.line(f"class {name}({head}):" if head else f"class {name}:")
            self.depth += 1
            if self.chance(12):
                self.line("__slots__ = " + self.one(["('tag',)", "('tag', 'plain')", "()", "('tag', '__dict__')", "'tag'", "['a b']"]))
            self.constructor(bases)
            for _ in range(self.random.randint(2, 7)):
                self.weighted([(self.special, 45), (self.operator, 35), (self.attribute, 30)])()
            self.depth -= 1
        self.depth -= 1
        self.line("except Exception as error:")
        self.line("    note(error)")
        self.line(f"    class {name}: tag = 'spare'")
        self.classes.append(name)

    def data_class(self, name, bases):
        options = self.one(["", "(frozen=True)", "(order=True)", "(eq=False)", "(slots=True)", "(kw_only=True)", "(unsafe_hash=True)", "(repr=False)"])
        self.line(f"@dataclasses.dataclass{options}")
        self.line(f"class {name}({', '.join(base for base in bases if base not in BUILTINS)}):")
        self.line(f"    tag: int{self.one(['', ' = 1', ' = 2'])}")
        self.line(f"    plain: list = dataclasses.field({self.one(['default_factory=list', 'default=3', 'default=4, repr=False', 'default=5, compare=False'])})")
        if self.chance(40):
            self.line("    def __post_init__(self):")
            self.line("        print('  post init', self.tag)")

    def instance(self):
        name = f"o{len(self.instances)}"
        klass = self.one(self.classes)
        arguments = self.one(["", "", "1", "'t'", "'t'", "[1, 2]", "2, 3", "tag=4", "(1, 2)", "2"])
        self.line("try:")
        self.line(f"    {name} = {klass}({arguments})")
        self.line("except Exception as error:")
        self.line("    note(error)")
        self.line(f"    {name} = {self.one(self.classes)}.__new__({klass}) if 0 else {self.one(['5', repr('five'), '[5]'])}")
        self.instances.append(name)

    def other(self):
        return self.one(self.instances) if self.chance(60) else self.one(["1", "'s'", "2.5", "None", "[1]", "(1,)", "True", "{1}", *self.classes])

    def operation(self):
        shape = self.random.randrange(12)
        if shape < 4:
            sides = [self.one(self.instances), self.other()]
            self.random.shuffle(sides)
            op = self.one(list(BINARY) + list(COMPARISON) * 2)
            self.line(f"check(lambda: {sides[0]} {op} {sides[1]})")
        elif shape == 4:
            self.line(f"check(lambda: {self.one(list(UNARY))}{self.one(self.instances)})")
        elif shape < 9:
            use = self.one(USES)
            self.line(f"check(lambda: {use.format(*[self.one(self.instances) if self.chance(92) else self.one(self.classes)] * 4)})")
        else:
            name = self.one(self.instances)
            statement = self.one([
                f"{name} {self.one(list(BINARY))}= {self.other()}", f"{name}[{self.one(['0', repr('a'), '1:2'])}] = {self.other()}", f"del {name}[0]",
                f"{name}.{self.one(['tag', 'area', 'kept', 'field', 'plain', 'fresh'])} = {self.other()}",
                f"del {name}.{self.one(['tag', 'area', 'kept', 'field', 'plain', 'fresh'])}",
                f"{self.one(self.classes)}.{self.one(['plain', 'fresh', 'tag', 'kept'])} = {self.other()}",
                f"{name}.__class__ = {self.one(self.classes)}", f"x, *y = {name}", f"for x in {name}: show(x); break", f"setattr({name}, 'tag', 1)",
                f"{self.one(self.classes)}.{self.one(['__len__', '__eq__', '__add__', '__bool__'])} = lambda self, *a: {self.one(['1', 'True', 'NotImplemented'])}",
                f"{name}.__dict__['plain'] = 9", f"{name}.tag += 1", f"show({self.one(self.classes)}.plain)", f"show({self.one(self.classes)}.{self.one(['kept', 'method', 'made', 'nope'])} is None)",
                f"show(len({self.one(self.classes)}))", f"{name} = {self.one(self.classes)}()", f"show(isinstance({name}, {self.one(self.classes)}), issubclass({self.one(self.classes)}, {self.one(self.classes)}))",
                f"show({self.one(self.classes)}.mro())", f"show([k for k in {self.one(self.classes)}.__dict__ if k[0] != '_'])",
            ])
            self.line("try:")
            if self.chance(15):
                self.line(f"    with {name} as entered:")
                self.line(f"        show(entered)")
                self.line(f"        raise {self.one(['KeyError', 'ValueError'])}(1)" if self.chance(50) else f"        show({name})")
            elif self.chance(12):
                self.line(f"    match {name}:")
                self.line(f"        case {self.one(self.classes)}({self.one(['', '1', 'x', 'tag=y', 'x, z', 'plain=3', '0, tag=q'])}):")
                self.line("            print('case class')")
                self.line(f"        case {self.one(['[*_]', '{}', '[_, _]', 'int()', 'str(x)'])}:")
                self.line("            print('case other')")
            else:
                self.line(f"    {statement}")
                self.line(f"    show({name})")
            self.line("except Exception as error:")
            self.line("    note(error)")

    def write(self):
        self.lines += PREAMBLE.splitlines()
        for _ in range(self.random.randint(2, 4)):
            self.klass()
        for _ in range(3):
            self.instance()
        for _ in range(self.random.randint(14, 24)):
            self.operation()
