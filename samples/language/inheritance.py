"""C3: the order in which base classes are asked, and `super` that follows it."""


class Base:
    def who(self):
        return ["Base"]


class Left(Base):
    def who(self):
        return ["Left"] + super().who()


class Right(Base):
    def who(self):
        return ["Right"] + super().who()


class Bottom(Left, Right):
    def who(self):
        return ["Bottom"] + super().who()


print(Bottom().who())
print([cls.__name__ for cls in Bottom.__mro__])
print(super(Left, Bottom()).who(), [cls.__name__ for cls in Bottom.mro()[1:3]])
try:

    class Broken(Base, Left):
        pass

except TypeError as error:
    print("TypeError:", error)


class Plugin:
    known = []

    def __init_subclass__(cls, /, label=None, **rest):
        super().__init_subclass__(**rest)
        Plugin.known.append((cls.__name__, label))


class First(Plugin, label="one"):
    pass


class Second(First):
    pass


print(Plugin.known)


class Configured:
    def __init__(self, **options):
        print("Configured", options)


class Sized(Configured):
    def __init__(self, size=1, **options):
        print("Sized", size)
        super().__init__(**options)


class Coloured(Configured):
    def __init__(self, colour="red", **options):
        print("Coloured", colour)
        super().__init__(**options)


class Box(Sized, Coloured):
    pass


Box(colour="blue", size=3, lid=True)


class Stack(list):
    def push(self, item):
        self.append(item)

    def __repr__(self):
        return f"Stack{super().__repr__()}"


stack = Stack([1])
stack.push(2)
print(stack, len(stack), stack == [1, 2], stack + [3], isinstance(stack, list))
