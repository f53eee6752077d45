"""What a seeded source of random numbers gives: ints, items and floats, and what it refuses."""

import random


def tried(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


source = random.Random(7)
for limits in ((10,), (0,), (5, 5), (1, 10), (1, 10, 3), (10, 1, -3), (10, 1, 3), (1, 10, 0), (1.5,), (5, None, 2), (2**100,)):
    print(limits, tried(lambda: source.randrange(*limits)))
for limits in ((1, 6), (6, 1), (1, 1), (-5, 5), (1, 2**80), ("a", 1)):
    print(limits, tried(lambda: source.randint(*limits)))
for items in ([1, 2, 3], "abc", (), range(5), {1}):
    print(items, tried(lambda: source.choice(items)))
for items, count in ((range(10), 10), (range(21), 5), (range(22), 5), (range(10**20), 3), ([], 1), ([1], -1), ({1, 2}, 1)):
    print(items, tried(lambda: source.sample(items, count)))
for counts in ([1, 2, 3], [1, 2], [1, 2, 3.0], [-1, 0, -2], [0, 5, 0]):
    print(counts, tried(lambda: source.sample("abc", 3, counts=counts)))
for weights in (None, [1, 2, 3], [1, 2], [0, 0, 0], [1, float("inf"), 1], 5):
    print(weights, tried(lambda: source.choices("abc", weights, k=5)))
print(tried(lambda: source.choices("abc", [1, 2, 3], cum_weights=[1, 3, 6])), source.choices("abc", cum_weights=[1, 3, 6], k=5))

for _ in range(5):
    print(source.uniform(1, 10), source.triangular(1, 5, 4), source.triangular(2, 2), source.gauss(), source.normalvariate(3, 2))
    print(source.lognormvariate(0, 1), source.expovariate(3), source.paretovariate(2), source.weibullvariate(2, 3))
    print(source.gammavariate(0.5, 2), source.gammavariate(1, 2), source.gammavariate(3, 2), source.betavariate(2, 3))
    print(source.vonmisesvariate(1, 0), source.vonmisesvariate(1, 2), source.randbytes(3))
    print([source.binomialvariate(*law) for law in ((), (1, 0.3), (10, 0.3), (100, 0.5), (1000, 0.9), (5, 0), (5, 1), (0, 0.5))])
for law in ((-1, 0.5), (5, -0.1), (5, 1.1)):
    print(law, tried(lambda: source.binomialvariate(*law)))
print(tried(lambda: source.gammavariate(0, 1)))

state = source.getstate()
drawn = source.random(), source.gauss()
source.setstate(state)
print(drawn == (source.random(), source.gauss()), tried(lambda: source.setstate((5, 1, 2))))
for seed in (0, -5, 2**70, "", "abc", "é", b"a", bytearray(b"xy"), True, (1,)):
    print(seed, tried(lambda: [source.seed(seed), source.random()][1]), tried(lambda: [source.seed(seed, 1), source.random()][1]))


class OfFloats(random.Random):
    at = 0.0

    def random(self):
        self.at = (self.at + 0.375) % 1
        return self.at


class OfBits(OfFloats):
    def getrandbits(self, k):
        return (1 << k) // 3


class OfFloatsAgain(OfBits):
    def random(self):
        return 0.25


for kind in (OfFloats, OfBits, OfFloatsAgain):
    other = kind()
    print(kind.__name__, [other.randrange(n) for n in (1, 2, 10, 1000, 3 * 2**51)], other.choice("abcdef"), other.randint(1, 6))
