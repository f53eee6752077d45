"""What `list`, `tuple`, `sum`, `any`, `all` and displays take from a generator, item by item."""


def noisy(*items):
    for item in items:
        print("give", item)
        got = yield item
        assert got is None
    print("over")
    return "nobody sees this"


print(list(noisy(1, 2)), tuple(noisy()), [0, *noisy(3), 4], (*noisy("t"),))
print(sum(noisy(1, 2, True)), sum(noisy(), 5), sum(noisy(0.1, 0.2, 0.3)), sum(noisy(1, 0.5, 2**70)))
print(sum(noisy(1, 2j, 3)), sum([0.1] * 10), sum(0.1 for _ in range(10)), sum(x for x in [1e308, 1e308, -1e308]))
print(any(noisy(0, "", 3, 4)), all(noisy(1, [], 2)), any(noisy()), all(noisy()))

# What decides early leaves the generator where it is.
rest = noisy(0, 1, 2, 3)
print(any(rest), next(rest), list(rest), list(rest))


class Money:
    def __init__(self, amount):
        self.amount = amount

    def __add__(self, other):
        print("add", self.amount, other)
        return Money(self.amount + (other.amount if isinstance(other, Money) else other))

    __radd__ = __add__

    def __repr__(self):
        return f"Money({self.amount})"

    def __bool__(self):
        print("bool", self.amount)
        return self.amount > 1


print(sum(noisy(1, Money(2), 3, Money(4))).amount)
print(sum((Money(n) for n in range(3)), Money(10)).amount)
print(any(Money(n) for n in range(4)), all(Money(n) for n in range(4, 0, -1)))

# An item that cannot be added stops the sum before the next is asked for.
for wrong in ([1, "two", 3], [1, None], [[1], 2]):
    items = noisy(*wrong, "never")
    try:
        print(sum(items))
    except TypeError as error:
        print("TypeError:", error)
    print(next(items))
try:
    sum(noisy("a"), "")
except TypeError as error:
    print("TypeError:", error)


def failing():
    try:
        yield 1
        raise KeyError("inside")
    finally:
        print("cleaned")


for take in (list, tuple, sum, all, set, sorted, dict.fromkeys, "-".join, lambda g: [*g]):
    try:
        take(failing())
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)

# A generator that is running, and one that reaches itself through what is folded.
def selfish():
    yield 1
    yield list(me)


me = selfish()
try:
    list(me)
except ValueError as error:
    print("ValueError:", error)


# Through delegation; with an iterator of the program at its end.
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if not self.n:
            raise StopIteration("liftoff")
        self.n -= 1
        return self.n


def outer(depth):
    if depth:
        yield depth
        result = yield from outer(depth - 1)
        yield result
        return depth
    result = yield from Countdown(3)
    print("delegate said", result)
    yield from [10, 20]
    return "bottom"


print(list(outer(3)), sum(len(str(x)) for x in outer(2)))


def handling():
    try:
        raise ValueError("kept")
    except ValueError:
        yield 1
        yield 2
        try:
            raise
        except ValueError as error:
            yield str(error)


try:
    raise IndexError("outside")
except IndexError:
    print(list(handling()))


class Sorted(list):
    def __init__(self, items):
        super().__init__(items)
        self.sort()


class Pair(tuple):
    def __new__(cls, items):
        return super().__new__(cls, items)


print(Sorted(x % 3 for x in range(5)), type(Pair(x for x in "ab")), Pair(x for x in "ab"))

items = [1]
items.__init__(x for x in items)
print(items)
items = [1, 2]
items += (x * 10 for x in list(items))
items.extend(x for x in (7,))
print(items, max(x for x in items), sorted((-x for x in items), key=abs), {*(x % 2 for x in items)})
print(list(map(lambda x: x + 1, (x for x in range(3)))), sum(map(len, ["a", "bb"])), any(map(str.isdigit, "ab1")))
print(list(zip((x for x in "ab"), range(2))), list(enumerate(x for x in "xy")), sum(zip(), 3))
