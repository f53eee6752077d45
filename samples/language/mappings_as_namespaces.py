# Namespaces that are mappings of the program's own making, for `exec` and `eval`.
import types


def attempt(code, *namespaces):
    try:
        print(repr(eval(code, *namespaces)))
    except BaseException as error:
        print(type(error).__name__, error)


class Mapping:
    def __getitem__(self, key):
        if key == "a":
            return 12
        raise KeyError(key)

    def keys(self):
        return list("xzy")


class Builtins(dict):
    def __getitem__(self, key):
        return "builtin " + key


class Globals(dict):
    def __missing__(self, key):
        return "made " + key


attempt("dir()", {}, Mapping())
attempt("a", {}, Mapping())
attempt("b", {}, Mapping())
attempt("superglobal", {"__builtins__": Builtins()})
attempt("superglobal", {"__builtins__": types.MappingProxyType({"superglobal": 1})})
attempt("other", {"__builtins__": types.MappingProxyType({"superglobal": 1})})
attempt("(lambda: superglobal)()", {"__builtins__": types.MappingProxyType({"superglobal": 1})})
attempt("len", {"__builtins__": {}})
attempt("print", {"__builtins__": 123})
attempt("anything", Globals())
attempt("anything", Globals(anything=1))
attempt("anything", {}, Globals())

A = type("A", (), {"__firstlineno__": 42})
print(A.__firstlineno__, "__firstlineno__" in A.__dict__)
A.__module__ = "elsewhere"
print("__firstlineno__" in A.__dict__)
A.__type_params__ = "whatever"
print(A.__type_params__)
try:
    types.FunctionType(attempt.__code__, {}, "f", None, None, 1)
except TypeError as error:
    print(error)
