# Type parameters, bounds, bases and aliases inside a class find the names of that class, also those bound later.


class Outer:
    class Base:
        pass

    class Child[T](Base):
        pass

    decorator = staticmethod

    @decorator
    def method[T](x: Base = Base) -> Base:
        return x

    def defaults[T: Later](self, x: Later, y: int = 3, *, k: Later = 4):
        return y, k

    annotated: Later


Outer.Later = 5
print(Outer.Child.__bases__[0] is Outer.Base, Outer.method() is Outer.Base)
print(Outer.__annotations__, Outer.defaults.__annotations__, Outer.defaults.__type_params__[0].__bound__)
print(Outer().defaults(1), Outer.defaults.__defaults__, Outer.defaults.__kwdefaults__)


def around():
    T = str

    class C:
        T = int

        def f[U](self, x: T): ...

        type Alias[U] = T

        def g[U: T, V](self): ...

        class D[U](list[T]):
            y: T
            z = T

            def m(self):
                return T

    return C


C = around()
print(C.f.__annotations__, C.Alias.__value__, C.g.__type_params__[0].__bound__, C.D.__orig_bases__)
print(C.D.__annotations__, C.D.z, C.D().m())
print(C.f.__annotate__.__code__.co_freevars)

x = "global"


def declared():
    x = "function"

    class Global:
        global x
        type Alias = x

    class Nonlocal:
        nonlocal x
        type Alias = x
        x = "changed"

    class Own:
        type Alias = x
        early = Alias.__value__
        x = "class"

    Global.x = Nonlocal.x = "set later"
    return Global.Alias.__value__, Nonlocal.Alias.__value__, Own.early


print(declared())


class Meta(type):
    @classmethod
    def __prepare__(cls, name, bases):
        class Names(dict):
            def __missing__(self, key):
                if key == "magic":
                    return f"magic of {name}"
                raise KeyError(key)

        return Names()


class Prepared(metaclass=Meta):
    type Early = magic
    early = Early.__value__

    def free[T]():
        return T.__name__

    class Inner[T](dict[str, magic]):
        pass


print(Prepared.early, Prepared.free(), Prepared.Inner.__orig_bases__)


class Comprehensions[T]:
    T = "class"

    class Inner[U](*[list for _ in (1,)]):
        items = [T]

    def f[V](self) -> [T for _ in (1,)]: ...


print(Comprehensions.Inner.__bases__[0], Comprehensions.Inner.items, Comprehensions.f.__annotations__)
