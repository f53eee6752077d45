"""What `__slots__` allows and refuses."""


def attempt(text):
    try:
        exec(text, {})
    except Exception as error:
        print(type(error).__name__, error)
    else:
        print("ok")


class Point:
    __slots__ = ("x", "y")


point = Point()
point.x = 1
print(point.x, Point.x, Point.__slots__)
for statement in ("point.z = 1", "point.y", "point.__dict__", "del point.y"):
    try:
        exec(statement)
    except AttributeError as error:
        print(statement, "->", error)

attempt("class A: __slots__ = ('a',)\nclass B: __slots__ = ('b',)\nclass C(A, B): pass")
attempt("class A: __slots__ = ()\nclass B: __slots__ = ('b',)\nclass C(A, B): pass")
attempt("class A(int): __slots__ = ('a',)")
attempt("class A(str): __slots__ = ('a',)")
attempt("class A: pass\nclass B(A): __slots__ = ('__dict__',)")
attempt("class A: __slots__ = ('1a',)")
attempt("class A: __slots__ = ('a',); a = 1")
attempt("class A: __slots__ = ('a',)\nclass B: __slots__ = ('b',)\nA().__class__ = B")
attempt("class A: __slots__ = ('a',)\nclass B: __slots__ = ('a',)\nA().__class__ = B")
