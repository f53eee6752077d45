"""Descriptors: what stands behind properties, methods and checked fields."""


class Checked:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        print("named", name, "in", owner.__name__)
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return instance.__dict__.get(self.name, "unset")

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} must be {self.kind.__name__}")
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        print("deleting", self.name)
        instance.__dict__.pop(self.name)


class Lazy:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        value = instance.__dict__[self.function.__name__] = self.function(instance)
        return value


class Person:
    name = Checked(str)
    age = Checked(int)

    @Lazy
    def initials(self):
        print("computed once")
        return self.name[0] + "."


p = Person()
print(p.name, type(Person.name).__name__)
p.name, p.age = "Ada", 36
print(p.name, p.initials, p.initials)
try:
    p.age = "old"
except TypeError as error:
    print("TypeError:", error)
del p.age
print(p.age, sorted(vars(p)))
