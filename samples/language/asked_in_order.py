"""Which of two mistakes is told first, and which special methods a program sees being asked, where operators and slices go
wrong."""


class Counted:
    def __index__(self):
        print("counted", end=" ")
        return 1


class Wrong:
    def __index__(self):
        return "x"


def tell(what, function, *args):
    print(what, end=": ")
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


def execute(code, **names):
    exec(code, names | {"Counted": Counted, "Wrong": Wrong})
    return "done"


for a in b"abc", "abc", (1, 2), [1, 2], range(5), 5:
    for code in ("a[Counted()] = 1", "del a[Counted()]", "a[10**30] = 1", "a[Wrong()] = 1", "a[Counted():'x'] = 5", "a[1.5:0:0]"):
        tell(f"{a!r} {code}", lambda: execute(code, a=a))
for code in ("a[Counted():]", "a[:Counted()] = b'z'", "a[Wrong():]", "a[::0] = 5", "a['x':] = []", "del a[0]"):
    for make in bytes, bytearray:
        tell(f"{make.__name__} {code}", lambda: execute(code, a=memoryview(make(b"abc"))))

# Three arguments of `pow`: the first number that has a say says it.
for base in 2, 2.0, 2j, "a", None:
    for exponent in 3, 3.0, 3j, "a":
        for modulus in 5, 5.0, 5j, {}:
            tell(f"pow {base!r} {exponent!r} {modulus!r}", pow, base, exponent, modulus)


class Text(str):
    pass


class Indexed(str):
    def __index__(self):
        return "no"


class Both(bytes):
    def __radd__(self, other):
        print("radd", end=" ")
        return 5

    def __rmul__(self, other):
        print("rmul", end=" ")
        return 6


class Below(Both):
    pass


class Plain:
    def __index__(self):
        return super().__index__()


def multiplied(a, b):
    a *= b
    return a


tell("formatted", lambda: type(format(Text("long"), ">3")).__name__)
tell("formatted", lambda: type(f"{Text('long'):3}").__name__)
tell("formatted", lambda: type(format(Text("long"), ">5")).__name__)
tell("float", float, Indexed("1.5"))
tell("sum", lambda: Below(b"a") + Both(b"b"))
tell("sum", lambda: b"a" + Both(b"b"))
tell("product", lambda: Both(b"a") * int)
tell("product", lambda: 3 * Both(b"a"))
tell("product", multiplied, Plain(), [1])
tell("iterator", lambda: [type(iter(text)).__name__ for text in ("a", "\xe9", Text("a"))])
tell("round", lambda: [(1.5).__round__(10**20), (1.5).__round__(-10**20), round(1.5, 10**20)])
tell("ord", ord, memoryview(b"a"))
tell("enumerate", enumerate)
tell("enumerate", lambda: enumerate([1], iterable=2))
tell("enumerate", lambda: enumerate(iterable=[1], start=1, x=1))
tell("sum", lambda: sum([1], 2, start=3))
tell("sum", sum, 5, "a")
tell("pow", lambda: pow(1, base=10))
tell("sorted", lambda: sorted(1, default=1))
tell("min", lambda: min(base=10))
tell("super", super, 1, 2, 3)
tell("replace", lambda: "a".replace(1, "b", "c"))
tell("find", lambda: b"a".find(None, "x"))
tell("maketrans", str.maketrans, 1, 2)
tell("format", "{0.x} }".format, 1)
tell("format", "{} {!z} {".format, 1, 2)
tell("repeat", lambda: [1] * type("Huge", (), {"__index__": lambda self: 2**70})())
tell("int", lambda: setattr(int, "__class__", 3))


class Slotted:
    __slots__ = ()

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)


tell("slots", setattr, Slotted(), "x", 1)


class Holder:
    first = property()
    second = first


tell("property", lambda: Holder().first)


class Same:
    __slots__ = ()


class Wider(Same):
    pass


class Other:
    pass


tell("class", setattr, Wider(), "__class__", Other)


class Names(dict):
    pass


class Meta(type):
    def __prepare__(name, bases):
        return Names()


def deleting():
    class Empty(metaclass=Meta):
        del nothing


tell("del", deleting)
