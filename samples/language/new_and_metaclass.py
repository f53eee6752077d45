"""`__new__` makes the object, `__init__` fills it, and a metaclass makes the class."""


class Single:
    only = None

    def __new__(cls, *args):
        if cls.only is None:
            print("making the only one")
            cls.only = super().__new__(cls)
        return cls.only

    def __init__(self, value):
        self.value = value


a, b = Single(1), Single(2)
print(a is b, a.value)


class Celsius(float):
    def __new__(cls, degrees):
        return super().__new__(cls, round(degrees, 1))

    def __str__(self):
        return f"{float(self)}°C"


print(Celsius(21.456), Celsius(1) + 1, repr(Celsius(3)))


class Listing(type):
    def __new__(meta, name, bases, namespace):
        namespace["fields"] = [key for key in namespace if not key.startswith("_")]
        return super().__new__(meta, name, bases, namespace)

    def __len__(cls):
        return len(cls.fields)

    def __call__(cls, *args):
        print("calling", cls.__name__)
        return super().__call__(*args)


class Record(metaclass=Listing):
    x = 1
    y = 2


print(Record.fields, len(Record), type(Record).__name__, Record().x)
