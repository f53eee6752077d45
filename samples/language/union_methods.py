"""The methods of unions and of aliases like `list[int]`, called as one calls the methods of builtin classes."""

union, alias = int | str, list[int]

for what in (union, alias):
    for name in ("__repr__", "__eq__", "__or__", "__ror__", "__getitem__", "__mro_entries__"):
        for call in (
            lambda: getattr(type(what), name)(), lambda: getattr(type(what), name)(5), lambda: getattr(type(what), name)(what),
            lambda: getattr(type(what), name)(what, 1, 2),
        ):
            try:
                print(name, call())
            except (TypeError, AttributeError) as error:
                print(name, type(error).__name__, error)
print(union == (str | int), hash(union) == hash(str | int), {union: 1}[str | int], union | None, alias | None)
print(alias == list[int], hash(alias) == hash(list[int]), {alias: 1}[list[int]], alias.__reduce__()[1])
for misuse in (lambda: 1 in union, lambda: union[0], lambda: memoryview.__new__(int, b"a"), lambda: memoryview.__new__(5, b"a")):
    try:
        misuse()
    except TypeError as error:
        print(error)
