"""Private names among type parameters: those of a generic class are mangled for it, and nothing else around it is."""


class Outer:
    class __Base:
        pass

    try:
        class Derived[T](__Base):
            pass
    except NameError as error:
        print(error)

    def method[__T: __Base](self, a: __T = __Base) -> __Base:
        return __T, a

    print(method(1), method.__annotations__, method.__type_params__[0].__bound__)
    type __Alias[__T: __Base] = (__T, __Base)
    print(__Alias, __Alias.__value__, __Alias.__type_params__[0].__bound__)

    class Same[__Base]:
        kept = __Base

    class __Private[__T]:
        kept = __T

        def method[__V](self, x: __T):
            return __T, __V

    print(Same.kept, __Private.kept, __Private().method(1), __Private.__type_params__, __Private.method.__annotations__)

    class Bound[T: __Base]:
        pass

    try:
        print(Bound.__type_params__[0].__bound__)
    except NameError as error:
        print(error)

    class _[__T](list[tuple[__T]]):
        kept = __T

    print(_.kept, _.__orig_bases__)


print(sorted(name for name in vars(Outer) if name.startswith("_Outer")))
