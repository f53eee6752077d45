"""A metaclass may say itself where attributes are looked for, and fill the cell behind `super()`."""


class Flat(type):
    def mro(cls):
        return [cls, object]


class A:
    def who(self):
        return "A"


class B(A, metaclass=Flat):
    pass


print(B.__mro__, B.__bases__, hasattr(B(), "who"))


class Forgetful(type):
    def __new__(mcls, name, bases, namespace):
        namespace.pop("__classcell__", None)
        return super().__new__(mcls, name, bases, namespace)


try:

    class C(metaclass=Forgetful):
        def cls(self):
            return __class__

except RuntimeError as error:
    print(error)
