# What an exception declares beside its arguments is not in its `__dict__`, and most of it is not pickled.
import pickle


def raised(function):
    try:
        function()
    except Exception as error:
        return error


errors = [
    raised(lambda: nowhere),
    raised(lambda: (1).nothing),
    OSError(9999, "No such thing", "/no/such/file"),
    raised(lambda: __import__("no_such_module")),
    raised(lambda: compile("a b", "name", "exec")),
    raised(lambda: "\xe9".encode("ascii")),
    ImportError("text", name="n", path="p", name_from="q"),
    StopIteration(3),
    SystemExit(4),
]
for error in errors:
    error.own = 1
    print(type(error).__name__, error.__dict__, vars(error) is error.__dict__)
    made, *rest = error.__reduce__()
    print(made.__name__, rest)
    twin = pickle.loads(pickle.dumps(error))
    print([getattr(twin, name, "none") for name in ("name", "obj", "filename", "path", "value", "code", "own")])

attribute = errors[1]
print(attribute.name, attribute.obj, attribute.__getstate__())
attribute.name = "changed"
del attribute.own
print(attribute.name, attribute.__dict__)
attribute.__dict__ = {"other": 2}
print(attribute.name, attribute.other, attribute.__reduce__()[2])
