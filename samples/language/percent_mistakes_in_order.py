# What is wrong with a template of % is told directive by directive: key, width, precision, letter, argument.
class Loud:
    def __init__(self, name, index=1):
        self.name = name
        self.index = index

    def __str__(self):
        print("   str", self.name)
        return self.name

    def __index__(self):
        print("   index", self.name)
        if isinstance(self.index, type):
            raise self.index(self.name)
        return self.index


class Keys:
    def __getitem__(self, key):
        print("   key", key)
        return 7


def attempt(template, right):
    try:
        print(ascii(template), "->", ascii(template % right))
    except Exception as error:
        print(ascii(template), "!!", type(error).__name__, error)


for template in ("%z", "%5%", "%*z", "%.*f", "%*.*d", "%(a)z", "%(a)", "%(a)*d", "%s%z", "%d%s", "%", "%5", "%(", "%s %"):
    for right in ((), (1,), (1, 2), ("x", 2.5), 5, {"a": 1}, {}, [1], (2**70, 1)):
        attempt(template, right)
        attempt(template.encode(), right)

for template in ("%s %z", "%s %s", "%s %d %(a)s", "%(a)s %(b)r %z", "%(a)s %s", "%x %c", "%d%%%d"):
    for right in (Keys(), (Loud("one"), Loud("two")), (Loud("one"), Loud("two"), Loud("three")), (Loud("one", "no"), 1)):
        attempt(template, right)

for error in (TypeError, ValueError, OverflowError):
    for letter in "dxcf":
        attempt("%" + letter, (Loud("o", error),))
        attempt(b"%" + letter.encode(), (Loud("o", error),))
attempt(b"%f", (10**400,))
attempt(b"%c", (memoryview(b"a"),))
