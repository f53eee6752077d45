"""functools: reduce, partial, wraps, lru_cache, cmp_to_key, total_ordering."""

from functools import cache, cached_property, cmp_to_key, lru_cache, partial, partialmethod, reduce, singledispatch
from functools import total_ordering, wraps

print(reduce(lambda a, b: a * b, range(1, 6)), reduce(max, [3, 9, 2]), reduce(lambda a, b: a + b, [], "empty"))
power_of_two = partial(pow, 2)
print(power_of_two(10), partial(int, base=2)("1010"), power_of_two.args, partial(print, "a", sep="-")("b"))


def logged(function):
    @wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


@logged
def documented():
    """Says something."""


print(documented.__name__, documented.__doc__, documented.__wrapped__ is not documented)


@lru_cache(maxsize=2)
def slow(n):
    print("computing", n)
    return n * n


print(slow(1), slow(2), slow(1), slow(3), slow(2), slow.cache_info())
slow.cache_clear()
print(slow.cache_info())


@cache
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(80), fibonacci.cache_info().misses)
print(sorted(["bb", "a", "ccc"], key=cmp_to_key(lambda a, b: len(b) - len(a))))


@total_ordering
class Size:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


print(Size(1) <= Size(1), Size(2) > Size(1), Size(1) >= Size(2))


class Circle:
    @cached_property
    def area(self):
        print("measured once")
        return 12.5


circle = Circle()
print(circle.area, circle.area, vars(circle))


@singledispatch
def kind(thing):
    return "something"


@kind.register(int)
def _(thing):
    return "an int"


@kind.register(list)
def _(thing):
    return "a list"


print(kind(5), kind([]), kind("x"), kind(True))

# What is a key function is a builtin: no method of the class it stands in. Keys of a cache are hashed once.
class Sorter:
    key = cmp_to_key


print(sorted([1, 3, 2], key=Sorter().key(lambda a, b: b - a)))


class Counted:
    hashed = 0

    def __hash__(self):
        Counted.hashed += 1
        return 7


@lru_cache(maxsize=1)
def kept(x, y):
    return y


one = Counted()
print(kept(one, 1), Counted.hashed, kept(one, 1), Counted.hashed, kept(Counted(), 2), Counted.hashed, kept.cache_info())


# What a metaclass has for `__call__` may be any descriptor.
class Meta(type):
    __call__ = partialmethod(lambda cls, first, second: (cls.__name__, first, second), 1)


class Made(metaclass=Meta):
    pass


print(Made(2))
