"""What `**` asks of a mapping: its `keys`, once, and an item for each; and what it says when they fail."""


def f(*args, **kwargs):
    return args, kwargs


class Mapping:
    def __init__(self, keys, get=str.upper):
        self.keys = keys
        self.get = get

    def __getitem__(self, key):
        return self.get(key)


def failing(error):
    def method(*args):
        raise error
    return method


class Told(dict):
    def keys(self):
        print("keys")
        return ["z"]


class Walked(dict):
    def __iter__(self):
        return iter(["w"])

    def __getitem__(self, key):
        return f"<{key}>"


class Dynamic:
    def __getattr__(self, name):
        print("asked for", name)
        return lambda: ["k"]

    def __getitem__(self, key):
        return key


class Shown:
    def __call__(self, *args, **kwargs):
        return kwargs

    def __str__(self):
        return "something shown"


def items():
    print("going through")
    yield 1


def tell(thunk):
    try:
        print(thunk())
    except Exception as error:
        print(type(error).__name__, error)


MAPPINGS = {
    "good": Mapping(lambda: ["a", "b"]),
    "iterator": Mapping(lambda: iter("ab")),
    "no call": Mapping("text"),
    "no iterable": Mapping(lambda: 5),
    "twice": Mapping(lambda: ["x", "x"]),
    "no name": Mapping(lambda: [1], str),
    "no hash": Mapping(lambda: [[]], str),
    "key error": Mapping(failing(KeyError("keys"))),
    "attribute error": Mapping(failing(AttributeError("inside"))),
    "two arguments": Mapping(lambda: ["a"], failing(KeyError("a", "b"))),
    "value error": Mapping(lambda: ["a"], failing(ValueError("item"))),
    "told": Told(a=1),
    "walked": Walked(a=1),
    "dynamic": Dynamic(),
    "number": 5,
    "pairs": [("a", 1)],
}

for name, mapping in MAPPINGS.items():
    print("--", name)
    tell(lambda: f(**mapping))
    tell(lambda: f(x=1, **mapping))
    tell(lambda: f(*items(), **mapping))
    tell(lambda: f(1, *items(), **mapping))
    tell(lambda: f(*5, **mapping))
    tell(lambda: {**mapping})
    tell(lambda: {"a": 0} | mapping)
    tell(lambda: dict(mapping))
    tell(lambda: Shown()(**mapping))
    tell(lambda: Shown()(**{"a": 1}, **mapping))
