"""Random numbers."""

import _random
from bisect import bisect
from collections.abc import Sequence
from functools import reduce
from itertools import accumulate
from math import acos, ceil, cos, e, exp, floor, isfinite, lgamma, log, log2, pi, sin, sqrt, tau
from operator import index
from os import urandom

# The methods that are also functions of the module.
_FUNCTIONS = """
betavariate binomialvariate choice choices expovariate gammavariate gauss getrandbits getstate lognormvariate normalvariate
paretovariate randbytes randint random randrange sample seed setstate shuffle triangular uniform vonmisesvariate
weibullvariate
""".split()

__all__ = ["Random", "SystemRandom", *_FUNCTIONS]

BPF = 53
RECIP_BPF = 2.0**-BPF
TWOPI = tau
LOG4 = log(4.0)
NV_MAGICCONST = 4 * exp(-0.5) / sqrt(2.0)
SG_MAGICCONST = 1.0 + log(4.5)


class Random(_random.Random):
    """A source of random numbers."""

    VERSION = 3

    def __init__(self, x=None):
        self.gauss_next = None
        self.seed(x)

    def __init_subclass__(cls, /, **keywords):
        super().__init_subclass__(**keywords)
        # Ints come from whatever source the subclass has of its own.
        sources = {"_randbelow": cls._randbelow, "getrandbits": Random._below_by_bits, "random": Random._below_by_floats}
        cls._randbelow = next(
            how for each in cls.__mro__ for source, how in sources.items() if source in vars(each))

    # The state.

    def seed(self, a=None, version=2):
        """Start anew from a value."""
        if a is not None and not isinstance(a, (int, float, str, bytes, bytearray)):
            raise TypeError(
                "The only supported seed types are:\nNone, int, float, str, bytes, and bytearray.")
        if version == 1 and isinstance(a, (str, bytes)):
            a = _hash_of_version_1([*map(ord, a)] if isinstance(a, str) else a)
        elif version == 2 and not isinstance(a, (int, float, type(None))):
            text = a.encode() if isinstance(a, str) else bytes(a)
            a = int.from_bytes(text + _sha512(text))
        super().seed(a)
        self.gauss_next = None

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return type(self), (), self.getstate()

    def getstate(self):
        """The state, for setstate."""
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        """Go back to a state."""
        version = state[0]
        if version != self.VERSION:
            raise ValueError(
                f"state with version {version} passed to Random.setstate() of version {self.VERSION}")
        _, words, self.gauss_next = state
        super().setstate(words)

    # Ints and bytes.

    def _below_by_bits(self, n):
        # An int in range(n), by drawing bits until they fit.
        width = n.bit_length()
        while (drawn := self.getrandbits(width)) >= n:
            pass
        return drawn

    def _below_by_floats(self, n):
        # An int in range(n), where a float has 53 bits; what would make some numbers likelier is drawn anew.
        steps = 1 << 53
        if n >= steps:
            from warnings import warn
            warn("Underlying random() generator does not supply \n"
                 "enough bits to choose from a population range this large.\n"
                 "To remove the range limitation, add a getrandbits() method.")
            return floor(self.random() * n)
        fair = (steps - steps % n) / steps
        while (drawn := self.random()) >= fair:
            pass
        return floor(drawn * steps) % n

    _randbelow = _below_by_bits

    def randbytes(self, n):
        """Random bytes."""
        return self.getrandbits(8 * n).to_bytes(n, "little")

    def randrange(self, start, stop=None, step=1):
        """An item of range(start, stop, step)."""
        if stop is None:
            begin, end, stride = 0, index(start), 1
            if step != 1:
                raise TypeError("Missing a non-None stop argument")
        else:
            begin, end, stride = index(start), index(stop), index(step)
        if not stride:
            raise ValueError("zero step for randrange()")
        count = -((begin - end) // stride)
        if count > 0:
            return begin + stride * self._randbelow(count)
        if stop is None:
            raise ValueError("empty range for randrange()")
        limits = (begin, end) if stride == 1 else (begin, end, stride)
        raise ValueError(f"empty range in randrange{limits}")

    def randint(self, a, b):
        """An int from a to b, both included."""
        low, high = index(a), index(b)
        if low > high:
            raise ValueError(f"empty range in randint({low}, {high})")
        return low + self._randbelow(high + 1 - low)

    # Items.

    def choice(self, seq):
        """An item of a sequence."""
        if size := len(seq):
            return seq[self._randbelow(size)]
        raise IndexError("Cannot choose from an empty sequence")

    def shuffle(self, x):
        """Put the items of a list into a random order."""
        for last in range(len(x) - 1, 0, -1):
            other = self._randbelow(last + 1)
            x[last], x[other] = x[other], x[last]

    def sample(self, population, k, *, counts=None):
        """k different items of a sequence."""
        if not isinstance(population, Sequence):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        if counts is not None:
            return self._sample_of_many(population, k, [0, *accumulate(counts)])
        size = len(population)
        if not 0 <= k <= size:
            raise ValueError("Sample larger than population or is negative")
        # A list to draw from, or a set of what was drawn: whichever is likely to be smaller.
        room_of_set = 21 + (4 ** ceil(log(k * 3, 4)) if k > 5 else 0)
        places = self._places_of_list if size <= room_of_set else self._places_apart
        chosen = [None] * k
        for at, place in enumerate(places(size, k)):
            chosen[at] = population[place]
        return chosen

    def _sample_of_many(self, population, k, sums):
        # Each item is there as often as its sum is larger than the one before.
        if len(sums) != len(population) + 1:
            raise ValueError("The number of counts does not match the population")
        total = sums[-1]
        if not isinstance(total, int):
            raise TypeError("Counts must be integers")
        if total < 0:
            raise ValueError("Counts must be non-negative")
        return [population[bisect(sums, place) - 1] for place in self.sample(range(total), k)]

    def _places_of_list(self, size, count):
        # The place that was drawn is taken by the last one that is left.
        left = list(range(size))
        for last in range(size - 1, size - 1 - count, -1):
            drawn = self._randbelow(last + 1)
            yield left[drawn]
            left[drawn] = left[last]

    def _places_apart(self, size, count):
        drawn = set()
        while len(drawn) < count:
            place = self._randbelow(size)
            if place not in drawn:
                drawn.add(place)
                yield place

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """k items of a sequence, with replacement, by weight."""
        draw, size = self.random, len(population)
        if weights is None and cum_weights is None:
            return [population[floor(draw() * size)] for _ in range(k)]
        if weights is not None:
            if cum_weights is not None:
                raise TypeError("Cannot specify both weights and cumulative weights")
            if isinstance(weights, int):
                raise TypeError(f"The number of choices must be a keyword argument: k={weights}")
            cum_weights = list(accumulate(weights))
        if len(cum_weights) != size:
            raise ValueError("The number of weights does not match the population")
        whole = cum_weights[-1] + 0.0
        if whole <= 0.0 or not isfinite(whole):
            raise ValueError(f"Total of weights must be {'greater than zero' if whole <= 0.0 else 'finite'}")
        return [population[bisect(cum_weights, draw() * whole, 0, size - 1)] for _ in range(k)]

    # Floats.

    def uniform(self, a, b):
        """A float between a and b."""
        return (b - a) * self.random() + a

    def triangular(self, low=0.0, high=1.0, mode=None):
        """A float from a triangular distribution."""
        drawn, width = self.random(), high - low
        try:
            peak = (mode - low) / width if mode is not None else 0.5
        except ZeroDivisionError:
            return low
        if drawn > peak:
            return high - width * sqrt((1.0 - drawn) * (1.0 - peak))
        return low + width * sqrt(drawn * peak)

    def normalvariate(self, mu=0.0, sigma=1.0):
        """A float from a normal distribution, by the ratio of uniform variates."""
        while True:
            across, down = self.random() - 0.5, 1.0 - self.random()
            ratio = _RATIO * across / down
            if ratio * ratio / 4.0 <= -log(down):
                return mu + ratio * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        """A float from a normal distribution; they are made in pairs."""
        z, self.gauss_next = self.gauss_next, None
        if z is None:
            angle, radius = tau * self.random(), sqrt(2.0 * self._waiting())
            z, self.gauss_next = radius * cos(angle), radius * sin(angle)
        return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        """A float whose logarithm is normally distributed."""
        return exp(self.normalvariate(mu, sigma))

    def _waiting(self):
        # How long to wait for what happens once in a unit of time.
        return -log(1.0 - self.random())

    def expovariate(self, lambd=1.0):
        """A float from an exponential distribution."""
        return self._waiting() / lambd

    def paretovariate(self, alpha):
        """A float from a Pareto distribution."""
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        """A float from a Weibull distribution."""
        return self._waiting() ** (1.0 / beta) * alpha

    def vonmisesvariate(self, mu, kappa):
        """An angle from a circular distribution."""
        if kappa <= 1e-6:
            return self.random() * tau
        # Best and Fisher, 1979.
        half = 0.5 / kappa
        r = sqrt(1.0 + half * half) + half
        while True:
            z = cos(self.random() * pi)
            ratio, chance = z / (r + z), self.random()
            if chance < 1.0 - ratio * ratio or chance <= exp(ratio) * (1.0 - ratio):
                break
        inverse = 1.0 / r
        angle = acos((inverse + z) / (1.0 + inverse * z))
        return (mu + angle if self.random() > 0.5 else mu - angle) % tau

    def gammavariate(self, alpha, beta):
        """A float from a gamma distribution."""
        if not (alpha > 0.0 and beta > 0.0):
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        if alpha == 1.0:
            return self._waiting() * beta
        draw = _gamma_above_one if alpha > 1.0 else _gamma_below_one
        return draw(self.random, alpha) * beta

    def betavariate(self, alpha, beta):
        """A float from a beta distribution."""
        part = self.gammavariate(alpha, 1.0)
        return part / (part + self.gammavariate(beta, 1.0)) if part else 0.0

    def binomialvariate(self, n=1, p=0.5):
        """How many of n trials succeed, each of which does with probability p."""
        if n < 0:
            raise ValueError("n must be non-negative")
        if not 0.0 < p < 1.0:
            if p in (0.0, 1.0):
                return n if p else 0
            raise ValueError("p must be in the range 0.0 <= p <= 1.0")
        if n == 1:
            return int(self.random() < p)
        if p > 0.5:
            return n - self.binomialvariate(n, 1.0 - p)
        return (_binomial_by_gaps if n * p < 10.0 else _binomial_by_rejection)(self.random, n, p)


# Kinderman and Monahan, 1977.
_RATIO = 4 * exp(-0.5) / sqrt(2.0)


def _gamma_above_one(random, alpha):
    # Cheng, 1977.
    scale = sqrt(2.0 * alpha - 1.0)
    shift, slope = alpha - log(4.0), alpha + scale
    bound = 1.0 + log(4.5)
    while True:
        u = random()
        if not 1e-7 < u < 0.9999999:
            continue
        z = u * u * (1.0 - random())
        v = log(u / (1.0 - u)) / scale
        x = alpha * exp(v)
        r = shift + slope * v - x
        if r + bound - 4.5 * z >= 0.0 or log(z) <= r:
            return x


def _gamma_below_one(random, alpha):
    # Ahrens and Dieter, 1974.
    bound = (e + alpha) / e
    while True:
        p = bound * random()
        if p > 1.0:
            x = -log((bound - p) / alpha)
            chance = x ** (alpha - 1.0)
        else:
            x = p ** (1.0 / alpha)
            chance = exp(-x)
        if random() <= chance:
            return x


def _binomial_by_gaps(random, n, p):
    # From one success to the next; Devroye, 1986.
    successes = trial = 0
    per_trial = log2(1.0 - p)
    while per_trial:
        trial += floor(log2(random()) / per_trial) + 1
        if trial > n:
            break
        successes += 1
    return successes


def _binomial_by_rejection(random, n, p):
    # The transformed rejection BTRS of Hormann, 1993.
    spread = sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    quick = 0.92 - 4.2 / b
    alpha = odds = mode = height = None
    while True:
        u = random() - 0.5
        us = 0.5 - abs(u)
        k = floor((2.0 * a / us + b) * u + n * p + 0.5)
        if not 0 <= k <= n:
            continue
        v = random()
        if us >= 0.07 and v <= quick:
            return k
        if alpha is None:
            alpha = (2.83 + 5.1 / b) * spread
            odds = log(p / (1.0 - p))
            mode = floor((n + 1) * p)
            height = lgamma(mode + 1) + lgamma(n - mode + 1)
        v *= alpha / (a / (us * us) + b)
        if log(v) <= height - lgamma(k + 1) - lgamma(n - k + 1) + (k - mode) * odds:
            return k


class SystemRandom(Random):
    """Random numbers that nobody can predict."""

    def random(self):
        """A float in [0, 1)."""
        return self.getrandbits(53) / (1 << 53)

    def getrandbits(self, k):
        """An int of k random bits."""
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        size = -(-k // 8)
        return int.from_bytes(urandom(size)) >> (8 * size - k)

    def randbytes(self, n):
        """Random bytes."""
        return urandom(n)

    def seed(self, *args, **kwds):
        """Nothing: there is no state."""

    def getstate(self, *args, **kwds):
        """Refused: there is no state."""
        raise NotImplementedError("System entropy source does not have state.")

    setstate = getstate


# How texts become numbers.

def _hash_of_version_1(codes):
    # As Python 2 hashed texts on machines of 64 bits.
    if not codes:
        return 0
    mixed = reduce(lambda x, code: (x * 1000003 ^ code) & (1 << 64) - 1, codes, codes[0] << 7)
    return mixed ^ len(codes)


def _primes(count):
    found = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _root_bits(number, degree):
    """The first 64 bits after the point of a root of a small number."""
    low, high = 0, 1 << 72
    scaled = number << (64 * degree)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= scaled:
            low = middle
        else:
            high = middle - 1
    return low & 0xFFFFFFFFFFFFFFFF


def _sha512(message):
    """SHA-512: seeding by text mixes it in, so that similar texts give unrelated numbers."""
    mask = 0xFFFFFFFFFFFFFFFF
    primes = _primes(80)
    constants = [_root_bits(prime, 3) for prime in primes]
    state = [_root_bits(prime, 2) for prime in primes[:8]]
    length = len(message)
    message += b"\x80" + b"\0" * ((111 - length) % 128) + (length * 8).to_bytes(16, "big")

    def turn(x, n):
        return (x >> n | x << (64 - n)) & mask

    for start in range(0, len(message), 128):
        words = [int.from_bytes(message[at : at + 8], "big") for at in range(start, start + 128, 8)]
        for t in range(16, 80):
            x, y = words[t - 15], words[t - 2]
            s0 = turn(x, 1) ^ turn(x, 8) ^ x >> 7
            s1 = turn(y, 19) ^ turn(y, 61) ^ y >> 6
            words.append((words[t - 16] + s0 + words[t - 7] + s1) & mask)
        a, b, c, d, e, f, g, h = state
        for t in range(80):
            s1 = turn(e, 14) ^ turn(e, 18) ^ turn(e, 41)
            t1 = (h + s1 + (e & f ^ ~e & mask & g) + constants[t] + words[t]) & mask
            s0 = turn(a, 28) ^ turn(a, 34) ^ turn(a, 39)
            t2 = (s0 + (a & b ^ a & c ^ b & c)) & mask
            a, b, c, d, e, f, g, h = (t1 + t2) & mask, a, b, c, (d + t1) & mask, e, f, g
        state = [(old + new) & mask for old, new in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join([word.to_bytes(8, "big") for word in state])


_inst = Random()
globals().update({name: getattr(_inst, name) for name in _FUNCTIONS})
