"""`yield from` a dict yields its keys, in the order they came in; its views yield what they show."""


def parts(mapping):
    yield from mapping
    yield from mapping.values()
    yield from mapping.items()


print(list(parts({"b": 2, "a": 1})))
