"""The bases of a class can be replaced; what derives from it follows."""


class Polite:
    def greet(self):
        return "Good day"


class Casual:
    def greet(self):
        return "Hi"


class Person(Polite):
    pass


class Child(Person):
    pass


child = Child()
print(child.greet())
Person.__bases__ = (Casual, Polite)
print(child.greet(), [cls.__name__ for cls in Child.__mro__])
print(Polite.__subclasses__(), Casual.__subclasses__())

for bases in ((), 3, (3,), (Child,), (int,)):
    try:
        Person.__bases__ = bases
    except TypeError as error:
        print(error)
print(Person.__bases__)
