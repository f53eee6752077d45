"""Exceptions of classes with `__slots__`."""


class Located(Exception):
    __slots__ = ("line", "column")

    def __init__(self, line):
        super().__init__(line, "x")
        self.line = line


error = Located(1)
print(error.line, error.args, error.__dict__)
try:
    error.column
except AttributeError as missing:
    print(missing)
error.column, error.other = 2, 3
print(error.column, error.__dict__, Located.line, Located.line.__get__(error))
Located.line.__set__(error, 7)
print(error.line, repr(error))
del error.column
for delete in (lambda: error.column, lambda: delattr(error, "column"), lambda: Located.column.__delete__(error)):
    try:
        delete()
    except AttributeError as missing:
        print(missing)


class Tagged(OSError):
    __slots__ = ("tag",)

    def __str__(self):
        return "tagged " + self.tag


try:
    tagged = Tagged()
    tagged.tag = "!"
    raise tagged
except OSError as caught:
    print(caught)


class Deeper(Located):
    __slots__ = ()


print(Deeper(5).line, isinstance(Deeper(5), Located))
try:
    Located.line.__get__(Tagged())
except TypeError as wrong:
    print(wrong)
