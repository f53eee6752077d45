# classmethod and staticmethod take anything, and show what they wrap.
import functools


class Holder:
    length = classmethod(len)
    upper = classmethod(str.upper)
    number = classmethod(int)
    plain = staticmethod(len)


class Meta(type):
    def __len__(cls):
        return 3


class Long(metaclass=Meta):
    length = classmethod(len)


for place in (Holder, Holder(), Long):
    bound = place.length
    print(type(bound).__name__, bound, bound.__self__, bound.__func__, bound.__name__)
print(Long.length(), Holder.upper, Holder.number, Holder.plain, type({}.fromkeys).__name__)
for kind in (classmethod, staticmethod):
    for function in (len, lambda: 1, 5):
        wrapped = kind(function)
        print(type(wrapped).__name__, type(wrapped.__func__).__name__, wrapped.__isabstractmethod__)
        for name in ("__func__", "__wrapped__", "__annotations__", "__annotate__", "__isabstractmethod__"):
            try:
                setattr(wrapped, name, 7)
                print("   ", name, getattr(wrapped, name))
                delattr(wrapped, name)
            except AttributeError as error:
                print("   ", name, error)
    try:
        functools.update_wrapper(kind(len), lambda: 1)
    except AttributeError as error:
        print(error)
for target, name in ((slice(1), "start"), (range(3), "step"), (Holder, "__base__"), (int.real, "__name__"), (str.join, "__objclass__")):
    try:
        setattr(target, name, 7)
    except AttributeError as error:
        print(name, error)


class Names(type):
    def __new__(meta, name, bases, namespace):
        print(name, [key for key in namespace])
        return super().__new__(meta, name, bases, namespace)


class Empty(metaclass=Names):
    pass


class Method(metaclass=Names):
    def method(self):
        return __class__


class Annotated(metaclass=Names):
    x: int = 1
    y = lambda self: 2


class Generic[T](metaclass=Names):
    type Alias = T


for source in ("class K(object, Holder): __classcell__ = 5", "class K(object, Holder): __qualname__ = 5",
               "class K(Holder, x=1): __qualname__ = 'Other'"):
    try:
        exec(source)
    except TypeError as error:
        print(error)
